"""The patterns by which the subject of a verb is found in a masked text, for `news.meeting_sides`."""

from __future__ import annotations

import re

from news.meeting_phrase import ROLE_ALONE
from news.meeting_scene import L, O, P
from news.meeting_words import ADVERB, AUXILIARY, DELEGATES, GROUP, ROLE, STOP

VERB_TAIL = re.compile(rf"(?:\s*,?\s+(?:{AUXILIARY}|{ADVERB}|\w+ly),?)*\s*$")
PRONOUN_END = re.compile(r"\b([Hh]e|[Ss]he|I|[Ww]e)$")
WHO_END = re.compile(rf"({P})(?:\s*\([^()]{{1,60}}\))?(?:,\s+[^;\n{P}]{{1,120}}?)?,?\s+who$")
WHO_FAR = re.compile(rf"({P})(?:\s*\([^()]{{1,60}}\))?,\s+[^;\n]{{1,120}}?,?\s+who$")
"""As in "P, an old friend of P, who": a second name stands in the aside."""
ROLE_END = re.compile(rf"{ROLE_ALONE.pattern}$")
GROUP_END = re.compile(
    rf"(?:([{O}{L}])(?:['’]s)?\s+(?:[a-z-]+\s+){{0,2}}{GROUP}|(?i:{GROUP})\s+(?:of|from)\s+(?:the\s+)?([{O}{L}])|"
    rf"([{O}{L}]))$"
)
LANDS_END = re.compile(
    rf"(?<![^\s(“\"])((?:(?:the\s+)?[{L}{O}](?:,\s+|\s+and\s+|"
    rf",\s+and\s+))+(?:the\s+)?[{L}{O}])(?:\s+(?:[a-z]+\s+){{0,2}}{GROUP})?$"
)
CLAUSE = re.compile(
    r";\s|[—–]\s?|\s--?\s|:\s|[\"“”]\s?|\b(?:that|when|while|where|because|although|though|whereas|but|if|as)\s"
    rf"|\b(?:after|before|since|until)\s(?=(?:[\w.’'-]+\s+){{0,4}}(?:{P}|he|she|they)\s(?!and\b))"
    rf"|\b(?:say|said|says|told\s+[^,;\n]{{2,40}}|added|announced|confirmed|"
    rf"reported)\s+(?=(?:[\w.’'-]+\s+){{0,5}}(?:{P}|he|she|they)\s)"
    rf"|,\s+and\s+(?=(?:[\w.’'-]+\s+){{0,4}}(?:{P}|he|she|they)\s)|,\s+(?=who\s)"
)
SENT = re.compile(
    rf"\b(?:sent|dispatched|flew|asked|urged|invited|ordered|told|named|appointed|allowed|persuaded|sending|"
    rf"inviting|nudged|pressed)\s+"
    rf"(?:[^\s,;{P}]+\s+){{0,6}}({P})\s+(?:[^,;{P}]{{0,60}}\s)?(?:to|for)\s*[^,;{P}]{{0,20}}$"
)
LEAD = re.compile(
    r"[\s,\"“”'‘(]*(?:(?:There|Here|Afterwards|Afterward|Yesterday|Today|Tonight|today|yesterday|tonight|"
    r"Nonetheless|And|But|So|Yet|Meanwhile|Later|Earlier|Also|Then|Separately|Instead|and|but|then|later|"
    r"earlier|who)\b,?\s*)*"
)
PHRASE = re.compile(
    r"(?:(?:On|In|At|During|After|Before|Following|Since|For|From|By|With|Over|Upon|Ahead|Amid|Despite|Early|Late|"
    r"Last|This|As|While|"
    r"Speaking|Asked|Earlier|Later|on|in|at|during|after|before|following|since|amid|late|last|for|from|by|with|"
    r"over|upon|despite)\b[^;\n]*,|"
    r"(?:On|In|At|Last|Earlier|This|Late|Early|on|in|at|last|earlier)\s+(?:\S+\s*){1,3}|[A-Z][a-z]+day,?|"
    r"(?:[A-Z][a-z]+|\d+)\s+(?:[a-z-]+\s+){0,3}(?:ago|earlier|later|before)(?:\s+(?:this|last|next|that)\s+\w+)?,?|"
    r"[\w'’]+ly,?)\s*$"
)
NOUNS = re.compile(
    rf"(?:(?:[A-Z]\w+|[{O}{L}](?:['’]s)?)\s+)(?:(?!(?:{STOP}|of|for|and|saw|let|made|sent|gave|kept|left|lost|"
    rf"won|put|saw|knew|got|ran)\b)"
    r"(?![a-z]+(?:s|ed)\b)[\w-]+\s*){1,5}"
)
"""Words before a name that make one noun phrase with it: "Kenyan mediator P"."""
ROLE_BEFORE = re.compile(
    rf"(?:[Tt]he|[Hh]is|[Hh]er|[A-Z]\w+|[{O}{L}{P}]['’]s)\s+[^,;{P}]{{0,60}}\b(?i:{ROLE})\b[^,;{P}]{{0,60}},\s*"
)
OPENER = re.compile(r"|\S*[,;:]|that|said|says|when|while|after|before|as|because|if|but", re.IGNORECASE)
BLAMED = re.compile(
    rf"\b(?:accus|thank|prais|critici[sz]|blam|congratulat|prevent|stop|suspect|kept|keep|discourag|scold|fault|"
    rf"mock)\w*\s+"
    rf"(?:[^\s,;{P}]+\s+){{0,6}}({P})\s+(?:of|for|from)$"
)
MADE_OTHERS = re.compile(
    rf"\b(?:persuad|convinc|urg|forc|order|ask|allow|enabl|press|push|encourag|lobb|"
    rf"call)\w*\s+(?:on\s+)?(?:the\s+|his\s+|her\s+)?"
    rf"(?:(?!{P})[\w'’-]+\s+){{1,3}}to\s+(?:(?!{P})[^.;]){{0,180}}$"
)
"""As in "persuaded the government to open": the subject has others do it."""
OWN_WISH = re.compile(
    rf"({P})['’]s?\s+(?:\w+\s+){{0,3}}(?:offer|plans?|decision|refusal|willingness|desire|wish|promise|"
    rf"intention|bid|attempt|"
    r"proposal|invitation|request|readiness|ability|failure|agreement|pledge|trip|visit|journey)$"
)
JOINS = re.compile(r"(?:\b(?:and|but|to|before|while)|,)$")
DASH = re.compile(r"\s+[-–—]{1,2}$")
THEIRS = re.compile(rf"\b(?i:{DELEGATES})\s+(?:of|from)\s+(?:the\s+)?$")
IN_COMMAS = re.compile(
    rf",\s+(?:(?!{STOP}\b)[^\s,;{P}]+\s+){{0,6}}{P}(?:\s+and\s+(?:(?!{STOP}\b)[^\s,;{P}]+\s+){{0,6}}{P})?,$"
)
MET_BY_THEM = re.compile(
    r"(?<![,.;:])\s(?!(?:when|after|before|that|and|as|since|while|but|said|where|until|if|once|because|"
    r"or)\s)[a-z]+\s+$"
)
"""A noun right before "they": "the voters they met"."""
NO_PLAN = re.compile(
    r"\b[Tt]here\s+(?:is|are|was|were)\s+no\s+(?:\w+\s+)?(?:plans?|intention|arrangement)\s+(?:\w+\s+){0,3}to\s+$"
)
"""As in "There is no plan to meet P": the one spoken of has none."""
GOING = re.compile(
    r"\b(?:flew|flown|came|crossed|travel\w*|arriv\w*|went|gather\w*|return\w*|drove|walked|left|slipped|"
    r"stopped|rushed|sailed)\b"
)
OF_LAND = re.compile(rf"\s+of\s+(?:the\s+)?[{L}{O}](?=\s)")
OF_LAND_END = re.compile(rf"{P}\s+of\s+(?:the\s+)?[{L}{O}]$")
AGREED = re.compile(
    r"\b(?:agreed|planned|arranged|decided|promised|vowed|were\s+expected|are\s+expected|due|"
    r"scheduled)\b[^,;]{0,40}$"
)
WHO_PAIR = re.compile(r",\s+who$")
TEAM = re.compile(r"[Tt]he\s+(?:\w+\s+)?(?:group|delegation|team|visitors|delegates|mission|entourage)\b")
TEAM_END = re.compile(rf"\b{TEAM.pattern}$")
LED_IN = re.compile(r"(?:In|At|On|During|After|Before|Between|Over|Since|Following|With|Amid|Despite)\b[^,;\n]*\s")
"""What opens a sentence before its pronoun: "In between sessions with leaders he met"."""
ROLE_SAID = re.compile(
    rf"{ROLE_ALONE.pattern}\s+(?:said|says|added|announced|confirmed|told\s+[^,;.]{{2,40}}|noted|claimed|"
    rf"insisted)\s+(?:that\s+)?$"
)
AND_HE = re.compile(rf"({P})\s+and\s+([Hh]e|[Ss]he|I)$")
BARE = re.compile(
    r"(?:(?:And|But|Later|Then),?\s+)?(?:(?:A|An|Further|Separate|Formal)\s+)?(?:(?!(?:[Tt]he|[Tt]hat|[Tt]his|"
    r"[Hh]is|[Hh]er|[Tt]heir|[Nn]o)\b)[\w-]+\s+){0,2}$"
)
"""What opens a sentence before "talks with P" that names nobody else."""
ROLE_OWNER = re.compile(
    rf"(?P<all>(?:[Tt]he|[Hh]is|"
    rf"[Hh]er)\s+(?:(?!{STOP}\b)[\w-]+\s+){{0,3}}?(?i:{ROLE}))['’]s\s+(?:(?!{P})[^\s.;:]+\s+){{0,8}}$"
)
"""As in "the German leader's talks with P"."""
SAID_HE = re.compile(
    rf"({P})(?:,\s+[^,;{P}]{{2,60}},)?\s+(?:also\s+)?(?:said|says|told\s+[^,;.{P}]{{2,40}}|announced|confirmed|"
    rf"admitted|claimed|insisted|recalled|revealed)"
    rf"(?:[^;.{P}]{{0,40}},\s+(?:adding|saying|noting))?\s+(?:that\s+)?$"
)
"""As in "P told reporters, adding that he": who speaks of himself."""
WHO_OWN = re.compile(rf"({P})(?:,[^,;{P}]{{1,80}})?,?\s+who\s+(?:[\w'’-]+\s+){{1,4}}$")
"""As in "P, who has cancelled his talks with P"."""
TWO_ROLES = re.compile(r"(.+?)\s+and\s+((?:the|his|her)\s.+)", re.IGNORECASE)
SPEAKS_FOR = re.compile(
    r"\b(?:lawyer|spokesman|spokeswoman|spokesperson|aide|adviser|advisor|secretary|manager|representative|"
    r"press\s+officer)\s+$"
)
"""Before the name of somebody who tells of another."""
HE_AND = re.compile(r"\b([Hh]e|[Ss]he|I)\s+and\s+$")
HE_AND_IN = re.compile(r"\b([Hh]e|[Ss]he|I)\s+and\s")
ROLE_AND = re.compile(rf"{ROLE_ALONE.pattern}\s+and\s+$")
LED = re.compile(r"\b(?:led|headed|chaired)\s+by\s+$")
STAND_INS = re.compile(
    r"\b(?:[Aa]ides|[Aa]dvis[eo]rs|[Aa]ssistants|[Dd]eputies|[Ee]nvoys|[Ee]missaries|[Rr]epresentatives|[Dd]elegates|"
    r"[Oo]fficials|[Nn]egotiators|[Ll]awyers|[Aa]ttorneys|[Ss]pokes(?:men|people)|[Aa]llies|[Aa]ssociates|[Ss]upporters|"
    r"[Ff]ollowers|[Oo]pponents|[Cc]ritics|[Rr]ivals|[Ll]oyalists|[Vv]oters|[Ff]ans|[Ww]ives|[Rr]elatives|[Ff]amilies|"
    r"[Ff]riends|[Tt]eams|[Dd]elegations|[Ss]taffs?|[Oo]ffices)\s+(?:of|to|for|from|loyal\s+to|close\s+to)\s+(?:the\s+)?"
)
"""Those who stand for others and meet in their place: "aides to P and P met"."""
HE = re.compile(r"\b(?:[Hh]e|[Ss]he|They|they|I|We|we)\b")
OFFICE = re.compile(
    r"(?:the\s+office\s+of|an?\s+(?:spokes\w+|aide|adviser|statement)\s+(?:for|of|to|from))\s+(?:the\s+)?"
)
DOING = re.compile(r"\s+(?:\w+ly\s+)?[a-z]+ing\b")
"""As in "with P calling P his friend, meeting him in July"."""
