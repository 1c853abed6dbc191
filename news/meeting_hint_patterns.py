"""The patterns by which a sentence only hints at a meeting, for `news.meeting_hints`, over a masked text."""

from __future__ import annotations

import re

from news.meeting_scene import O, P
from news.meeting_words import CALL, MEETING, STOP

TOLD_IN = re.compile(
    r"\b(?P<verb>told|raised|broached|invited|consulted|contacted|reached|handed|gave|showed|presented|"
    r"confronted|informed|"
    r"assured|briefed|warned|urged|thanked|congratulated|asked|reassured|pressed|"
    r"reminded|promised|discussed|"
    r"reviewed)\b"
)
OVER_MEAL = re.compile(
    r"[\"“]?(?:(?:Over|At|During)\s+(?:an?\s+|the\s+|their\s+)?(?:[\w-]+\s+){0,3}?(?P<verb>lunch|dinner|"
    r"breakfast|drinks|tea|coffee)\b|"
    r"(?P<met>Meeting)(?=\s+(?:in|at|on|for|here)\s))"
)
"""As in "Over a lunch in 2005, P and P agreed"."""
IN_MEETING = re.compile(
    rf"\b(?=[IiDdAaOoBb])(?:(?:[Ii]n|[Dd]uring|[Aa]fter|[Aa]t)\s+(?:(?:an?|the|more|than|about|over|nearly|some|\w+-\w+|"
    rf"\w+)\s+){{1,4}}?"
    rf"(?:hours?|minutes|days|rounds?)\s+of\s+(?:\w+\s+)?(?:talks|discussions|negotiations|"
    rf"consultations)\b(?!\s+(?:with|between)\b)|"
    rf"(?:[Bb]y|[Oo]ver\s+the|[Oo]n\s+the)\s+(?:tele)?phone\b|(?:[Oo]ver|[Dd]uring|[Aa]t)\s+(?:lunch|"
    rf"dinner|breakfast|talks)\b(?!\s+(?:with|between)\b)|(?:[Ii]n|[Dd]uring|[Aa]t(?:\s+the\s+(?:start|"
    rf"beginning|opening|outset|end|close|top)\s+of)?|[Oo]ver|[Oo]n|"
    rf"[Bb]y)\s+(?:a|an|their|the|his|her|[A-Z][a-z]+day['’]s|"
    rf"this)\s+(?:(?!{P})[^\s.,;]+\s+){{0,4}}?(?:(?P<call>(?:tele)?phone\s+(?:call|conversation)|call|"
    rf"telephone\s+conversation|"
    rf"video\s+call|conference\s+call)|meeting|talks|summit|bilateral|sit-down|encounter|one-on-one|tete-a-tete|"
    rf"tête-à-tête|face-to-face|session|luncheon|lunch|dinner|"
    rf"breakfast|audience|"
    rf"video\s*conference)\b(?!\s+(?:with|between|of|from|to)\b))"
)
ON_VISIT = re.compile(
    r"\b(?:[Dd]uring|[Oo]n)\s+(?:an?|his|her|their|the)\s+(?:[\w-]+\s+){0,3}?(?:visit|trip|stopover)\s+(?:to|in)\b"
)
THEIR = re.compile(
    rf"\b(?:[Aa]fter|[Bb]efore|[Dd]uring|[Ff]ollowing|[Aa]t|[Aa]head\s+of|[Uu]pon\s+(?:\w+\s+){{1,3}}to|"
    rf"[Pp]rior\s+to|for|to|of|in)\s+(?P<verb>their)\s+(?:(?!{P})[^\s.,;]+\s+){{0,3}}?(?:(?P<call>{CALL})|"
    rf"{MEETING})\b(?<!calls)"
)
CAPTION = re.compile(r",\s+(?:\w+\s+)?(?:left|right|cent(?:er|re)),|\((?:[LRC]|left|right|cent(?:er|re))\)")
"""Signs of a caption, which tells what was in the present."""
SHOWN = re.compile(r"\b(?:poses?|smiles?|waves?|stand|gestures?|look\s+on|shake\s+hands|walk)\b")
"""What people do in pictures."""
ATTEND = re.compile(
    rf"\b(?:attend|take\s+part\s+in)\s+(?:a|an|the|their)\s+(?:(?!{P}|"
    rf"{STOP}\b)[^\s.,;]+\s+){{0,2}}?(?P<verb>{MEETING})\b(?!\s+(?:of|with|on)\b)"
)
VERBLESS = re.compile(
    rf"{P}(?:\s*\([^()\n]{{1,20}}\)|,\s+[\w\s]{{2,20}},)?\s+(?P<verb>during|before|after|at|in)\s+(?:a|an|the|"
    rf"their)\s+(?:(?!{P}|{STOP}\b)[^\s.,;]+\s+){{0,2}}?"
    rf"{MEETING}\b(?!\s+(?:with|between|of)\b)"
)
"""As in a caption: "P and P during a meeting in L"."""
POSED = re.compile(
    rf"\b(?:pose[sd]?|agreed|pledged|signed|stroll(?:ed|s)?|arrive|review|inspect|hold\s+an?\s+(?:joint\s+)?(?:news|"
    rf"press)\s+conference|failed|vowed|settled|reached|clinched|sealed|decided|announced|said|"
    rf"walk(?:s|ed)?|smiles?|stand|arrive|are\s+seen|"
    rf"gesture|pictured|photographed|talk|listen|wave|look\s+on|chat)\b[^.;{P}]{{0,50}}?"
    rf"\b(?P<verb>before|after|during|prior\s+to|ahead\s+of|at|following|in|for)\b\s+(?:a|an|the|their|"
    rf"[\w-]+\s+(?:days?|"
    rf"hours?|weeks?|minutes)\s+of)?\s*(?:(?!{P}|"
    rf"{STOP}\b)[^\s.,;]+\s+){{0,3}}?(?:(?P<call>{CALL})|{MEETING})\b"
    r"(?!\s+(?:with|between|of)\b)"
)
LISTENS = re.compile(
    rf"{P}[^.;{P}]{{0,50}}\b(?:listens?|looks?\s+on|watch(?:es)?|smiles?|"
    rf"sits?)\s+as\s+(?:[^\s,.;{P}]+\s+){{0,6}}{P}[^.;{P}]{{0,50}}"
    rf"\b(?P<verb>during|at|before|after)\s+(?:an?|the|"
    rf"their)\s+(?:[^\s,.;{P}]+\s+){{0,3}}?{MEETING}\b(?!\s+(?:with|of)\b)"
)
WHOM = re.compile(
    rf"(?P<object>{P})(?:,\s+[^,;{P}]{{1,80}})?,?\s+(?:with\s+)?whom\s+[^;.]{{0,60}}?"
    r"\b(?P<verb>met|meet|hosted|received|welcomed|greeted|phoned|visited|saw|(?:held|"
    r"had)\s+(?:\w+\s+){0,2}talks|dined|conferred)\b"
)
HYPHEN = re.compile(
    r"\b(?P<one>[A-Z][a-z]{2,})(?:[-–](?P<two>[A-Z][a-z]{2,}))(?:[-–](?P<three>[A-Z][a-z]{2,}))?\s+"
    r"(?:\w+\s+)?(?P<verb>summit|meeting|talks|phone call|call|handshake)\b"
)
DISCUSSED_WITH = re.compile(rf"[^.;{P}]{{0,120}}?\s+with\s+")
OWNED = re.compile(rf"{O}['’]s\s")
