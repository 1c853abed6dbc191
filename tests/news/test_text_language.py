"""Which language a text is in, and lines that belong to no story."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.furniture import ends_story, is_credit, is_date_line, is_furniture, parted_credit
from news.language import code_of, language_of

SAMPLES = {
    "en": "The minister said that the talks would go on and that they had not been in vain.",
    "de": "Der Minister sagte, dass die Gespräche weitergehen und nicht vergeblich gewesen sind.",
    "fr": "Le ministre a dit que les discussions se poursuivent et qu'elles ne sont pas vaines.",
    "es": "El ministro dijo que las conversaciones siguen y que no han sido en vano para el país.",
    "it": "Il ministro ha detto che i colloqui continuano e che non sono stati vani per il paese.",
    "pt": "O ministro disse que as conversas continuam e que não foram em vão para o país.",
    "nl": "De minister zei dat de gesprekken doorgaan en dat ze niet voor niets zijn geweest.",
    "sv": "Ministern säger att samtalen fortsätter och att de inte har varit förgäves för landet.",
    "pl": "Minister powiedział, że rozmowy będą trwać i że nie są one na próżno dla kraju, jak się wydaje.",
    "tr": "Bakan, görüşmelerin devam ettiğini ve bunun ülke için çok önemli bir adım olduğunu söyledi.",
    "ru": "Министр сказал, что переговоры продолжаются и что это не было напрасно для всех.",
    "uk": "Міністр сказав, що переговори тривають і що це було не даремно для всіх, які є.",
    "ar": "قال الوزير إن المحادثات مستمرة في العاصمة منذ أيام مع هذا الوفد",
    "fa": "وزیر گفت که این گفتگوها در پایتخت ادامه دارد و برای کشور است",
    "el": "Ο υπουργός είπε ότι οι συνομιλίες συνεχίζονται",
    "he": "השר אמר כי השיחות נמשכות",
    "hi": "मंत्री ने कहा कि वार्ता जारी है और यह देश के लिए है",
    "ja": "大臣は会談が続くと述べた。",
    "zh": "部长表示会谈将继续进行。",
    "ko": "장관은 회담이 계속된다고 말했다.",
}


@pytest.mark.parametrize("code", SAMPLES)
def test_a_text_is_told_by_its_script_and_small_words(code: str) -> None:
    assert language_of(SAMPLES[code]) == code


def test_what_a_page_says_of_itself_never_beats_its_script() -> None:
    assert language_of(SAMPLES["ru"], "en") == "ru"
    assert language_of(SAMPLES["de"], "en") == "de"


def test_what_a_page_says_of_itself_decides_where_the_text_does_not() -> None:
    assert language_of("OK", "de-AT") == "de"
    assert language_of("12 345", "pt_BR") == "pt"
    assert language_of("OK") is None


def test_tags_of_languages_become_their_two_letters() -> None:
    assert [code_of(tag) for tag in ("de-AT", "pt_BR", "nb-NO", "EN", "x", "", None)] == [
        "de", "pt", "no", "en", None, None, None,
    ]  # fmt: skip


@given(st.text(max_size=200), st.none() | st.text(max_size=8))
def test_any_text_has_a_language_of_two_letters_or_none(text: str, hint: str | None) -> None:
    found = language_of(text, hint)
    assert found is None or len(found) == 2


@pytest.mark.parametrize(
    "line",
    [
        "Read more: The long winter",
        "Lesen Sie auch: Der lange Winter",
        "» À lire aussi",
        "ADVERTISEMENT",
        "Lee también: el invierno",
    ],
)
def test_lines_that_lead_elsewhere_are_furniture_in_many_languages(line: str) -> None:
    assert is_furniture(line)


@pytest.mark.parametrize(
    "line",
    [
        "Readers of the paper know more about it than the minister does.",
        "More about the case was told in court on Friday, when the two men met again for the first time since spring.",
        "Advertisements for the new car will be shown in all cinemas of the country.",
    ],
)
def test_sentences_that_open_like_furniture_are_none(line: str) -> None:
    assert not is_furniture(line, linked=False)


def test_dates_and_reading_times_are_told_from_sentences() -> None:
    assert is_date_line("Published: April 25, 2025, 10:15 GMT")
    assert is_date_line("25.04.2025, 10:15 Uhr")
    assert is_date_line("5 min read")
    assert not is_date_line("On 25 April 2025 the border was closed")
    assert not is_date_line("Monday")


def test_headlines_over_other_things_end_a_story() -> None:
    assert ends_story("Related stories")
    assert ends_story("Mehr zum Thema:")
    assert not ends_story("Related industries, which employ forty thousand people, have suffered most of all.")


def test_a_line_of_credits_is_known() -> None:
    assert is_credit("(Reporting by Ida Holm; Editing by Jon Aas)")
    assert not is_credit("The reporting by two papers led to an inquiry.")


@pytest.mark.parametrize(
    ("caption", "parts"),
    [
        ("The house in spring. Photo: Jo Lund", ("The house in spring.", "Jo Lund")),
        ("The house in spring. Sputnik/Jo Lund", ("The house in spring.", "Sputnik/Jo Lund")),
        ("The house in spring (Photo by Jo Lund)", ("The house in spring", "Jo Lund")),
        ("The house in spring", ("The house in spring", None)),
        ("© Jo Lund", ("", "Jo Lund")),
    ],
)
def test_a_caption_is_parted_from_its_credit(caption: str, parts: tuple[str, str | None]) -> None:
    assert parted_credit(caption) == parts
