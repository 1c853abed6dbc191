"""Pages in the encodings of old, which say nothing of it or what is not so."""

from __future__ import annotations

import pytest

from news.charset import told
from news.markup import decode

RUSSIAN = "Городской совет во вторник утвердил проект восстановления моста, разрушенного паводком прошлой весной."
UKRAINIAN = "Міська рада у вівторок ухвалила проєкт відбудови мосту, який зруйнувала повінь минулої весни."
GREEK = "Το δημοτικό συμβούλιο ενέκρινε την Τρίτη την επαναλειτουργία της παλιάς αγοράς, που έμεινε κλειστή δύο χρόνια."
ARABIC = "وافق المجلس البلدي يوم الثلاثاء على إعادة فتح السوق القديم بعد أشغال ترميم استمرت عامين كاملين."
HEBREW = "מועצת העיר אישרה ביום שלישי את פתיחת השוק הישן מחדש לאחר עבודות שיפוץ שנמשכו שנתיים."
THAI = "สภาเมืองลงมติเมื่อวันอังคารให้เปิดตลาดเก่าอีกครั้งหลังจากปิดซ่อมแซมมานานสองปีเต็ม"
SIMPLIFIED = "市议会星期二投票通过了重建东码头的方案，该码头在前年冬天的风暴中被冲毁，十八个月来一直关闭。"
TRADITIONAL = "市議會星期二投票通過了重建東碼頭的方案，這個碼頭在前年冬天的風暴中被沖毀，十八個月來一直關閉。"
JAPANESE = "港町の市議会は火曜日、二年前の冬の嵐で壊れた東岸壁の再開を賛成多数で決めたと話した。"
KOREAN = "시의회는 화요일 이 년 전 겨울 폭풍으로 무너진 동쪽 부두를 다시 여는 안을 통과시켰다고 시장이 말했다."
GERMAN = "Der Gemeinderat hat für die Mühle gestimmt. Größe, Höhe und Länge prüft jetzt das zuständige Amt in Köln."
POLISH = "Rada miasta przegłosowała we wtorek odbudowę mostu, który zniszczyła powódź. Część środków wyłoży państwo."
TURKISH = "Belediye meclisi salı günü, selde yıkılan köprünün yeniden yapılmasını oy çokluğuyla kabul etti, dedi şahıs."

CASES = [
    (RUSSIAN, "cp1251"), (RUSSIAN, "koi8-r"), (RUSSIAN, "cp866"), (RUSSIAN, "iso8859_5"), (UKRAINIAN, "cp1251"),
    (UKRAINIAN, "koi8-u"), (GREEK, "cp1253"), (GREEK, "iso8859_7"), (ARABIC, "cp1256"), (HEBREW, "cp1255"),
    (THAI, "cp874"), (SIMPLIFIED, "gb18030"), (SIMPLIFIED, "gb2312"), (TRADITIONAL, "big5"), (JAPANESE, "cp932"),
    (JAPANESE, "euc_jp"), (KOREAN, "cp949"), (GERMAN, "cp1252"), (GERMAN, "latin-1"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "encoding"), CASES)
@pytest.mark.parametrize("declared", ["", "<meta charset='utf-8'>", "<meta charset=iso-8859-1>"])
def test_an_old_encoding_is_told_by_the_letters_that_its_language_uses(text: str, encoding: str, declared: str) -> None:
    page = f"<html><head>{declared}</head><body><p>{text}</p></body></html>"
    assert decode(page.encode(encoding)) == page


@pytest.mark.parametrize(("text", "code", "encoding"), [(POLISH, "pl", "cp1250"), (TURKISH, "tr", "cp1254")])
def test_among_latin_letters_the_language_that_a_page_names_decides(text: str, code: str, encoding: str) -> None:
    page = f"<html lang='{code}'><body><p>{text}</p></body></html>"
    assert decode(page.encode(encoding)) == page


def test_an_encoding_that_a_page_declares_is_believed() -> None:
    page = f"<meta charset='iso-8859-2'><p>{POLISH}</p>"
    assert decode(page.encode("iso8859_2")) == page


@pytest.mark.parametrize("declared", ["", "<meta charset='windows-1251'>", "<meta charset='iso-8859-1'>"])
def test_utf_8_with_a_broken_byte_in_it_stays_utf_8(declared: str) -> None:
    page = f"{declared}<p>{RUSSIAN}</p>".encode()
    assert decode(page + b"\xff<p>" + RUSSIAN.encode()) == f"{page.decode()}\ufffd<p>{RUSSIAN}"


def test_a_few_signs_of_noise_are_taken_for_western_letters() -> None:
    assert told(b"<p>na\xefve caf\xe9</p>") == "cp1252"
    assert told(bytes(range(256))) == "cp1252"
