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
    rf"their|week|weeks|month|year|day|all|today|one|two|three|four|five|six|seven|eight|nine|ten|half|several|some|"
    rf"yesterday|tonight|morning|afternoon|evening|night|midweek|lunch|dinner|breakfast|tea|coffee|hours?|more|"
    rf"than|nearly|almost|half|here|there|audience|palace|residence|headquarters|airport|minutes|"
    rf"first|time|second|third|"
    rf"face-to-face|face|to|one-on-one|one|person|behind|closed|doors|video|videolink|link|videoconference|"
    rf"conference|sidelines|margins|capital|city|"
    rf"office|home|hotel|phone|telephone|length|private|secret|public|about|\d[\w:.]*|[A-Z][\w.]*|"
    rf"[{L}{O}](?:['’]s)?|(?!(?:rally|family|assembly|ally|reply|supply|fly|only)\b)\w+ly|"
    rf"separately|again|up|together|informal|formal),?)"
)
HOSTED_MEAL_WORDS = "dinner|lunch|luncheon|breakfast|banquet|talks"
WITH = rf"(?:\s+{TIME}){{0,11}}?(?:,\s+held\s+[^,.;{P}]{{3,80}},)?\s+with\s+"
VERB_WITH = re.compile(
    rf"\b(?P<verb>(?:(?:met|meets|meet|[Mm]eeting)(?:\s+up)?|sat\s+down|"
    rf"sat(?=\s+with\s[^.;]{{1,90}}?\sfor\s+(?:\S+\s+){{0,3}}(?:hours?|minutes|talks)\b)|sits?\s+down|"
    rf"[Ss]itting\s+down|dined?|"
    rf"dining|lunched|conferred|confers?|"
    rf"conferring|huddled|huddling|chatted|chats?|chatting|(?:held|holds?|holding|had|having|has)\s+talks|"
    rf"(?:broke|break|breaking)\s+bread|breakfasted|(?:got|gets?|getting)\s+together|negotiated|mingled|"
    rf"strolled|walked(?=\s+(?:in|through|along|around|across)\s)|(?:took|takes?)\s+an?\s+(?:\w+\s+)?(?:walk|"
    rf"stroll)|consulted|"
    rf"exchanged\s+(?:greetings|pleasantries|views|a\s+few\s+words|an?\s+(?:\w+\s+)?(?:handshake|hug|embrace)|"
    rf"handshakes)|"
    rf"golfed|(?:played|plays|playing)\s+(?:a\s+round\s+of\s+)?golf|"
    rf"(?:sat|sits?)\s+down\s+to\s+(?:talk|eat|dinner|lunch|breakfast)|(?:got|gets?|was|were|is|are|"
    rf"been)\s+on\s+the\s+(?:tele)?phone|"
    r"(?:had|have|having)\s+an?\s+(?:[\w-]+\s+){0,4}(?:conversation|exchange|chat|word)|"
    rf"(?:had|has|have|having|shared|shares|sharing|took|takes)\s+(?:(?!\w+ed\b)\w+\s+){{0,2}}(?:dinner|lunch|"
    rf"breakfast|"
    rf"tea|coffee|drinks?|meal)|"
    rf"met\s+face[\s-]to[\s-]face)){WITH}"
)
MEET_DIRECT = re.compile(
    rf"\b(?P<verb>met|meets|meet|[Mm]eeting)(?:,\s+among\s+others,|\s+(?:up|again|briefly|privately|separately|"
    rf"also|secretly|"
    rf"face-to-face|both))*"
    rf"(?:\s+(?:on|in|at)\s+(?:[{L}{O}]|[A-Z]\w+))?\s+(?!with\b|by\b)"
)
NOUN_WITH = re.compile(
    rf"\b(?P<verb>(?P<call>{CALL})|{MEETING}|visit(?=\s+with\s)|(?<=for\s)(?:tea|coffee|drinks)|"
    rf"conversation(?=\s+(?:on|in|at|"
    rf"over)\s[^.;,]{{2,40}}\swith\s))"
    rf"(?:\s+of\s+(?:the\s+)?[a-z]+)?{WITH}"
)
HOSTED_MEAL = re.compile(rf"\b(?P<verb>{HOSTED_MEAL_WORDS})(?:\s+{TIME}){{0,8}}?,?\s+(?:hosted|given)\s+by\s+")
HOURS_WITH = re.compile(
    rf"\b(?:[Aa]fter|[Ss]pent|[Ss]pending|[Dd]uring)\s+(?:(?:an?|the|nearly|almost|about|more|than|over|roughly|"
    rf"some|half|\w+-\w+|\w+)\s+){{0,4}}?"
    rf"(?P<verb>hours?|minutes|weekend|evening|afternoon|morning)(?:\s+{TIME}){{0,8}}?\s+with\s+"
)
"""As in "after an hour in the Oval Office with P"."""
NOUN_HAD = re.compile(
    rf"\b(?:(?P<call>{CALL})|{MEETING}|conversation)\s+(?:that\s+|which\s+)?(?:he|she|they|(?:(?:[A-Z][\w.]*|"
    rf"the)\s+){{0,3}}{P})\s+(?:\w+ly\s+)?"
    rf"(?P<verb>had|held|has\s+had){WITH}"
)
"""As in "a meeting he had last week with P"."""
NOUN_BETWEEN = re.compile(
    rf"\b(?P<verb>(?P<call>{CALL})|{MEETING}|handshake)(?:\s+(?:resumed?|began|begin|opened?|ended|continued?|"
    rf"concluded|took\s+place|take\s+place|(?:were|was|are|is)\s+held)|,\s+(?:the|their)(?:\s+\w+){{1,3}}?)?"
    rf"(?:\s+{TIME}){{0,8}}?\s+(?:between|among|of|involving|bringing\s+together|that\s+brought\s+together)\s+"
)
TOOK_PLACE = re.compile(rf"[^.;{P}]{{0,80}}?\s(?:took\s+place|was\s+held|were\s+held)\b")
"""As in "talks between P and P, the first since May, took place in L"."""
BROUGHT = re.compile(
    rf"\b(?:{MEETING}|(?P<call>{CALL})|session)\b[^.;{P}]{{0,60}}?\s(?P<verb>brought|brings|bringing)\s+together\s+"
)
HOST = re.compile(
    r"\b(?=\w)(?P<verb>hosted|hosts|host|[Hh]osting|welcomed|welcomes|welcome|[Ww]elcoming|received|receives|receive|"
    r"[Rr]eceiving|greeted|greets|greet|"
    r"[Gg]reeting|visited|visits|visit|visiting|bumped\s+into|ran\s+into|run\s+into|convened|(?:dropped|"
    r"looked)\s+in\s+on|embraced|"
    r"embraces|hugged|hugs)\s+"
    r"(?<!has\sembraced\s)(?<!have\sembraced\s)(?<!also\sembraced\s)(?<!fully\sembraced\s)"
    r"(?!(?:the|an?|his|her|their)\s+(?:\w+\s+)?(?:endorsements?|support|backing|letters?|messages?|prize|award|"
    r"medal|blessing|approval|advice|"
    r"resignation|report|news|requests?|invitation|vote|votes|nomination|decision|move|announcement|offer|gift)\b)"
    r"(?!(?:his|her|their|my)\s+(?:\w+\s+)?(?:son|daughter|mother|father|brother|sister|parents?|family|wife|"
    r"husband|friend|home)\b)"
    rf"(?:(?:the\s+)?(?:credentials|letters?\s+of\s+credence)\s+of\s+|in\s+turn\s+|separately\s+)?(?:(?:in|at|"
    rf"on|here|today|yesterday|earlier)\s+(?:{TIME}\s+){{0,10}}(?=[A-Z{P}]|an?\s|the\s))?"
)
BY = re.compile(
    rf"\b(?P<verb>hosted|welcomed|received|greeted|visited|(?<=was\s)met|(?<=were\s)met|(?<=been\s)met|embraced|"
    rf"(?:granted|given)\s+an?\s+(?:\w+\s+)?audience)"
    r"(?:\s+with\s+(?:\w+\s+){0,3}(?:honou?rs?|ceremony|applause|warmth|smiles?))?"
    rf"(?:\s+(?!with\b|and\b|that\b|who\b)[^\s.;{P}]+){{0,9}}?\s+by\s+"
)
INCLUDING = re.compile(
    r"\b(?:meetings|talks|calls|conversations)(?:\s+(?:in|on|at)\s+[^,.;]{1,30})?,?\s+including\s+(?:one\s+|"
    r"an?\s+[a-z]+\s+)?(?P<verb>with)\s+"
)
POSES = re.compile(
    rf"\b(?P<verb>poses?|posed|posing|stands?|stood|walks?|walked|pictured|photographed|"
    rf"seen|standing)\s+(?:[a-z]+\s+){{0,4}}?(?:with|next\s+to|beside|alongside)\s+"
    rf"(?=[^.;]{{0,90}}?\b(?:before|after|during|ahead\s+of|prior\s+to|following|at)\s+(?:an?\s+|the\s+|"
    rf"their\s+)?(?:[\w-]+\s+){{0,3}}?{MEETING}\b)"
)
"""As in a caption: "P poses with P ahead of talks in L"."""
AMONG = re.compile(
    rf"\b[Aa]mong\s+those\s+(?:(?:whom?|that)\s+)?(?:he|she|{P})\s+(?P<verb>met|"
    rf"saw)\b[^.;{P}]{{0,40}}?\s(?:was|were)\s+"
)
"""As in "Among those he met were P and P"."""
ACROSS = re.compile(
    r"\b(?P<verb>(?:sat|sits?|sitting|seated)\s+(?:down\s+)?(?:across\s+(?:the\s+table\s+)?from|opposite|"
    r"face[\s-]to[\s-]face\s+with))\s+"
)
SHAKE = re.compile(rf"\b(?P<verb>(?:shook|shakes?|[Ss]haking|shaken)\s+hands|handshake){WITH}")
PAID = re.compile(
    r"\b(?P<verb>(?:paid|pays?|paying)\s+(?:(?:an?|his|her|their)\s+)?(?:\w+\s+){0,2}(?:call\s+on|visit\s+to)"
    r"|(?:received|receives|receiving|got|had)\s+an?\s+(?:\w+\s+){0,3}visit\s+(?:from|by)"
    r"|(?:hosted|held|gave|threw|hosts|hosting)\s+(?:an?\s+)?(?:[\w-]+\s+){0,3}(?:dinner|lunch|luncheon|banquet|"
    r"breakfast|reception)\s+(?:for|in\s+honou?r\s+of)"
    r"|(?:was|were)\s+(?:the\s+|an?\s+)?guests?\s+of"
    r"|(?:granted|gave|grants|given)\s+(?:an?\s+)?(?:\w+\s+){0,2}audience\s+(?:on\s+\w+day\s+|yesterday\s+|"
    r"today\s+)?to)\s+"
)
DISCUSSED = re.compile(rf"\b(?P<verb>discussed|reviewed)\s+[^.;{P}]{{2,80}}?\s+with\s+")
LEADING = re.compile(r"\s+[a-z]+ing\b")
CALLED_ON = re.compile(
    r"\b(?=c)(?P<verb>called\s+on|calls\s+on|calling\s+on|(?<=will\s)call\s+on|(?<=would\s)call\s+on|"
    r"(?<=could\s)call\s+on|(?<=may\s)call\s+on|(?<=to\s)call\s+on)\s+"
)
CALLED_ON_OK = re.compile(
    r"(?:[.,]|\s+(?:at|in|on|here|today|yesterday|this|earlier|late|during)\b)(?![^.;\n]{0,80}?\sto\s+[a-z])"
)
JOINED = re.compile(r"\b(?P<verb>joined|joins)\s+")
FOR_LUNCH = re.compile(
    r"(?:\s+(?:in|at|on)\s+[^.;,]{1,40}?)?\s+for\s+(?:an?\s+|the\s+)?(?:\w+\s+)?(?:lunch|"
    r"dinner|breakfast|talks|meeting|tea|coffee)\b"
)
INVITED = re.compile(r"\b(?P<verb>invited|invites|inviting|invite)\s+")
FOR_TALKS = re.compile(
    rf"[^.;{P}]{{0,60}}?\s(?:for|to)\s+(?:an?\s+|the\s+|his\s+|her\s+)?(?:[\w-]+\s+){{0,2}}?(?:{MEETING}|"
    rf"a\s+visit|official\s+visit|state\s+visit|meet\s+(?:him|her))\b"
    rf"|,?\s+to\s+(?:the\s+)?{L}(?=[.,;]|$|\s+(?:on|in|for|next|this|later|soon)\b)"
)
SEE = re.compile(
    r"\b(?=s)(?P<verb>saw|(?<=before\s)seeing|(?<=after\s)seeing|(?<=to\s)see|(?<=will\s)see|(?<=not\s)see|"
    r"(?<=would\s)see|sees)\s+(?=[A-Z\ue000-\ue002]|"
    r"his\s|her\s|"
    r"its\s|the\s)"
)
AT_WORK = re.compile(
    r"\s+(?:speak|perform|play|preach|sing|sworn|win|lose|run|give|deliver|take|make|become|as|"
    r"on\s+(?:TV|television)|again\s+as)\b"
)
"""As in "went to see P speak": no meeting."""
USHERED = re.compile(
    r"\b(?:ushered|shown|driven|taken|brought|flew|drove|went|came|travel(?:l)?ed|arrived|called|stopped|"
    r"returned)\s+(?:[^\s,;.]+\s+){0,5}to\s+$"
)
"""Ways to whoever is seen: "was ushered in to see P"."""
PAID_A = re.compile(r"\b(?P<verb>paid|pays|paying)\s+(?=[A-Z\ue000-\ue002]|him\s|her\s|them\s|the\s)")
A_VISIT = re.compile(r"\s+an?\s+(?:[\w-]+\s+){0,2}(?:visit|call)\b")
"""As in "paid P a visit"."""
SEEN = re.compile(
    rf",?\s+(?:(?:in|at)\s+(?:the\s+)?(?:[{L}{O}]|(?:[a-z]+\s+)?(?:ministry|palace|residence|embassy|hotel|"
    rf"garden|office|airport|headquarters|villa|house|club|restaurant|home))|on\s+(?:\w+day\b|"
    rf"the\s+(?:sidelines|margins))|(?:after|before|during)\s+|for\s+(?:talks|lunch|dinner|"
    rf"(?:[\w-]+\s+){{1,3}}(?:minutes|hours?))|on\s+{L}|separately\b|"
    rf"one\s+after\s+the\s+other\b|in\s+turn\b|individually\b|after\s+all\b|"
    rf"over\s+(?:\w+\s+){{0,2}}(?:tea|lunch|dinner|coffee|breakfast|drinks)\b|that\s+(?:day|afternoon|morning|"
    rf"evening|night)|last\s+|next\s+|this\s+\w|yesterday|tomorrow)"
)
"""What follows "saw P" where it means a meeting: a place or a day."""
A_PERSON = re.compile(r",\s+an?\s+(?!(?:[a-z]+\s+){1,3}said\b)")
PHONED = re.compile(
    r"\b(?P<verb>phoned|telephoned|phones|telephones|phone|telephone|rang|called|dial(?:l)?ed|[Pp]honing|"
    r"[Tt]elephoning|"
    r"calling)\s+"
    r"(?!(?:out|off|for|on|upon|in|up|back|it|attention)\b)"
)
CALLED_OK = re.compile(
    r"(?:\.|$|,?\s+(?:on|late|early|from|after|before|by|earlier|later|last|this|yesterday|today|personally|"
    r"directly|and\s+\w+ed|"
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|to\s+(?:discuss|congratulate|concede|offer|express|thank|say|"
    r"ask|tell|inform|apologi[sz]e|talk|"
    r"convey|seek|brief|warn|complain|urge|reassure|share|wish|invite|demand|report|explain|extend|offer|pass|"
    r"request|coordinate|review)\b))"
)
CALLED_TO = re.compile(
    r"\b(?P<verb>called|phoned|telephoned|rang)\s+to\s+(?:congratulate|thank|console|wish|assure|reassure|warn|"
    r"invite|brief|inform)\s+"
)
"""As in "called to congratulate P"."""
NAMED_SO = re.compile(
    r"\b(?:an?|the|his|her|its|"
    r"their)\s+(?:[a-z-]+\s+){0,3}(?<!\bhe\s)(?<!\bshe\s)(?<!president\s)(?<!leader\s)(?<!minister\s)$"
)
"""As in "a program called P"."""
SPOKE = re.compile(
    rf"\b(?P<verb>listens?|spoke|speaks|speak|spoken|[Ss]peaking|talked|talks|talking|"
    rf"talk)(?:\s+{TIME}){{0,9}}?\s+(?:with|"
    rf"to)\s+"
)
CALL_FROM = re.compile(rf"\b(?P<verb>{CALL})(?:\s+{TIME}){{0,5}}?\s+(?P<way>from|to)\s+")
BY_VIDEO = re.compile(r"\b(?:by|via|over)\s+(?:a\s+)?video(?:\s*link|\s*conference)?\b(?!\s+call)", re.IGNORECASE)
BY_PHONE = re.compile(
    r"\b(?:by|over\s+the|on\s+the|via)\s+(?:tele)?phone\b|\bspeaker\s?phone\b|\b(?:tele)?phone\s+(?:call|"
    r"conversation)"
    r"|\bvideo\s+call",
    re.IGNORECASE,
)
VISITING = re.compile(
    r"\b(?:visited|toured|attended|stopped|walked|dropped|inspected|greeted|joined|"
    r"mingled)\b[^.;]{0,120}?\b(?:and|where\s+(?:he|she))\s+(?:\w+ly\s+|later\s+)?$"
)
"""As in "visited a clinic and spoke with P": not by telephone."""
WILL_SPEAK = re.compile(
    r"\b(?:will|would|may|might|could|(?:expected|due|scheduled|set|plans?|planned|hopes|"
    r"agreed)\s+to)\s+(?:also\s+|soon\s+|then\s+)?$"
)
DURING = re.compile(rf"\bduring\s+(?:an?|their|the)\s+(?:[^\s,.;]+\s+){{0,3}}?{MEETING}\b")
IN_PERSON = re.compile(
    r"\b(?:in\s+person|sidelines|margins|summit|pictured|photo|face[\s-]to[\s-]face|meeting|dinner|lunch|"
    r"reception|conference|"
    r"ceremony)\b|,\s+(?:left|right|cent(?:er|re))\b"
)
AT_ONE_PLACE = re.compile(
    r"[^.,;]{0,40}?\b(?:(?:by|via|over)\s+(?:a\s+)?video(?!\s+call)|at\s+the\s+(?!weekend|time|start|end)|"
    r"in\s+an?\s+[a-z]+\b|"
    r"in\s+the\s+(?!morning|afternoon|evening|past|wake|hope|coming|last|early)[a-z]+\b|alone\b|privately\b|"
    r"in\s+person\b)"
)
"""As in "spoke for half an hour at the ministry": not by telephone."""
TO_SOMEBODY = re.compile(rf"(?:the|his|her|then|[A-Z]|{P}|{L}|{O})")
"""What may follow "a call to" where somebody is called, and nobody called on to do something."""
DAY_WORD = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|yesterday|today"
RECIPROCAL = re.compile(
    rf"\b(?=[a-z])(?P<verb>met|meet|meets|(?:shake|shook|shaking)\s+hands|(?:held|hold|holds|holding|had|have|having|"
    rf"conducted|conduct|began|begin|opened|resumed|resume|ended|end|concluded|completed|finished|wrapped\s+up|"
    rf"kicked\s+off|kick\s+off|launched|started|exchanged)\s+(?:(?:more|less)\s+than\s+)?"
    rf"(?:(?!{P}|{STOP}\b)[^\s.,;]+\s+){{0,5}}?(?P<noun>(?P<call>{CALL})|{MEETING}|conversation)(?!\s+meetings?\b)|"
    rf"(?:spoke|talked)(?=\s+(?:(?:on|late|early)\s+)?(?:{DAY_WORD})|[.,]|\s+(?:again|alone|briefly|privately|"
    rf"earlier|last|this|"
    rf"for\s+(?:[\w-]+\s+){{1,4}}(?:minutes|hours?))\b)|"
    rf"(?:got|get|gets|getting)\s+together|(?:broke|break|breaking)\s+bread|(?:breakfasted|supped)|"
    rf"(?:spoke|spoken|speak|talk|talked|speaks)(?=(?:\s+{TIME}){{0,5}}?\s+(?:by|on|over|"
    rf"via)\s+(?:the\s+)?(?:tele)?(?:phone|video))|"
    rf"sat(?=\s+(?:together\s+)?for\s+(?:[\w-]+\s+){{1,4}}(?:minutes|hours?)\b)|sat\s+down|sit\s+down|"
    rf"sitting\s+down(?=\s+for\s)|chat|chatted|(?:embraced?|hugged)(?=[.,]|\s+(?:at|in|on|before|after|as|"
    rf"during|outside|warmly|and)\b)|conferred|dined|lunched|golfed|huddled(?=\s+(?:in|at|on|for|briefly|again|"
    rf"privately|behind)\b)|"
    rf"(?:had|have|shared)\s+(?:\w+\s+)?(?:drinks|coffee|tea)|"
    rf"(?:played|play)\s+(?:a\s+round\s+of\s+)?golf|(?:were|are|was|been)\s+locked\s+in\s+(?:\w+\s+){{0,2}}?talks|"
    rf"(?:came|come|comes)\s+together(?=[^.;{P}]{{0,50}}?\s(?:for|at)\s+(?:[\w-]+\s+){{0,3}}?{MEETING}\b)|"
    rf"discuss(?:es|ed)?(?=\s[^.;{P}]{{1,60}}?\s(?:in|at|during|over)\s+(?:[^\s,.;{P}]+\s+){{0,3}}?{MEETING}\b)|"
    rf"(?<=[,{P}]\s)meeting(?=\s+(?:in|at|on|here|for|face)\b)|are\s+meeting|were\s+meeting|"
    rf"be\s+meeting|convened?|(?:was|were|are|been)\s+brought\s+together|"
    rf"see\s+each\s+other|saw\s+each\s+other|gather(?:ed|s)?(?=\s+(?:in|at|on)\s)|exchanged\s+(?:views|"
    rf"greetings|pleasantries)|"
    rf"(?:postponed|cancell?ed|called\s+off|scrapped)\s+(?:an?|their|the)\s+(?:[a-z-]+\s+){{0,3}}?(?:meeting|"
    rf"talks|summit)|"
    rf"(?:agreed|discussed)(?=\s+(?:by|on|over)\s+(?:the\s+)?(?:tele)?phone\b))\b"
    rf"(?!\s+(?:the\s+)?(?:criteria|requirements|needs|demands?|deadline|goals?|targets?|standards|conditions|"
    rf"expectations))"
    rf"(?!(?:\s+{TIME}){{0,8}}?(?<!,)\s+with\s+"
    r"(?!each|one\s+another|an?\s+(?:agreement|deal|handshake|pledge|promise|accord|call)\b|what\b|no\s|little\s|"
    r"the\s+(?:aim|goal|help)\b))"
)
A_THING = re.compile(
    r"\s+(?:the|his|her|a|an|this|that|their|all|every)\b"
    r"(?!\s+(?:week|month|year|morning|afternoon|evening|weekend|summer|spring|autumn|fall|winter|same|next|"
    r"following|previous|day|night|\w+day)\b)"
)
"""As in "met the challenge"; "met this week" tells a time."""
MEDIA = re.compile(
    rf"\b(?:host|anchor|reporters?|journalist|interviewer|correspondent|columnist|writer|moderator|"
    rf"presenter)\s+(?={P})"
)
HELD = re.compile(
    r"\b(?:held|holds?|had|have|began|opened|conducted|concluded|resumed)\s+(?:an?\s+|the\s+|"
    r"their\s+)?(?:[\w’'-]+\s+){0,4}$"
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
    r"\b(?=[a-z])(?P<prep>with|where|after|before|during|following|at|in|for|from|since|upon|by|to|into|on|off|of|over|via|"
    r"ahead\s+of|"
    r"sidelines\s+of|prior\s+to|midst\s+of|because\s+of|despite|amid)\s+"
    r"(?:(?:an?|the|another|further|more|their|long|two|three)\s+)*(?:[\"“]?[\w’'.-]+[\"”]?\s+){0,5}$"
    r"|\b(?=[a-z])(?:had|have|has|having|held|holds?|holding|attend(?:ed|s|ing)?|miss(?:ed|es)|cut\s+short|received|"
    r"receives|began|begins?|opened|"
    r"conclud\w+|ended|end|finish\w*|wrap\w*\s+up|entered|left|schedul\w+|arrang\w+|"
    r"secur\w+|request\w*|sought|seeks?|seeking|cancel\w*|postpon\w*|skipp\w+|called\s+off|calls?\s+off|plan\w*|"
    r"includ\w+|conduct\w*|took|takes?|taken|enjoyed|shared|joined|"
    r"resumed?|chair\w*|convened?|hosted|hosts|hosting|initiated|organi[sz]ed|agreed|confirmed|announced|denied|"
    r"propos\w+|wants?|wanted|demand\w*|refus\w+|reject\w*|started|starts|launch\w*|made|makes?|"
    r"landed|get|got|gets|won|granted|permitted|allowed|accept\w*|placed|turned\s+down|rebuff\w*|declin\w+|"
    r"spurn\w+|rul\w+\s+out|recall\w*|remember\w*|"
    r"brokered|lost|welcomed)\s+(?:an?\s+|the\s+|another\s+|"
    r"separate\s+|its\s+|"
    r"talks\s+and\s+)*(?:[\"“]?[\w’'.-]+[\"”]?\s+){0,5}$",
    re.IGNORECASE,
)
NEGOTIATING = re.compile(r"\b(?:is|are|was|were|be|been|still|now|currently)\s+(?:also\s+)?in\s+(?:\w+\s+){0,2}$")
NOT_YET = re.compile(
    r"\b(?:encourag\w+|urg\w+|call\w*\s+(?:for|on)|press\w*|push\w*|want\w*|could|may|might|should|would|"
    r"resume(?=\s+(?:\w+\s+)?(?:talks|negotiations|dialogue))|"
    r"if|hop\w+|stalled|"
    r"failed\s+(?:talks|rounds?|attempts?|bids?)|collapsed|years\s+of|months\s+of|rounds\s+of|in\s+talks|"
    r"possib\w+|potential|prospects?|chances?|future|before\s+any|mediat(?:e|es|ing|or|ors)|broker\w*|"
    r"facilitat\w+)\b"
)
SITTING = re.compile(
    rf"\s+(?:for\s+(?:[\w-]+\s+){{1,3}}(?:hours?|minutes)\b|(?:at|in)\s+(?:the\s+)?(?:{L}|palace\b|ministry\b|"
    r"residence\b)|on\s+\w+day\b)"
)
"""What shows that "in talks with P" was a sitting: how long, where, or on which day."""
FOR_GUESTS = re.compile(r"\s+(?:for|in\s+honou?r\s+of)\s+")
LAND_TALKS = re.compile(
    r"\b(?:held|hold|holds|resume[ds]?|met|meet|meeting|meetings|round|summit|began|begin|opened|open|start(?:ed|"
    r"s)?|took\s+place|take\s+place|ended|ends|concluded|scheduled|due|sat)\b"
)


BARE = frozenset({"host", "visit", "welcome", "receive", "greet"})
TO_DO = re.compile(
    rf"\b(?:to|will|would|can|could|may|might|must|should|shall|did|not|n['’]t)\s+(?:(?:{ADVERB}|\w+ly)\s+)*$"
)
TALKING = re.compile(rf"(?:[{P},)]|\b(?:to|will|would|who|he|she|can|could|may|did|and))\s+(?:{ADVERB}\s+)*$")
PASSING = re.compile("hand|stroll|mingle")
PASSIVE = re.compile(rf"(?:\b(?:was|were|is|are|be|been|being|got)|,)\s+(?:(?:{ADVERB}|\w+ly)\s+)*$")
WOULD = re.compile(r"\b(?:would|could|might|may)\s+(?:\w+\s+)?$")
ALSO = re.compile(
    rf"(?:\s+[^\s,;.{P}]+){{0,8}}?,?\s+(?:and\s+)?(?P<next>then|later)\s+with\s+|"
    rf"(?:\s+{TIME}){{1,5}}?,?\s+and\s+(?:with\s+)?"
    rf"|(?:\s+{TIME}){{0,5}}?,?\s+and,?\s+(?:(?:{TIME})\s+){{1,4}}?(?P<then>with\s+|(?<=,\s)(?=[A-Z{P}]|the\s))"
)
"""The way to a second meeting of one verb: "met P on Monday and P on Tuesday"."""
THEN = re.compile(
    r"\s+(?:on|in|at|later|early|late|(?:[\w-]+\s+){1,2}(?:later|earlier|before|afterwards)|the\s+(?:next|"
    r"following|same)|"
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b"
)
