"""The patterns of what is no meeting after all, for `news.meeting_found`: many told as one, debates, acquaintances."""

from __future__ import annotations

import re

HABIT = re.compile(r"\b(?:often|regularly|frequently|sometimes|usually|always|routinely|occasionally|at\s+times)\b")
MANY = re.compile(
    r"\b(?=[a-z])(?:several|many|numerous|countless|multiple|frequent|regular|weekly|daily|annual|previous|past|three|four|"
    r"five|six|seven|ten|dozens\s+of|"
    r"series\s+of|rounds?\s+of|years\s+of|months\s+of|weeks\s+of|all|these|other|occasional|"
    r"subsequent)\s+(?:[\w-]+\s+){0,3}$",
    re.IGNORECASE,
)
OFTEN = re.compile(
    r"[^.;\n]{0,40}?\b(?:several\s+times|many\s+times|multiple\s+times|twice|three\s+times|regularly|frequently|"
    r"(?:daily|weekly|nightly)(?=[.,;]|$)|(?:\d+|\w+ty|\w+teen|a\s+dozen)\s+times|often|repeatedly|"
    r"dozens\s+of\s+times|every\s+\w+|"
    r"on\s+\w+\s+occasions|a\s+few\s+times|on\s+more\s+than\s+one\s+occasion|once\s+a|over\s+the\s+(?:years|"
    r"decades|past)|through(?:out)?\s+the\s+years)\b"
)
ACQUAINTED = re.compile(
    r"\b(?:first\s+met|had\s+first\s+met|met\s+(?:his|her)\s+(?:future\s+)?(?:wife|husband|partner|girlfriend|"
    r"boyfriend)|how\s+\w+\s+met|love\s+of|fell\s+in\s+love|"
    r"married|college|classmates?|when\s+(?:they|both|the\s+two)\s+were|as\s+(?:a\s+)?(?:children|teenagers|"
    r"students?)|in\s+high\s+school)\b"
)
PLURALS = re.compile(
    r"(?:(?:tele)?phone\s+|video\s+|conference\s+)?(?:meetings|conversations|calls|summits|encounters|sessions|"
    r"dinners|lunches)\b",
    re.IGNORECASE,
)
REPEATED = re.compile(
    r"\b(?=[a-z])(?:weekly|daily|monthly|annual|regular|frequent|periodic|numerous|countless|rounds?\s+of|years\s+of|"
    r"months\s+of|weeks\s+of|series\s+of|"
    r"previous|subsequent|arduous)\s+(?:[\w-]+\s+){0,3}$",
    re.IGNORECASE,
)
DEBATE = re.compile(
    r"(?:(?!\band\s)[^.;\n]){0,50}?\b(?:debates?|interview|podcast|in\s+(?:\w+\s+)?court|court\s+(?:hearing|"
    r"appearance|"
    r"case)|courtroom|on\s+(?:\w+\s+)?(?:radio|television|TV))\b"
)
QUOTED = re.compile(r"[\"“][^\"“”]*[\"”]")
SEPARATE = re.compile(
    r"\b(?:one-on-ones|bilaterals|separate|separately|individually|respective|in\s+turn|"
    r"and\s+(?:later|then|with))\b"
)
HAD_NOT = re.compile(
    r"\bwhether\s+(?:[^\s,.;]+\s+){1,3}had\s+(?:ever\s+)?$|\b(?:had|if|"
    r"unless)\s+(?:[^\s,.;]+\s+){1,4}not\s+(?:\w+ly\s+)?$"
)
NOT_MET = re.compile(r"\b(?:has|have|had)(?:\s+not|\s+never|n['’]t)\s+(?:\w+ly\s+|yet\s+)?$")
NEVER = re.compile(r"\b(?:has|have|had|['’]ve|['’]s|['’]d)(?:\s+not|n['’]t)?\s+(?:never|ever|once)\s+$")
LAST = re.compile(r"\b(?:last|first)\s+$")
AGO = re.compile(r"(?:\s+\S+){0,5}?\s+ago\b")
"""As in "last met a year ago": that they know each other."""
SINCE = re.compile(r"(?:\s+\S+){0,4}?\s+(?:since|for|in)\s")
"""As in "have not met since P took office", "has not spoken with P in years": a state, and no meeting that failed."""
WILL_HOLD = re.compile(r"\b(?:(?:will|to)\s+(?:hold|have)|for)\s+(?:[a-z-]+\s+){0,2}$")
WILL = re.compile(r"\bwill\b")

OF_ACQUAINTANCE = frozenset(
    [
        *("first", "wife", "husband", "partner", "girlfriend", "boyfriend", "how", "love", "married", "college"),
        *("classmate", "classmates", "when", "children", "teenagers", "student", "students", "school"),
    ]
)
OF_MEDIA = frozenset(
    [
        *("host", "anchor", "reporter", "reporters", "journalist", "interviewer", "correspondent", "columnist"),
        *("writer", "moderator", "presenter"),
    ]
)
OF_HABIT = frozenset(
    {"often", "regularly", "frequently", "sometimes", "usually", "always", "routinely", "occasionally", "times"}
)
OF_LAST = frozenset({"last", "first"})
OF_DENIAL = frozenset({"whether", "not", "never", "ever", "once", "t"})
OF_DEBATE = frozenset({"debate", "debates", "interview", "podcast", "court", "courtroom", "radio", "television", "TV"})
OF_MANY_TIMES = frozenset(
    [
        *("times", "twice", "regularly", "frequently", "daily", "weekly", "nightly", "often", "repeatedly", "every"),
        *("occasions", "occasion", "once", "years", "decades", "past"),
    ]
)
VETOES = OF_ACQUAINTANCE | OF_MEDIA | OF_HABIT | OF_LAST | OF_DENIAL | OF_DEBATE | OF_MANY_TIMES
"""Words of which one stands in whatever the patterns find: of each kind, and of any."""
