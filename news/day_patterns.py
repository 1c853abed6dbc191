"""The patterns of `news.day_grammar`: anchor words, what may stand to their left and to their right."""

from __future__ import annotations

import re

from news.word_pattern import any_of

WEEKDAY = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
MONTH = (
    "January|February|March|April|May|June|July|August|September|October|November|December|"
    "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec"
)
WEEKDAYS = {name: at for at, name in enumerate(WEEKDAY.split("|"))}
MONTHS = {name[:3]: at for at, name in enumerate(MONTH.split("|")[:12], 1)}
NUMBERS = {
    word: number
    for number, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty",
        ]
    )
} | {
    "a": 1,
    "an": 1,
    "couple of": 2,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
}
NUMBER = r"\d{1,3}|" + "|".join(sorted(NUMBERS, key=len, reverse=True))
ORDINALS = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "final": 4,
    "last": 4,
    "1st": 1,
    "2nd": 2,
    "3rd": 3,
    "4th": 4,
}
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
NEAR = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}
STEP = {"last": -1, "past": -1, "previous": -1, "preceding": -1, "next": 1, "coming": 1, "following": 1, "this": 0}

FEAST_WORDS = ("Christmas", "New Year", "Thanksgiving", "Halloween", "Boxing Day", "Valentine")
FEASTS = {
    "christmas day": (12, 25),
    "christmas eve": (12, 24),
    "new year's day": (1, 1),
    "new year's eve": (12, 31),
    "boxing day": (12, 26),
    "halloween": (10, 31),
    "valentine's day": (2, 14),
}
FEAST = re.compile(
    r"(?P<name>Christmas\s+(?:Day|Eve)|New\s+Year[’']s\s+(?:Day|Eve)|Thanksgiving(?:\s+Day)?|Halloween|Boxing\s+Day|"
    r"Valentine[’']s\s+Day)\b(?:,?\s+(?P<year>(?:19|20)\d\d)\b)?"
)
_WORDS = (
    *WEEKDAY.split("|"),
    *WEEKDAY.upper().split("|"),
    *MONTH.split("|"),
    *(month.upper() for month in MONTH.split("|")[:12]),
    *(word for near in NEAR for word in (near, near.capitalize())),
    *"weekend week fortnight month quarter period year decade day night morning afternoon evening nineteen".split(),  # noqa: SIM905
    *SEASONS,
    *(f"Q{n}" for n in range(1, 5)),
    *FEAST_WORDS,
)
ANCHOR = re.compile(rf"(?<![A-Za-z0-9])(?:{any_of(_WORDS)}|(?:1[789]|20)(?=\d\d(?!\d))|\d\d?[./-](?=\d))", re.ASCII)
"""The words and numbers around which a day may be told."""

YEAR = r"(?:1[5-9]|20)\d\d"
MONTH_AFTER = re.compile(
    rf",?\s+(?:the\s+)?(?:\d{{1,2}}(?:st|nd|rd|th)?\s+)?(?:of\s+)?(?:{MONTH})\b(?!\s+(?:said|told))"
)
WEEKDAY_LEFT = re.compile(
    r"\b(?:(?:early|late|earlier|later|mid)[\s-]+)?(?:on\s+)?"
    r"(?:(?P<step>[Ll]ast|[Nn]ext|[Tt]his(?:\s+(?:past|coming))?|[Pp]ast|[Cc]oming|the\s+(?:previous|"
    r"following))\s+)?$"
)
EVERY = re.compile(r"\b[Ee](?:very|ach)\s+(?:other\s+|second\s+)?$")
WEEKDAY_RIGHT = re.compile(
    r"(?:\s+(?:morning|afternoon|evening|night))?(?:,?\s+(?:of\s+)?(?P<week>last|next|this)\s+week)?(?:\s+week)?"
)
DAY_RIGHT = re.compile(
    r"\.?\s+(?P<one>[0-3]?\d)(?:st|nd|rd|th)?(?!\w|:\d)(?!\.\d|,\d{3})"
    rf"(?:\s*(?:-|–|—|to|and|through|until)\s*(?:(?P<month>{MONTH})\.?\s+)?(?P<two>[0-3]?\d)(?:st|nd|rd|"
    rf"th)?(?!\w|:\d)(?!,\d{{3}}|\.\d))?"
    rf"(?:\s*,?\s+(?P<year>{YEAR})\b)?(?!\s*(?:percent|per cent|%|million|billion|people|a\.m|p\.m|years))"
)
DAY_LEFT = re.compile(
    rf"(?<![\w.,:/$£€-])(?:(?:(?:{WEEKDAY}),?\s+)?(?:the\s+)?(?P<one>[0-3]?\d)(?:st|nd|rd|th)?\s*(?:-|–|—|to|"
    rf"and|through|until)\s*)?"
    r"(?:the\s+)?(?P<two>[0-3]?\d)(?:st|nd|rd|th)?\s+(?:day\s+)?(?:of\s+)?$"
)
WEEKDAY_BEFORE = re.compile(rf"\b(?:{WEEKDAY}),?\s+(?:the\s+)?$", re.IGNORECASE)
WEEK_OF = re.compile(r"\b[Tt]he\s+week\s+of\s+$")
YEAR_RIGHT = re.compile(rf"\.?,?\s+(?:of\s+)?(?P<year>{YEAR})\b")
YEAR_SAID = re.compile(r"\.?,?\s+(?:of\s+)?(?P<step>last|this|next)\s+year\b")
MONTH_LEFT = re.compile(
    r"\b(?:(?P<step>[Ll]ast|[Nn]ext|[Tt]his|[Tt]his past|[Tt]his coming|past|coming)\s+)?"
    r"(?:(?:[Ee]arly|[Ll]ate|[Mm]id|the\s+(?:end|beginning|start|middle)\s+of|the\s+month\s+of)[\s-]+)?(?:in\s+)?$"
)
IN = re.compile(
    r"\b(?=[A-Za-z])(?:[Ii]n|[Ss]ince|[Bb]y|[Uu]ntil|[Tt]ill|[Dd]uring|[Ff]rom|[Oo]f|[Tt]o|[Ff]or|[Bb]efore|[Aa]fter|"
    r"[Tt]hrough|and|or|"
    r"[Ee]arly|[Ll]ate|[Mm]id|[Ll]ast|[Nn]ext|[Tt]his|[Oo]n|[Aa]bout|[Aa]round|[Bb]etween|past|[Oo]ver)[\s-]+$"
)
NAME_AFTER = re.compile(r"[’']s\b|\s+[A-Z][a-z]+|\s+[a-z]+ed\b|\s+(?:said|told|was|is|has|had)\b")
NAME_BEFORE = re.compile(
    r"(?:\b(?:Mrs?|Ms|Dr|Prime\s+Minister|Minister|Secretary|Theresa|President|Sir|Lord|Brian|James)\.?\s+)$"
)
FISCAL = re.compile(
    r"\b(?:(?:[Ee]arly|[Ll]ate|[Mm]id|[Ff]iscal|the\s+(?:end|beginning|start|middle|year)(?:\s+of)?)[\s-]+)+$"
)
NO_YEAR_LEFT = re.compile(
    r"(?:[$£€#@/.,]|\b(?:No|Nos|number|[Ff]light|[Rr]oom|about|around|some|nearly|than|than the|top|over|all)\.?\s?)$"
)
NO_YEAR_RIGHT = re.compile(
    r"[%°]|[-\s]+(?:people|percent|per\s|miles?|dollars?|troops|feet|foot|met(?:er|re)s?|points?|workers|"
    r"soldiers|pounds?|euros?|"
    r"jobs|tons|tonnes|years|men|women|children|members|seats|votes|kilomet\w+|km|kg|employees|members|homes|"
    r"houses|students|"
    r"refugees|migrants|deaths|cases|copies|barrels|times|hours|words|square|acres|police|others|units)\b|"
    r"[.,]\d|[/:]\d|-(?=[a-z])"
)
UNIT_LEFT = re.compile(
    r"\b(?=\w)(?:(?P<edge>[Ee]arly|[Ee]arlier|[Ll]ate|[Ll]ater|[Mm]id|[Ss]ometime|[Bb]y\s+the\s+end\s+of|"
    r"[Tt]he\s+(?:end|beginning|start|middle)\s+of)[\s-]+(?:in\s+|on\s+)?)?"
    r"(?:the\s+)?(?P<step>[Ll]ast|[Nn]ext|[Tt]his|[Tt]hat|[Pp]ast|[Pp]revious|[Pp]receding|[Cc]oming|"
    r"[Ff]ollowing|[Ss]ame|[Cc]urrent|[Ll]atest|[Tt]his\s+past|[Tt]his\s+coming|[Tt]hat\s+same|[Tt]he|full|fiscal)"
    r"(?:\s+(?:full|fiscal))?\s+$"
)
COUNT_LEFT = re.compile(rf"(?<![\w.,-])(?P<count>{NUMBER})[\s-]+$", re.IGNORECASE)
COUNT_RIGHT = re.compile(
    r"s?(?:\s+(?:or\s+(?:so|two)))?\s+(?P<way>ago|earlier|before(?!\s+(?:the|his|her|its|their|a|an|he|she|they|"
    r"it|we|you|[A-Z]|[a-z]+ing\b))|later(?!\s+than\b)|from\s+now)\b"
)
YEAR_EARLIER = re.compile(
    r"-(?:earlier|ago)\b(?:\s+(?P<ordinal>first|second|third|fourth)[\s-]quarter\b|\s+(?P<quarter>quarter|period)\b)?"
)
QUARTER_LEFT = re.compile(
    rf"\b(?=\w)(?:(?:(?:the|of)\s+)?(?P<year>{YEAR}|[Tt]his\s+year[’']s|[Ll]ast\s+year[’']s|[Nn]ext\s+year[’']s)\s+)?"
    r"(?:(?:the\s+)?fiscal[\s-]+)?(?P<ordinal>[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth|[Ff]inal|1st|2nd|3rd|4th)[\s-]$"
)
QUARTER_RIGHT = re.compile(
    rf"s?(?:,?\s+(?:of\s+)?(?:fiscal\s+)?(?:(?P<year>{YEAR})\b|(?P<step>last|this|next)\s+year\b|"
    rf"(?P<ago>a\s+year\s+(?:ago|earlier))\b|(?P<same>the\s+year)\b))?"
)
DAY_BEFORE = re.compile(
    r"\s+(?P<way>before|after)(?:\s+(?P<near>yesterday|tomorrow)\b|(?=\s*[,.;]|\s+(?:he|she|they|it|in|at|his|"
    r"her|their|when)\b))"
)
YEAR_IN_WORDS = re.compile(
    r"\s+(?P<tens>twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[\s-](?P<ones>one|two|three|four|"
    r"five|six|seven|eight|nine))?\b",
    re.IGNORECASE,
)
ATTACKS = re.compile(r"(?:th)?,?\s+(?:\w+\s+)?(?:attacks?|terror\w*|hijack\w+|commission)\b", re.IGNORECASE)
"""What follows the Sept. 11 that needs no year."""
OF_QUARTER = re.compile(r"\s+(?:quarter|period)\b")
DURING = re.compile(r"\b(?:[Oo]ver|[Ii]n|[Dd]uring|[Ff]or|[Ww]ithin|[Tt]hroughout)\s+$")
"""As in "over the past year": how long, not when."""
QUARTER_FOLLOWS = re.compile(r"(?:[’']s)?\s+(?:fiscal\s+)?(?:first|second|third|fourth|final)[\s-]quarter\b")
ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)")
NUMERIC = re.compile(r"(?P<a>\d{1,2})(?P<mark>[./-])(?P<b>\d{1,2})(?P=mark)(?P<year>(?:19|20)\d\d|\d\d)(?!\d|\.\d)")
SEASON_RIGHT = re.compile(rf"\s+(?:of\s+)?(?P<year>{YEAR})\b")

CENTURIES = frozenset({"17", "18", "19", "20"})
UNITS = frozenset(
    {
        *SEASONS,
        *NEAR,
        *[
            "weekend",
            "week",
            "fortnight",
            "nineteen",
            "month",
            "quarter",
            "period",
            "year",
            "decade",
            "day",
            "night",
            "morning",
            "afternoon",
            "evening",
        ],
    }
)
ALSO_WORDS = frozenset({"May", "March", "MAY", "MARCH", "Mar", "Sep", "Dec", "Jan", "Jun", "Jul"})
ALSO_NAMES = frozenset({"April", "June", "August", "Jan", "July"})
