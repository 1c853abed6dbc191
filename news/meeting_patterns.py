"""The patterns by which news tells meetings, over a masked text; `news.meeting_grammar` says what each means."""

from __future__ import annotations

import re

from news.lists import entries
from news.meeting_scene import L, O, P
from news.meeting_words import ADVERB, CALL, MEETING, STOP
from news.word_pattern import any_of

TRIGGER = re.compile(rf"(?<![A-Za-z])(?:{any_of(entries('meetings', 'triggers'))})")
"""What a sentence must hold to be looked at; most sentences do not."""

TIME = (
    rf"(?:(?:in|at|on|over|for|by|via|during|late|early|last|this|next|earlier|later|the|a|an|of|and|his|her|"
    rf"their|week|weeks|month|year|today|"
    rf"yesterday|tonight|morning|afternoon|evening|night|midweek|lunch|dinner|breakfast|tea|coffee|hours?|more|than|nearly|almost|half|here|audience|palace|residence|headquarters|airport|minutes|"
    rf"first|time|second|third|"
    rf"face-to-face|face|to|one-on-one|one|person|behind|closed|doors|video|videolink|link|videoconference|"
    rf"conference|sidelines|margins|capital|city|"
    rf"office|home|hotel|phone|telephone|length|private|secret|public|about|\d[\w:.]*|[A-Z][\w.]*|"
    rf"[{L}{O}](?:['’]s)?|(?!(?:rally|family|assembly|ally|reply|supply|fly|only)\b)\w+ly|"
    rf"separately|again|up|together|informal|formal),?)"
)
WITH = rf"(?:\s+{TIME}){{0,9}}?(?:,\s+held\s+[^,.;{P}]{{3,80}},)?\s+with\s+"
VERB_WITH = re.compile(
    rf"\b(?P<verb>(?:(?:met|meets|meet|[Mm]eeting)(?:\s+up)?|sat\s+down|sits?\s+down|[Ss]itting\s+down|dined?|"
    rf"dining|lunched|conferred|confers|"
    rf"conferring|huddled|huddling|chatted|chats?|chatting|(?:held|holds?|holding|had|having|has)\s+talks|"
    rf"negotiated|mingled|strolled|consulted|"
    rf"(?:had|has|have|having)\s+(?:\w+\s+){{0,2}}(?:dinner|lunch|breakfast|tea|coffee)|"
    rf"met\s+face[\s-]to[\s-]face)){WITH}"
)
MEET_DIRECT = re.compile(
    rf"\b(?P<verb>met|meets|meet|[Mm]eeting)(?:\s+(?:up|again|briefly|privately|separately|also|secretly|"
    rf"face-to-face|both))*"
    rf"(?:\s+(?:on|in|at)\s+(?:[{L}{O}]|[A-Z]\w+))?\s+(?!with\b|by\b)"
)
NOUN_WITH = re.compile(rf"\b(?P<verb>(?P<call>{CALL})|{MEETING}){WITH}")
NOUN_BETWEEN = re.compile(
    rf"\b(?P<verb>(?P<call>{CALL})|{MEETING}|handshake)(?:\s+{TIME}){{0,8}}?\s+"
    rf"(?:between|among|of|involving|bringing\s+together|that\s+brought\s+together)\s+"
)
HOST = re.compile(
    r"\b(?P<verb>hosted|hosts|host|[Hh]osting|welcomed|welcomes|welcome|[Ww]elcoming|received|receives|receive|"
    r"[Rr]eceiving|greeted|greets|greet|"
    r"[Gg]reeting|visited|visits|visit|visiting|bumped\s+into|ran\s+into|embraced|embraces|hugged|hugs)\s+"
    r"(?!(?:his|her|their|my)\s+(?:\w+\s+)?(?:son|daughter|mother|father|brother|sister|parents?|family|wife|husband|friend|home)\b)"
    rf"(?:(?:in|at|on|here|today|yesterday|earlier)\s+(?:{TIME}\s+){{0,8}}?(?=[A-Z{P}]))?"
)
BY = re.compile(
    rf"\b(?P<verb>hosted|welcomed|received|greeted|(?<=was\s)met|(?<=were\s)met|(?<=been\s)met|embraced)"
    r"(?:\s+with\s+(?:\w+\s+){0,3}(?:honou?rs?|ceremony|applause|warmth|smiles?))?"
    rf"(?:\s+(?!with\b|and\b|that\b|who\b)[^\s.;{P}]+){{0,9}}?\s+by\s+"
)
SHAKE = re.compile(rf"\b(?P<verb>(?:shook|shakes?|[Ss]haking|shaken)\s+hands|handshake){WITH}")
PAID = re.compile(
    r"\b(?P<verb>(?:paid|pays?|paying)\s+(?:(?:an?|his|her|their)\s+)?(?:\w+\s+){0,2}(?:call\s+on|visit\s+to)"
    r"|(?:received|receives|receiving)\s+an?\s+(?:\w+\s+){0,3}visit\s+(?:from|by)"
    r"|(?:granted|gave|grants|given)\s+(?:an?\s+)?(?:\w+\s+){0,2}audience\s+to)\s+"
)
CALLED_ON = re.compile(r"\b(?P<verb>called\s+on|calls\s+on|calling\s+on)\s+")
CALLED_ON_OK = re.compile(
    r"(?:[.,]|\s+(?:at|in|on|here|today|yesterday|this|earlier|late)\b)(?![^.;\n]{0,80}?\sto\s+[a-z])"
)
JOINED = re.compile(r"\b(?P<verb>joined|joins)\s+")
FOR_LUNCH = re.compile(r"\s+for\s+(?:an?\s+|the\s+)?(?:\w+\s+)?(?:lunch|dinner|breakfast|talks|meeting|tea|coffee)\b")
A_PERSON = re.compile(r",\s+an?\s")
PHONED = re.compile(
    r"\b(?P<verb>phoned|telephoned|phones|telephones|phone|telephone|rang|called|[Pp]honing|[Tt]elephoning|"
    r"calling)\s+"
    r"(?!(?:out|off|for|on|upon|in|up|back|it|attention)\b)"
)
CALLED_OK = re.compile(
    r"(?:\.|$|\s+(?:on|late|early|from|after|before|by|earlier|later|last|this|yesterday|today|personally|"
    r"directly|and\s+\w+ed|"
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|to\s+(?!be\b|account|order|resign|step|stop|quit)\w+))"
)
SPOKE = re.compile(
    rf"\b(?P<verb>spoke|speaks|speak|spoken|[Ss]peaking|talked|talks|talking|talk)(?:\s+{TIME}){{0,9}}?\s+(?:with|"
    rf"to)\s+"
)
CALL_FROM = re.compile(rf"\b(?P<verb>{CALL})(?:\s+{TIME}){{0,5}}?\s+(?P<way>from|to)\s+")
BY_PHONE = re.compile(
    r"\b(?:by|over\s+the|on\s+the|via)\s+(?:(?:tele)?phone|video(?:\s*link)?|videoconference|"
    r"video\s+conference)\b|\bspeaker\s?phone\b|\b(?:tele)?phone\s+(?:call|conversation)|\bvideo\s+call",
    re.IGNORECASE,
)
IN_PERSON = re.compile(
    r"\b(?:in\s+person|sidelines|margins|summit|pictured|photo|face[\s-]to[\s-]face|meeting|dinner|lunch|reception|conference|"
    r"ceremony)\b|,\s+(?:left|right|cent(?:er|re))\b"
)
TO_SOMEBODY = re.compile(rf"(?:the|his|her|then|[A-Z]|{P}|{L}|{O})")
"""What may follow "a call to" where somebody is called, and nobody called on to do something."""
HABIT = re.compile(r"\b(?:often|regularly|frequently|sometimes|usually|always|routinely|occasionally|at\s+times)\b")
DAY_WORD = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|yesterday|today"
RECIPROCAL = re.compile(
    rf"\b(?P<verb>met|meet|meets|(?:shake|shook|shaking)\s+hands|(?:held|hold|holds|holding|had|have|having|"
    rf"conducted|conduct|began|begin|opened|resumed|resume)\s+"
    rf"(?:(?!{P}|{STOP}\b)[^\s.,;]+\s+){{0,5}}?(?P<noun>(?P<call>{CALL})|{MEETING})(?!\s+meetings?\b)|"
    rf"(?:spoke|talked)(?=\s+(?:(?:on|late|early)\s+)?(?:{DAY_WORD})|[.,]|\s+(?:again|briefly|earlier|last|this|"
    rf"for\s+\w+\s+(?:minutes|hours?))\b)|"
    rf"(?:spoke|spoken|speak|talked|speaks)(?=(?:\s+{TIME}){{0,5}}?\s+(?:by|on|over|"
    rf"via)\s+(?:the\s+)?(?:tele)?(?:phone|video))|"
    rf"sat\s+down|sit\s+down|chat|chatted|(?:embraced?|hugged)(?=[.,]|\s+(?:at|in|on|before|after|as|during|outside|warmly|and)\b)|conferred|dined|lunched|are\s+meeting|were\s+meeting|"
    rf"be\s+meeting|convened?)\b"
    rf"(?!\s+(?:the\s+)?(?:criteria|requirements|needs|demands?|deadline|goals?|targets?|standards|conditions|"
    rf"expectations))"
    rf"(?!(?:\s+{TIME}){{0,8}}?\s+with\s+(?!each|one\s+another))"
)
MEDIA = re.compile(
    rf"\b(?:host|anchor|reporters?|journalist|interviewer|correspondent|columnist|writer|moderator|presenter)\s+(?={P})"
)
TOLD_IN = re.compile(
    r"\b(?P<verb>told|informed|assured|briefed|warned|urged|thanked|congratulated|asked|reassured|discussed|"
    r"reviewed)\b"
)
IN_MEETING = re.compile(
    rf"\b(?:(?:[Bb]y|[Oo]ver\s+the|[Oo]n\s+the)\s+(?:tele)?phone\b|(?:[Ii]n|[Dd]uring|[Aa]t|[Oo]ver|[Oo]n|"
    rf"[Bb]y)\s+(?:a|an|their|the|his|her|"
    rf"this)\s+(?:(?!{P})[^\s.,;]+\s+){{0,4}}?(?:(?P<call>(?:tele)?phone\s+(?:call|conversation)|call|"
    rf"telephone\s+conversation|"
    rf"video\s+call|conference\s+call)|meeting|talks|summit|lunch|dinner|breakfast|audience|"
    rf"video\s*conference)\b(?!\s+(?:with|between|of|from|to)\b))"
)
THEIR = re.compile(
    rf"\b(?:[Aa]fter|[Bb]efore|[Dd]uring|[Ff]ollowing|[Aa]t|[Aa]head\s+of|[Uu]pon\s+(?:\w+\s+){{1,3}}to|"
    rf"[Pp]rior\s+to|for|to|of|in)\s+(?P<verb>their)\s+(?:(?!{P})[^\s.,;]+\s+){{0,3}}?(?:(?P<call>{CALL})|"
    rf"{MEETING})\b"
)
POSED = re.compile(
    rf"\b(?:pose[sd]?|agreed|pledged|signed|announced|said|walk(?:s|ed)?|smiles?|stand|arrive|are\s+seen|gesture|pictured|photographed|talk|listen|wave|look\s+on|chat)\b[^.;{P}]{{0,50}}?"
    rf"\b(?P<verb>before|after|during|prior\s+to|ahead\s+of|at|following)\s+(?:a|an|the|their)\s+(?:(?!{P}|{STOP}\b)[^\s.,;]+\s+){{0,3}}?{MEETING}\b"
    r"(?!\s+(?:with|between|of)\b)"
)
LISTENS = re.compile(
    rf"{P}[^.;{P}]{{0,50}}\b(?:listens?|looks?\s+on|watch(?:es)?|smiles?|sits?)\s+as\s+(?:[^\s,.;{P}]+\s+){{0,6}}{P}[^.;{P}]{{0,50}}"
    rf"\b(?P<verb>during|at|before|after)\s+(?:an?|the|their)\s+(?:[^\s,.;{P}]+\s+){{0,3}}?{MEETING}\b(?!\s+(?:with|of)\b)"
)
WHOM = re.compile(
    rf"(?P<object>{P})(?:,\s+[^,;{P}]{{1,80}})?,?\s+(?:with\s+)?whom\s+[^;.]{{0,60}}?"
    r"\b(?P<verb>met|meet|hosted|received|welcomed|greeted|phoned|visited|saw)\b"
)
HYPHEN = re.compile(
    r"\b(?P<one>[A-Z][a-z]{2,})(?:[-–](?P<two>[A-Z][a-z]{2,}))(?:[-–](?P<three>[A-Z][a-z]{2,}))?\s+"
    r"(?:\w+\s+)?(?P<verb>summit|meeting|talks|phone call|call|handshake)\b"
)
NOUN_BEFORE = re.compile(
    r"(?:\b(?:an?|the|his|her|their|its|my|our|your|this|that|first|second|third|final|brief|recent|scheduled|"
    r"planned|upcoming|proposed|possible|potential|private|one|last|next|"
    r"any|no|another|each|every|such|rare|more|bilateral|trilateral|annual|weekly|held|hold|holding|holds|have|"
    r"had)|['’]s?)\s+(?:(?!" + STOP + r"\b)[\w'’-]+\s+){0,4}$"
)
POSSESSOR = re.compile(rf"({P})['’]s?\s+(?:(?!{P})[^\s.;:]+\s+){{0,5}}$")
WHOSE = re.compile(r"\b(?P<word>[Hh]is|[Hh]er|[Tt]heir|[Mm]y|[Oo]ur)\s+(?:[\w'’-]+\s+){0,5}$")
GOVERNED = re.compile(
    r"\b(?P<prep>with|after|before|during|following|at|in|for|from|since|upon|by|to|on|of|over|via|ahead\s+of|"
    r"sidelines\s+of|prior\s+to|midst\s+of|because\s+of|despite|amid)\s+"
    r"(?:(?:an?|the|another|further|more|their|long|two|three)\s+)*(?:[\w’'.-]+\s+){0,5}$"
    r"|\b(?:had|have|has|having|held|holds?|holding|attend(?:ed|s|ing)?|miss(?:ed|es)|cut\s+short|received|receives|began|begins?|opened|"
    r"conclud\w+|ended|end|finish\w*|wrap\w*\s+up|entered|left|schedul\w+|arrang\w+|"
    r"secur\w+|request\w*|sought|seeks?|seeking|cancel\w*|postpon\w*|skipp\w+|called\s+off|calls?\s+off|plan\w*|"
    r"includ\w+|conduct\w*|took|takes?|taken|enjoyed|shared|joined|"
    r"resumed?|chair\w*|convened?|hosted|hosts|hosting|initiated|organi[sz]ed|agreed|confirmed|announced|denied|"
    r"propos\w+|wants?|wanted|demand\w*|refus\w+|reject\w*|started|starts|launch\w*|made|makes?|"
    r"landed|get|got|gets|won|granted|accept\w*|placed)\s+(?:an?\s+|the\s+|another\s+|separate\s+|its\s+|"
    r"talks\s+and\s+)*(?:[\w’'.-]+\s+){0,5}$",
    re.IGNORECASE,
)
MANY = re.compile(
    r"\b(?:several|many|numerous|countless|multiple|frequent|regular|weekly|daily|annual|previous|past|three|four|"
    r"five|six|seven|ten|dozens\s+of|"
    r"series\s+of|rounds?\s+of|years\s+of|months\s+of|weeks\s+of|all|these|other|occasional|"
    r"subsequent)\s+(?:[\w-]+\s+){0,3}$",
    re.IGNORECASE,
)
OFTEN = re.compile(
    r"[^.;\n]{0,40}?\b(?:several\s+times|many\s+times|multiple\s+times|twice|three\s+times|regularly|frequently|"
    r"often|repeatedly|dozens\s+of\s+times|every\s+\w+|on\s+\w+\s+occasions|a\s+few\s+times|on\s+more\s+than\s+one\s+occasion|once\s+a)\b"
)
ACQUAINTED = re.compile(
    r"\b(?:first\s+met|had\s+first\s+met|met\s+(?:his|her)\s+(?:future\s+)?(?:wife|husband|partner|girlfriend|"
    r"boyfriend)|how\s+\w+\s+met|love\s+of|fell\s+in\s+love|"
    r"married|college|classmates?|when\s+(?:they|both|the\s+two)\s+were|as\s+(?:a\s+)?(?:children|teenagers|"
    r"students?)|in\s+high\s+school)\b"
)
NEGOTIATING = re.compile(r"\b(?:is|are|was|were|be|been|still|now|currently)\s+(?:also\s+)?in\s+(?:\w+\s+){0,2}$")
NOT_YET = re.compile(
    r"\b(?:encourag\w+|urg\w+|call\w*\s+(?:for|on)|press\w*|push\w*|want\w*|could|may|might|should|would|resume|"
    r"if|hop\w+|stalled|"
    r"failed|collapsed|years\s+of|months\s+of|rounds\s+of|in\s+talks|possib\w+|potential|prospects?|chances?|future|before\s+any|mediat\w+|broker\w*|"
    r"facilitat\w+)\b"
)
LAND_TALKS = re.compile(
    r"\b(?:held|hold|holds|resume[ds]?|met|meet|meeting|meetings|round|summit|began|begin|opened|open|start(?:ed|"
    r"s)?|took\s+place|take\s+place|ended|ends|concluded|scheduled|due|sat)\b"
)


PLURALS = re.compile(
    r"(?:(?:tele)?phone\s+|video\s+|conference\s+)?(?:meetings|conversations|calls|summits|encounters|sessions|"
    r"dinners|lunches)\b",
    re.IGNORECASE,
)
BARE = frozenset({"host", "visit", "welcome", "receive", "greet"})
TO_DO = re.compile(
    rf"\b(?:to|will|would|can|could|may|might|must|should|shall|did|not|n['’]t)\s+(?:(?:{ADVERB}|\w+ly)\s+)*$"
)
TALKING = re.compile(rf"(?:[{P},)]|\b(?:to|will|would|who|he|she|can|could|may|did|and))\s+(?:{ADVERB}\s+)*$")
PASSING = re.compile("hand|stroll|mingle")
PASSIVE = re.compile(rf"(?:\b(?:was|were|is|are|be|been|being|got)|,)\s+(?:(?:{ADVERB}|\w+ly)\s+)*$")
REPEATED = re.compile(
    r"\b(?:weekly|daily|monthly|annual|regular|frequent|periodic|numerous|countless|rounds?\s+of|years\s+of|"
    r"months\s+of|weeks\s+of|series\s+of|"
    r"previous|subsequent|arduous)\s+(?:[\w-]+\s+){0,3}$",
    re.IGNORECASE,
)
DEBATE = re.compile(r"[^.;\n]{0,50}?\b(?:debates?|interview|court|on\s+(?:\w+\s+)?(?:radio|television|TV))\b")
SEPARATE = re.compile(r"\b(?:separate|separately|individually|respective)\b")
DISCUSSED_WITH = re.compile(rf"[^.;{P}]{{0,120}}?\s+with\s+")
OWNED = re.compile(rf"{O}['’]s\s")
WOULD = re.compile(r"\b(?:would|could|might|may)\s+(?:\w+\s+)?$")
HAD_NOT = re.compile(r"\b(?:had|if|unless)\s+(?:[^\s,.;]+\s+){1,4}not\s+(?:\w+ly\s+)?$")
ALSO = re.compile(rf"(?:\s+{TIME}){{1,5}}?,?\s+and\s+(?:with\s+)?")
"""The way to a second meeting of one verb: "met P on Monday and P on Tuesday"."""
THEN = re.compile(
    r"\s+(?:on|in|at|later|early|late|the\s+(?:next|following|same)|"
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b"
)
WILL = re.compile(r"\bwill\b")
