"""The days that a text names: "on Friday", "25 April", "late 2023", "the day before", "the third quarter".

What a day says depends on when the article was published and on the tense around it. Rules and their limits follow
TimeML (Saurí et al. 2006, TimeML Annotation Guidelines 1.2.1) as far as `Day` can say it; durations, repetitions and
"recently" give nothing. A bare weekday is the nearest past such day, the day of publication included; it is the next
one only under a future verb.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from datetime import date, timedelta
from typing import TYPE_CHECKING

from news.day_tense import is_future
from news.day import Day, interval, month_of, one_day, quarter_of, week_of, year_of
from news.reading import DayMention
from news.text import sentences

if TYPE_CHECKING:
    from collections.abc import Callable

    from news.article import Span

_WEEKDAY = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
_MONTH = (
    "January|February|March|April|May|June|July|August|September|October|November|December|"
    "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec"
)
_WEEKDAYS = {name: at for at, name in enumerate(_WEEKDAY.split("|"))}
_MONTHS = {name[:3]: at for at, name in enumerate(_MONTH.split("|")[:12], 1)}
_NUMBERS = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen twenty".split()
    )
} | {"a": 1, "an": 1, "couple of": 2, "thirty": 30, "forty": 40, "fifty": 50}
_NUMBER = r"\d{1,3}|" + "|".join(sorted(_NUMBERS, key=len, reverse=True))
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "final": 4, "last": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
_NEAR = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}
_STEP = {"last": -1, "past": -1, "previous": -1, "preceding": -1, "next": 1, "coming": 1, "following": 1, "this": 0}

# Every entry begins with a plain letter, so that the search skips to it (sre builds a set of first characters).
_ANCHOR = re.compile(
    "|".join(
        [
            *_WEEKDAY.split("|"),
            *_WEEKDAY.upper().split("|"),
            *_MONTH.split("|"),
            *(month.upper() for month in _MONTH.split("|")[:12]),
            *(word for near in _NEAR for word in (near, near.capitalize())),
            *"weekend week month quarter year decade day night morning afternoon evening".split(),
            *_SEASONS,
            *(f"Q{n}" for n in range(1, 5)),
            *(f"{century}" for century in range(17, 21)),
            r"0?[1-9][./-]",
            r"1[0-2][./-]",
            r"[12]\d[./]",
            r"3[01][./]",
        ]
    )
)

_YEAR = r"(?:1[5-9]|20)\d\d"
_MONTH_AFTER = re.compile(
    rf",?\s+(?:the\s+)?(?:\d{{1,2}}(?:st|nd|rd|th)?\s+)?(?:of\s+)?(?:{_MONTH})\b(?!\s+(?:said|told))"
)
_WEEKDAY_LEFT = re.compile(
    r"\b(?:(?:early|late|earlier|later|mid)[\s-]+)?(?:on\s+)?"
    r"(?:(?P<step>[Ll]ast|[Nn]ext|[Tt]his|[Tt]his past|[Tt]his coming|[Pp]ast|[Cc]oming|the (?:previous|following))\s+)?$"
)
_WEEKDAY_RIGHT = re.compile(
    r"(?:\s+(?:morning|afternoon|evening|night))?(?:,?\s+(?:of\s+)?(?P<week>last|next|this)\s+week)?(?:\s+week)?"
)
_PLURAL_OR_NAME = re.compile(r"s\b|[’']?s\s+(?:Child)|\s+(?:Night Live|Times)")
_DAY_RIGHT = re.compile(
    r"\.?\s+(?P<one>[0-3]?\d)(?:st|nd|rd|th)?(?![\w:])(?!\.\d|,\d{3})"
    rf"(?:\s*(?:-|–|—|to|and|through|until)\s*(?:(?P<month>{_MONTH})\.?\s+)?(?P<two>[0-3]?\d)(?:st|nd|rd|th)?(?![\w:])(?!,\d{{3}}|\.\d))?"
    rf"(?:\s*,?\s+(?P<year>{_YEAR})\b)?(?!\s*(?:percent|per cent|%|million|billion|people|a\.m|p\.m|years))"
)
_DAY_LEFT = re.compile(
    rf"(?<![\w.,:/$£€-])(?:(?:(?:{_WEEKDAY}),?\s+)?(?:the\s+)?(?P<one>[0-3]?\d)(?:st|nd|rd|th)?\s*(?:-|–|—|to|and|through|until)\s*)?"
    r"(?:the\s+)?(?P<two>[0-3]?\d)(?:st|nd|rd|th)?\s+(?:day\s+)?(?:of\s+)?$"
)
_WEEKDAY_BEFORE = re.compile(rf"\b(?:{_WEEKDAY}),?\s+(?:the\s+)?$", re.IGNORECASE)
_YEAR_RIGHT = re.compile(rf"\.?,?\s+(?:of\s+)?(?P<year>{_YEAR})\b")
_YEAR_SAID = re.compile(r"\.?,?\s+(?:of\s+)?(?P<step>last|this|next)\s+year\b")
_MONTH_LEFT = re.compile(
    r"\b(?:(?P<step>[Ll]ast|[Nn]ext|[Tt]his|[Tt]his past|[Tt]his coming|past|coming)\s+)?"
    r"(?:(?:[Ee]arly|[Ll]ate|[Mm]id|the\s+(?:end|beginning|start|middle)\s+of|the\s+month\s+of)[\s-]+)?(?:in\s+)?$"
)
_IN = re.compile(
    r"\b(?:[Ii]n|[Ss]ince|[Bb]y|[Uu]ntil|[Tt]ill|[Dd]uring|[Ff]rom|[Oo]f|[Tt]o|[Ff]or|[Bb]efore|[Aa]fter|[Tt]hrough|and|or|"
    r"[Ee]arly|[Ll]ate|[Mm]id|[Ll]ast|[Nn]ext|[Tt]his|[Oo]n|[Aa]bout|[Aa]round|[Bb]etween|past|[Oo]ver)[\s-]+$"
)
_NAME_AFTER = re.compile(r"[’']s\b|\s+[A-Z][a-z]+|\s+[a-z]+ed\b|\s+(?:said|told|was|is|has|had)\b")
_NAME_BEFORE = re.compile(r"(?:\b(?:Mrs?|Ms|Dr|Prime\s+Minister|Minister|Secretary|Theresa|President|Sir|Lord|Brian|James)\.?\s+)$")
_FISCAL = re.compile(r"\b(?:(?:[Ee]arly|[Ll]ate|[Mm]id|[Ff]iscal|the\s+(?:end|beginning|start|middle|year)(?:\s+of)?)[\s-]+)+$")
_NO_YEAR_LEFT = re.compile(r"(?:[$£€#@/.,]|\b(?:No|Nos|number|[Ff]light|[Rr]oom|about|around|some|nearly|than|than the|top|over|all)\.?\s?)$")
_NO_YEAR_RIGHT = re.compile(
    r"[%°]|[-\s]+(?:people|percent|per\s|miles?|dollars?|troops|feet|foot|met(?:er|re)s?|points?|workers|soldiers|pounds?|euros?|"
    r"jobs|tons|tonnes|years|men|women|children|members|seats|votes|kilomet\w+|km|kg|employees|members|homes|houses|students|"
    r"refugees|migrants|deaths|cases|copies|barrels|times|hours|words|square|acres|police|others|units)\b|[.,]\d|[/:]\d|-(?=[a-z])"
)
_UNIT_LEFT = re.compile(
    r"\b(?:(?P<edge>[Ee]arly|[Ee]arlier|[Ll]ate|[Ll]ater|[Mm]id|[Ss]ometime|[Bb]y\s+the\s+end\s+of|[Tt]he\s+(?:end|beginning|start|middle)\s+of)[\s-]+(?:in\s+|on\s+)?)?"
    r"(?:the\s+)?(?P<step>[Ll]ast|[Nn]ext|[Tt]his|[Tt]hat|[Pp]ast|[Pp]revious|[Pp]receding|[Cc]oming|[Ff]ollowing|[Ss]ame|[Cc]urrent|[Ll]atest|[Tt]his\s+past|[Tt]his\s+coming|[Tt]hat\s+same|[Tt]he|full|fiscal)"
    r"(?:\s+(?:full|fiscal))?\s+$"
)
_COUNT_LEFT = re.compile(rf"(?<![\w.,-])(?P<count>{_NUMBER})[\s-]+$", re.IGNORECASE)
_COUNT_RIGHT = re.compile(r"s?(?:\s+(?:or\s+(?:so|two)))?\s+(?P<way>ago|earlier|before(?!\s+(?:the|his|her|its|a|an|[A-Z]))|later|from\s+now)\b")
_YEAR_EARLIER = re.compile(r"-(?:earlier|ago)\b(?:\s+(?P<ordinal>first|second|third|fourth)[\s-]quarter\b|\s+(?P<quarter>quarter|period)\b)?")
_QUARTER_LEFT = re.compile(
    rf"\b(?:(?:(?:the|of)\s+)?(?P<year>{_YEAR}|[Tt]his\s+year[’']s|[Ll]ast\s+year[’']s|[Nn]ext\s+year[’']s)\s+)?"
    r"(?:(?:the\s+)?fiscal[\s-]+)?(?P<ordinal>[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth|[Ff]inal|1st|2nd|3rd|4th)[\s-]$"
)
_QUARTER_RIGHT = re.compile(
    rf"s?(?:,?\s+(?:of\s+)?(?:fiscal\s+)?(?:(?P<year>{_YEAR})\b|(?P<step>last|this|next)\s+year\b|(?P<ago>a\s+year\s+(?:ago|earlier))\b|(?P<same>the\s+year)\b))?"
)
_DAY_BEFORE = re.compile(r"\s+(?P<way>before|after)(?:\s+(?P<near>yesterday|tomorrow)\b|(?=\s*[,.;]|\s+(?:he|she|they|it|in|at|his|her|their|when)\b))")
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)")
_NUMERIC = re.compile(r"(?P<a>\d{1,2})(?P<mark>[./-])(?P<b>\d{1,2})(?P=mark)(?P<year>(?:19|20)\d\d|\d\d)(?![\d.])")
_SEASON_RIGHT = re.compile(rf"\s+(?:of\s+)?(?P<year>{_YEAR})\b")

_BACK = 420
"""Characters within which "the day before" finds the day it counts from."""



def days(text: str, published: date | None) -> tuple[DayMention, ...]:
    """The days that the text names, in order; without `published` those alone that name their year."""
    reader = _Reader(text, published)
    for anchor in _ANCHOR.finditer(text):
        start, end = anchor.span()
        if start >= reader.upto and not (start and text[start - 1].isalnum()):
            reader.look(start, end)
    return tuple(reader.found)


class _Reader:
    """Reads one text from left to right; later days may count from earlier ones."""

    def __init__(self, text: str, published: date | None) -> None:
        self.text = text
        self.now = published
        self.found: list[DayMention] = []
        self.upto = 0
        self._sentences: tuple[Span, ...] = ()
        self._starts: list[int] = []

    def look(self, start: int, end: int) -> None:
        """Reads the mention around the anchor word, if it is one."""
        word = self.text[start:end]
        if word[0].isdigit():
            read = _Reader._year if word in _CENTURIES else _Reader._numeric
        else:
            read = _READERS[word.lower() if word.lower() in _UNITS else word.capitalize()]
        try:
            found = read(self, start, end)
        except (ValueError, OverflowError):  # 31 June, the year 0
            return
        if found is not None:
            self.found.append(DayMention(max(found[0], self.upto), found[1], found[2]))
            self.upto = found[1]

    def _left(self, pattern: re.Pattern[str], start: int, width: int = 44) -> re.Match[str] | None:
        return pattern.search(self.text, max(self.upto, start - width), start)

    def _future(self, start: int, end: int) -> bool | None:
        if not self._starts:
            self._sentences = sentences(self.text)
            self._starts = [first for first, _ in self._sentences]
        at = bisect_right(self._starts, start) - 1
        return is_future(self.text, self._sentences[max(0, at)], start, end)

    def _whole_word(self, end: int) -> bool:
        return not self.text[end : end + 1].isalnum()

    # ---- weekdays and months

    def _weekday(self, start: int, end: int) -> _Found | None:
        text, now = self.text, self.now
        if now is None or not self._whole_word(end) or _MONTH_AFTER.match(text, end):
            return None
        left = self._left(_WEEKDAY_LEFT, start)
        right = _WEEKDAY_RIGHT.match(text, end)
        assert right is not None
        first = left.start() if left else start
        at = _WEEKDAYS[text[start:end].capitalize()]
        if right["week"]:
            monday = now - timedelta(now.weekday()) + timedelta(7 * _STEP[right["week"]])
            return first, right.end(), one_day(monday + timedelta(at))
        step = left["step"].lower().split()[-1] if left and left["step"] else None
        ahead = self._days_ahead((at - now.weekday()) % 7, step, start, right.end())
        return first, right.end(), one_day(now + timedelta(ahead))

    def _days_ahead(self, ahead: int, step: str | None, start: int, end: int) -> int:
        """Days from publication, -7 to 7, `ahead` (0 to 6) being those to the next such weekday."""
        if step in {"last", "past", "previous"}:
            return ahead - 7
        if step in {"next", "coming", "following"}:
            return ahead or 7
        if ahead == 0:
            return 0
        future = self._future(start, end)
        if step == "this":
            future = future is not False
        return ahead if future else ahead - 7

    def _month(self, start: int, end: int) -> _Found | None:
        text = self.text
        name = text[start:end]
        if not self._whole_word(end):
            return None
        month = _MONTHS[name[:3].capitalize()]
        if text[end : end + 1] == "." and len(name) < 5 and name != "May":
            end += 1
        right = _DAY_RIGHT.match(text, end)
        left = None if right else self._left(_DAY_LEFT, start, 60)
        if right and 1 <= int(right["one"]) <= 31:
            return self._month_day(month, start, right)
        if left and 1 <= int(left["two"]) <= 31:
            return self._day_month(month, left, start, end)
        if year := _YEAR_RIGHT.match(text, end):
            edge = self._left(_MONTH_LEFT, start)
            return (edge.start() if edge else start), year.end(), month_of(int(year["year"]), month)
        return self._bare_month(month, start, end)

    def _month_day(self, month: int, start: int, right: re.Match[str]) -> _Found | None:
        """ "April 25", "April 25, 2025", "April 25-27", "April 28 to May 3"."""
        before = self._left(_WEEKDAY_BEFORE, start)
        first = before.start() if before else start
        year = self._year_for(month, int(right["one"]), right["year"], first, right.end())
        if year is None:
            return None
        day = date(year, month, int(right["one"]))
        if right["two"] is None or (right["month"] is None and int(right["two"]) <= day.day):
            return first, right.end() if right["two"] is None else right.end("one"), one_day(day)
        other = _MONTHS[right["month"][:3]] if right["month"] else month
        return first, right.end(), interval(day, date(year + (other < month), other, int(right["two"])))

    def _day_month(self, month: int, left: re.Match[str], start: int, end: int) -> _Found | None:
        """ "25 April", "25th of April 2025", "3 to 5 May"."""
        before = self._left(_WEEKDAY_BEFORE, left.start("one") if left["one"] else left.start())
        first = before.start() if before else left.start()
        said = _YEAR_RIGHT.match(self.text, end)
        end = said.end() if said else end
        year = self._year_for(month, int(left["two"]), said["year"] if said else None, first, end)
        if year is None:
            return None
        day = date(year, month, int(left["two"]))
        if left["one"] and 1 <= int(left["one"]) < day.day:
            return first, end, interval(day.replace(day=int(left["one"])), day)
        return first, end, one_day(day)

    def _year_for(self, month: int, day: int, said: str | None, start: int, end: int) -> int | None:
        """The year that a day and month without one belong to: the nearest that its tense allows."""
        if said:
            return int(said)
        if self.now is None:
            return None
        now = self.now
        if step := _YEAR_SAID.match(self.text, end):
            return now.year + _STEP[step["step"]]
        years = [y for y in (now.year - 1, now.year, now.year + 1) if 1 <= y <= 9999 and day <= month_of(y, month).last.day]
        ahead = {y: (date(y, month, day) - now).days for y in years}
        if not ahead:
            return None
        future = self._future(start, end)
        if future:
            return min(ahead, key=lambda y: (ahead[y] < -_LATELY, abs(ahead[y])))
        if future is False:
            return min(ahead, key=lambda y: (ahead[y] > _SOON, abs(ahead[y])))
        return min(ahead, key=lambda y: abs(ahead[y]))

    def _bare_month(self, month: int, start: int, end: int) -> _Found | None:
        text, now = self.text, self.now
        name = text[start:end].rstrip(".")
        led = self._left(_IN, start, 10)
        if now is None or (not led and (name in _ALSO_WORDS or _NAME_BEFORE.search(text, max(0, start - 20), start))):
            return None
        if name.isupper() or (name in _ALSO_NAMES and not led and _NAME_AFTER.match(text, end)):
            return None
        if name in _ALSO_WORDS and not text[start].isupper():
            return None
        left = self._left(_MONTH_LEFT, start)
        first = left.start() if left else start
        if said := _YEAR_SAID.match(text, end):
            return first, said.end(), month_of(now.year + _STEP[said["step"]], month)
        step = left["step"].lower().split()[-1] if left and left["step"] else None
        return first, end, month_of(now.year + self._years_ahead(month - now.month, step, start, end), month)

    def _years_ahead(self, months: int, step: str | None, start: int, end: int) -> int:
        """Years, -1 to 1, between now and the month that stands `months` (-11 to 11) from now within the year."""
        if step in {"last", "past"}:
            return -1 if months >= 0 else 0
        if step in {"next", "coming"}:
            return 1 if months <= 0 else 0
        if step == "this":
            return 0
        future = self._future(start, end)
        if future:
            return 1 if months < -1 else 0
        return -1 if months > (0 if future is False else 1) else 0

    # ---- years and numbers

    def _year(self, start: int, end: int) -> _Found | None:
        text = self.text
        if iso := _ISO.match(text, start):
            return start, iso.end(), one_day(date(int(iso["year"]), int(iso["month"]), int(iso["day"])))
        end = start + 4
        written = text[start:end]
        if len(written) < 4 or not (written.isascii() and written.isdigit()) or not self._whole_word(end):
            return None
        if _NO_YEAR_LEFT.search(text, max(0, start - 12), start) or _NO_YEAR_RIGHT.match(text, end):
            return None
        year = int(written)
        if year < 1900 and not self._left(_IN, start, 10):
            return None
        if year > (self.now.year + 60 if self.now else 2100):
            return None
        left = self._left(_FISCAL, start)
        return (left.start() if left else start), end, year_of(year)

    def _numeric(self, start: int, end: int) -> _Found | None:
        found = _NUMERIC.match(self.text, start)
        if found is None or (start and self.text[start - 1] in "./-$£€"):
            return None
        year = int(found["year"])
        if year < 100:
            if found["mark"] != "/":
                return None
            year += 2000 if year < 70 else 1900
        one, two = int(found["a"]), int(found["b"])
        month_first = found["mark"] == "/" and one <= 12
        month, day = (one, two) if month_first else (two, one)
        return start, found.end(), one_day(date(year, month, day))

    # ---- words that count from a day

    def _near(self, start: int, end: int) -> _Found | None:
        if self.now is None or not self._whole_word(end):
            return None
        return start, end, one_day(self.now + timedelta(_NEAR[self.text[start:end].lower()]))

    def _last(self, *precisions: str, within: int = _BACK, before: int = 0) -> Day | None:
        """The last day read so far with one of the precisions, not further back than `within` characters."""
        for mention in reversed(self.found[-8:]):
            if before - mention.end > within:
                return None
            if mention.day.precision in precisions:
                return mention.day
        return None

    def _ago(self, unit: str, start: int, end: int) -> _Found | None:
        """ "three days ago", "a week earlier", "two months later"."""
        right = _COUNT_RIGHT.match(self.text, end)
        left = right and self._left(_COUNT_LEFT, start, 20)
        if not right or not left or self.now is None:
            return None
        count = left["count"].lower()
        number = _NUMBERS[count] if count in _NUMBERS else int(count)
        way = right["way"]
        base = self.now
        if way in {"earlier", "before", "later"} and (said := self._last("day", before=start)) and unit in {"day", "week"}:
            base = said.first
        if unit == "year" and number == 1 and (told := self._quarter_of_context(start)):
            return left.start(), right.end(), quarter_of(told.first.year - 1, (told.first.month + 2) // 3)
        number = number if way == "later" or way.endswith("now") else -number
        return left.start(), right.end(), _moved(base, unit, number)

    def _quarter_of_context(self, start: int) -> Day | None:
        """The quarter spoken of in the lines before, so that "a year earlier" means that of the year before."""
        return self._last("quarter", within=260, before=start)

    def _unit(self, start: int, end: int) -> _Found | None:
        text, now = self.text, self.now
        unit = text[start:end].lower()
        if now is None:
            return None
        if found := self._ago(unit, start, end):
            return found
        if unit == "year" and (earlier := _YEAR_EARLIER.match(text, end)):
            return self._year_earlier(earlier, start)
        if not self._whole_word(end):
            return None
        left = self._left(_UNIT_LEFT, start, 40)
        if left is None:
            return None
        step = left["step"].lower().split()[-1]
        day = self._stepped(unit, step, left["edge"], start)
        return None if day is None else (left.start(), end, day)

    def _stepped(self, unit: str, step: str, edge: str | None, start: int) -> Day | None:
        """ "last week", "this year", "that day", "the following month", "the end of the year"."""
        assert self.now is not None
        if step in {"same", "that", "following", "previous", "preceding"} or (step == "next" and unit == "day"):
            said = self._last("day", "month" if unit != "day" else "day", "year" if unit == "year" else "day", before=start)
            return None if said is None else _moved(said.first, unit, _STEP.get(step, 0))
        if unit == "day":
            return None
        if step in {"the", "full", "fiscal"}:
            return _moved(self.now, unit, 0) if edge and unit in {"year", "month", "week"} else None
        return _moved(self.now, unit, _STEP.get(step, 0))

    def _year_earlier(self, earlier: re.Match[str], start: int) -> _Found | None:
        assert self.now is not None
        told = self._quarter_of_context(start)
        if earlier["ordinal"]:
            return start, earlier.end(), quarter_of(self.now.year - 1, _ORDINALS[earlier["ordinal"]])
        if told is None and earlier["quarter"] == "quarter":
            told = quarter_of(self.now.year, (self.now.month + 2) // 3 - 1)
        if told is not None:
            return start, earlier.end(), quarter_of(told.first.year - 1, (told.first.month + 2) // 3)
        return start, earlier.end(), year_of(self.now.year - 1)

    def _quarter(self, start: int, end: int) -> _Found | None:
        text, now = self.text, self.now
        if text[end : end + 1] not in {"", "s"} and text[end : end + 1].isalnum():
            return None
        left = self._left(_QUARTER_LEFT, start, 40)
        right = _QUARTER_RIGHT.match(text, end)
        assert right is not None
        if left is None:
            return self._quarter_meant(start, end)
        number = _ORDINALS[left["ordinal"].lower()]
        year = left["year"] or right["year"]
        if year and year.isdigit():
            return left.start(), right.end(), quarter_of(int(year), number)
        if now is None:
            return None
        step = left["year"].split()[0].lower() if left["year"] else right["step"]
        if step:
            return left.start(), right.end(), quarter_of(now.year + _STEP[step], number)
        if right["ago"]:
            return left.start(), right.end(), quarter_of(now.year - 1, number)
        ahead = number > (now.month + 2) // 3 and self._future(left.start(), end) is not True
        return left.start(), end, quarter_of(now.year - ahead, number)

    def _quarter_meant(self, start: int, end: int) -> _Found | None:
        """ "last quarter", "the quarter" (the one spoken of)."""
        left = self._left(_UNIT_LEFT, start, 40)
        if left is None or self.now is None:
            return None
        step = left["step"].lower().split()[-1]
        current = quarter_of(self.now.year, (self.now.month + 2) // 3)
        if step in {"the", "latest", "same", "that", "fiscal", "full"}:
            told = self._last("quarter", within=1200, before=start)
            return None if told is None else (left.start(), end, told)
        return left.start(), end, _moved(current.first, "quarter", _STEP.get(step, 0))

    def _Q(self, start: int, end: int) -> _Found | None:  # noqa: N802
        right = _QUARTER_RIGHT.match(self.text, end)
        if right is None or not self._whole_word(end) or not right["year"]:
            return None
        return start, right.end(), quarter_of(int(right["year"]), int(self.text[end - 1]))

    def _day(self, start: int, end: int) -> _Found | None:
        """ "the day before", "the day after tomorrow", and all that counts days."""
        text = self.text
        right = _DAY_BEFORE.match(text, end)
        left = right and re.compile(r"\b[Tt]he\s+$").search(text, max(self.upto, start - 5), start)
        if not right or not left or self.now is None:
            return self._unit(start, end)
        step = 1 if right["way"] == "after" else -1
        if right["near"]:
            return left.start(), right.end(), one_day(self.now + timedelta(step + _NEAR[right["near"]]))
        said = self._last("day", before=start)
        return None if said is None else (left.start(), right.end(), one_day(said.first + timedelta(step)))

    def _part_of_day(self, start: int, end: int) -> _Found | None:
        """ "last night", "this morning", "the next morning"."""
        left = self._left(_UNIT_LEFT, start, 24)
        if left is None or self.now is None or not self._whole_word(end):
            return None
        step = left["step"].lower().split()[-1]
        if step == "this" or (step == "last" and self.text[start:end].lower() == "night"):
            return left.start(), end, one_day(self.now - timedelta(step == "last"))
        if step not in {"next", "following", "same", "that"}:
            return None
        said = self._last("day", before=start)
        return None if said is None else (left.start(), end, one_day(said.first + timedelta(_STEP.get(step, 0))))

    def _weekend(self, start: int, end: int) -> _Found | None:
        left = self._left(_UNIT_LEFT, start, 40)
        if left is None or self.now is None or not self._whole_word(end):
            return None
        step = left["step"].lower().split()[-1]
        saturday = self.now + timedelta(5 - self.now.weekday())
        weeks = _STEP.get(step, 0)
        if step in {"the", "past"}:
            weeks = 0 if self.now.weekday() > 4 or self._future(start, end) else -1
        return left.start(), end, interval(saturday + timedelta(7 * weeks), saturday + timedelta(7 * weeks + 1))

    def _season(self, start: int, end: int) -> _Found | None:
        """ "last summer", "the spring of 2024": three whole months, of the northern half of the world."""
        month = _SEASONS[self.text[start:end].lower()]
        if not self._whole_word(end):
            return None
        if said := _SEASON_RIGHT.match(self.text, end):
            return start, said.end(), _season_of(int(said["year"]), month)
        left = self._left(_UNIT_LEFT, start, 40)
        if left is None or self.now is None or left["step"].lower().split()[-1] not in {"last", "next", "this", "past", "coming"}:
            return None
        step = left["step"].lower().split()[-1]
        season = _season_of(self.now.year, month)
        year = self.now.year
        if step in {"last", "past"} and season.last >= self.now:
            year -= 1
        elif step in {"next", "coming"} and season.first <= self.now:
            year += 1
        return left.start(), end, _season_of(year, month)


def _season_of(year: int, month: int) -> Day:
    return interval(date(year, month, 1), month_of(year, month + 2).last)


def _moved(base: date, unit: str, steps: int) -> Day:
    """The day, week, month, quarter, year or decade that lies `steps` from the one of `base`."""
    match unit:
        case "day":
            return one_day(base + timedelta(steps))
        case "week":
            return week_of(base + timedelta(7 * steps))
        case "month":
            months = base.year * 12 + base.month - 1 + steps
            return month_of(months // 12, months % 12 + 1)
        case "quarter":
            quarters = base.year * 4 + (base.month - 1) // 3 + steps
            return quarter_of(quarters // 4, quarters % 4 + 1)
        case "decade":
            return year_of(base.year + 10 * steps)
        case _:
            return year_of(base.year + steps)


_LATELY, _SOON = 20, 45
_CENTURIES = frozenset({"17", "18", "19", "20"})
_UNITS = frozenset({*_SEASONS, *_NEAR, *"weekend week month quarter year decade day night morning afternoon evening".split()})
_ALSO_WORDS = frozenset({"May", "March", "MAY", "MARCH", "Mar", "Sep", "Dec", "Jan", "Jun", "Jul"})
_ALSO_NAMES = frozenset({"April", "June", "August", "Jan", "July"})
_READERS: dict[str, Callable[[_Reader, int, int], _Found | None]] = {
    **dict.fromkeys(_WEEKDAYS, _Reader._weekday),
    **dict.fromkeys(_MONTH.split("|"), _Reader._month),
    **dict.fromkeys(_NEAR, _Reader._near),
    **dict.fromkeys(_SEASONS, _Reader._season),
    **dict.fromkeys("morning afternoon evening night".split(), _Reader._part_of_day),
    **dict.fromkeys("week month year decade".split(), _Reader._unit),
    **dict.fromkeys(("Q1", "Q2", "Q3", "Q4"), _Reader._Q),
    "quarter": _Reader._quarter,
    "weekend": _Reader._weekend,
    "day": _Reader._day,
}
