"""Whether a meeting was held: from the form of its verb and the words around it."""

from __future__ import annotations

import re
from typing import Literal

from news.meeting_words import STOP

Status = Literal["held", "ongoing", "planned", "cancelled", "denied", "possible"]

_CANCELLED = re.compile(
    r"\b(?=[acps])(?:cancel\w*|call(?:ed|s|ing)?\s+off|postpon\w+|scrap(?:ped|s)|scuttled|pull(?:ed|s)?\s+out\s+of|"
    r"put\s+off|axed|aborted|"
    r"shelved|skipp(?:ed|ing)|snubbed)\b",
    re.IGNORECASE,
)
_CANCELLED_AFTER = re.compile(
    r"^[^.;\n]{0,120}?\b(?:(?:was|were|has\s+been|had\s+been|have\s+been|been|is|are)\s+(?:\w+ly\s+)?"
    r"(?:cancel\w+|called\s+off|postponed|scrapped|put\s+off|shelved|scuttled)|did\s+not\s+take\s+place|"
    r"fell\s+through|never\s+took\s+place)\b"
)
_HELD = re.compile(r"\b(?:took\s+place|was\s+held|were\s+held)$")
_HELD_AFTER = re.compile(r"[^.,;\n]{0,40}?\s(?:(?:had|has|have)\s+taken\s+place|took\s+place)\b")
_NO_DATE = re.compile(r"\b[Nn]o\s+(?:date|time|venue|decision)\b")
_SET_AFTER = re.compile(
    r"(?:,\s+(?:which\s+(?:is|was)\s+)?|\s+(?:that\s+|which\s+)?(?:is|was|are|were|has\s+been)\s+)?\s*"
    r"(?:scheduled|planned|set|due|expected|slated)\s+(?:for|to\s+(?:take|be|begin|start)|on|in|next|later)\b"
    r"|[^.,;\n]{0,20}?\s(?:opens|begins|starts|gets\s+under\s*way|kicks\s+off)\s+(?:at|on|later|in|next|"
    r"tomorrow|today)\b"
    r"|[^.,;\n]{0,60}?\s(?:will|is\s+to|(?P<may>could|may|might))\s+(?:\w+\s+)?(?:take\s+place|be\s+held|happen)\b"
)
_MAY_BE = re.compile(
    r"\s*[\"“]?(?:is|was|are|were|remains?)\s+(?:not\s+(?:excluded|ruled\s+out|yet\s+\w+ed)|"
    r"(?:still\s+)?(?:possible|likely|unlikely)|"
    r"being\s+(?:considered|discussed|arranged|prepared|explored|weighed)|under\s+discussion|in\s+the\s+works)\b"
)
_DENIED = re.compile(
    r"\b(?=[a-z])(?:not|never|refus\w+|declin\w+|den(?:y|ies|ied|ying)|without|rul(?:ed|es|ing)\s+out|reject\w*|"
    r"no\s+plans?|yet\s+to|"
    r"failed\s+to|unable\s+to|avoid\w*|boycott\w*|miss(?:ed|es)|turn(?:ed|s|ing)\s+down|neither|nor|"
    r"no\s+(?:\w+\s+)?(?:meetings?|talks|contact))\b|"
    r"n['’]t\b",
    re.IGNORECASE,
)
_NOT_DENIED = re.compile(
    r"\b(?:not\s+only|not\s+(?:\w+\s+)?before|not\s+until\s+after|whether\s+or\s+not|"
    r"not\s+(?:\w+\s+)?(?:clear|known|certain|sure))\b"
)
_IF = re.compile(r"\bif\s+(?:[\w\ue000-\ue002'’]+\s+){0,3}$")
_UNTIL = re.compile(r"\b(?:until|till|unless|once)\s+(?:[\w\ue000-\ue002'’]+\s+){1,5}$")
"""Before a verb in the present: "until he and P get together"."""
_TO = re.compile(r"\bto\s+(?:\w+ly\s+|also\s+)?$")
_AHEAD = re.compile(r"\b(?:ahead|before|prior|upcoming|planned|scheduled|due|will)\b")
_POSSIBLE = re.compile(
    r"\b(?=[a-z])(?:could|may|might|if|whether|unless|possibl[ey]|potential(?:ly)?|propos\w+|hop(?:es?|ed|ing)|offer\w*|"
    r"ready|want(?:s|ed)?|willing(?:ness)?|"
    r"invit\w+|consider\w*|talk\s+of|speculat\w+|suggest\w*|would\s+(?:like|love|be\s+(?:willing|happy|ready|open|"
    r"honou?red))|should|must|"
    r"urg(?:ed?|es|ing)|call(?:s|ed|ing)\s+(?:for|on)|ask(?:s|ed|ing)?\s+(?:for|to)|request\w*|seek(?:s|ing)?|"
    r"sought|eager|open\s+to|chance|opportunity|keen|"
    r"wish\w*|demand\w*|try(?:ing)?|tried|likely|appeal\w*|prospects?|needs?\s+to|push(?:ed|ing)?\s+for|aim(?:s|"
    r"ed|ing)?|"
    r"allow(?:ed|s)?|able|unlikely|arrang(?:e|ing))\b",
    re.IGNORECASE,
)
_PLANNED = re.compile(
    r"\b(?:will|['’]ll|shall|would|plan(?:s|ned|ning)?|scheduled?|due|expect(?:s|ed)|(?:is|are|was|"
    r"were)\s+(?:\w+ly\s+)?(?:set|to)|set\s+to|slated|"
    r"upcoming|ahead\s+of|before(?!\s+(?:he|she|it|they|we|I|you)\b)|prior\s+to|next|agree[ds]?|"
    r"heads|heading|head|(?:is|are|was|were)\s+headed|later\s+(?:today|this)|prepar\w+|intend\w*|forthcoming|"
    r"coming|going\s+to|poised|"
    r"looks?\s+forward|announce[ds]?|vow(?:s|ed)|"
    r"promis(?:es|ed)|set\s+up|tentative\w*|confirm\w*|awaits?|on\s+the\s+eve\s+of|en\s+route|on\s+(?:his|her|"
    r"their)\s+way)\b",
    re.IGNORECASE,
)
_MOVED = re.compile(
    r"\b(?:crossed|gathered|set\s+foot|interrupted|cut\s+short|broke\s+off|headed|ushered|shown|taken|driven|"
    r"brought|flew|"
    r"travel(?:l)?ed|went|came|visited|"
    r"arrived|returned|rushed|drove|stopped|was\s+(?:back\s+)?in|"
    r"were\s+in|made\s+(?:a|an|the)\s+[\w\s-]*?(?:trip|visit)|"
    r"took\s+time|used|got|had\s+(?:a\s+)?chance|journeyed|sat|walked|managed|continued|began|started|able)\b"
)
_AFTER = re.compile(r"\b(?:after|following|during|since|from|at|in|upon|over)\s+(?:[\w'’-]+\s+){0,6}$", re.IGNORECASE)
_AFTERWARDS = re.compile(r"\b(?:[Aa]fter|[Ff]ollowing|[Uu]pon|[Ss]ince)\s+(?:\w+ly\s+|also\s+)?$")
_ON_THE_WAY = re.compile(
    r"\b(?:[a-z]+ed|went|flew|spoke|met|held|took|came|left|made|had|gave|was|were)\b(?:(?!\b(?:will|would|"
    r"to)\b)[^;])*"
    r"\bbefore\s+(?:\w+ly\s+)?$"
)
"""As in "walked together on Monday before holding talks"."""
_JUST_AFTER = re.compile(
    rf"\b(?:after|following|during|since)\s+(?:(?!{STOP}\b)[\w'’\ue000-\ue002-]+\s+){{0,5}}$", re.IGNORECASE
)
_TO_BE = re.compile(r"\bbe\s+(?:\w+ly\s+|also\s+)?$")
"""As in "will be received by P": what follows is no past."""
_DID_DECIDE = re.compile(
    r"\b(?:defend|regret|criti|explain|justif|apolog|condemn|denounc|attack|blast|mock|prais|"
    r"hail)\w*\s+[^;]{0,50}?\b(?:decision|choice)\s+to\s+$"
)
"""As in "defended his decision to meet P": he met."""
_WHEN = re.compile(r"\b(?:when|as|after)\s+(?=(?:he|she|they|the\s+two)\s)")
"""Where a clause of its own begins: "failed to agree when they met"."""
_UNSURE = re.compile(
    r"\bwhether\b|\b(?:asked|urged|pressed|invited|persuaded|encouraged|told|asks|urges|"
    r"invites)\s+[^.;,]{0,40}\ue000\s+to\s+$"
)
_NONE = re.compile(r"\b[Nn]o\s+(?:\w+\s+){0,2}$")
_NONE_HAD = re.compile(r"(?:had|have|has|held|hold)\s+no\s")
_CLAUSES = re.compile(r";|,\s+(?:and|but|so|who)\s+")
_CHAINED = re.compile(
    r"\b(?:will|would|scheduled\s+to|expected\s+to|plans?\s+to|due\s+to|is\s+to|set\s+to|"
    r"slated\s+to)\b(?![^;]*\bsaid\b)[^;]*\b(?:and|or)\s+(?:then\s+|also\s+)?$"
)
_PAST_VERBS = frozenset(
    [
        "met",
        "got",
        "broke",
        "breakfasted",
        "shared",
        "ended",
        "saw",
        "hosted",
        "welcomed",
        "received",
        "greeted",
        "visited",
        "spoke",
        "telephoned",
        "phoned",
        "rang",
        "called",
        "sat",
        "shook",
        "talked",
        "held",
        "conferred",
        "huddled",
        "dined",
        "lunched",
        "ran",
        "bumped",
        "joined",
        "paid",
        "granted",
        "gave",
        "strolled",
        "mingled",
        "chatted",
        "embraced",
        "hugged",
        "had",
        "consulted",
        "negotiated",
        "spoken",
    ]
)
_ONGOING = re.compile(r"\b(?:is|are|was|were|['’]s|['’]re|been|currently|now)\s+(?:\w+ly\s+|also\s+|now\s+)?$")
_LATER = re.compile(
    r"^[^.;\n]{0,80}?\b(?:next\s+(?:week|month|year|\w+day)|later\s+(?:this|today|in|on)|tomorrow|"
    r"in\s+the\s+coming|soon)\b"
)
_WOULD_HAVE = re.compile(
    r"\b(?:would|could|should|might|may|will|was\s+to|were\s+to|had\s+(?:been\s+)?(?:due|scheduled|hoped|"
    r"planned|expected|"
    r"set)\s+to)\s+have\s+(?:\w+ly\s+)?$"
)


def status(before: str, verb: str, after: str, *, noun: bool, ahead: bool) -> Status:
    """Whether the meeting told by `verb` was held, given the clause before and after it.

    `before` may reach to the start of the sentence; `ahead` says that its day lies after the publication.
    """
    near = _CLAUSES.split(before[-90:])[-1]
    word = verb.split(maxsplit=1)[0].lower()
    if word.startswith("invit"):
        return "possible"
    if _CANCELLED.search(near[-60:]) or _CANCELLED.match(verb) or _CANCELLED_AFTER.search(after):
        return "cancelled"
    if noun and not ahead and (_HELD.search(verb) or _HELD_AFTER.match(after)):
        return "held"
    if noun and _NO_DATE.search(near):
        return "possible"
    if (noun and _NONE.search(near)) or _NONE_HAD.match(verb):
        return "denied"
    if noun and _MAY_BE.match(after):
        return "possible"
    if noun and (told := _SET_AFTER.match(after)):
        return "possible" if told["may"] else "planned"
    if noun and _JUST_AFTER.search(near):
        return "planned" if ahead else "held"
    near_verb = _WHEN.split(near[-48:])[-1]
    if _DENIED.search(near_verb) and not _NOT_DENIED.search(near[-48:]):
        return "denied"
    passive = _TO_BE.search(near)
    if passive and not noun:
        return _not_past(
            before[-220 : -len(passive.group())], near[: passive.start()], "host", after, noun=noun, ahead=ahead
        )
    if word in _PAST_VERBS and not noun:
        if _WOULD_HAVE.search(near):
            return "planned" if "will have" in near else "possible"
        if _IF.search(near):
            return "possible"
        return "planned" if ahead else "held"
    return _not_past(before[-220:], near, word, after, noun=noun, ahead=ahead)


def _not_past(before: str, near: str, word: str, after: str, *, noun: bool, ahead: bool) -> Status:
    """The status told by a noun, an infinitive, a gerund or the present."""
    close = near[-64:]
    if not noun and (_AFTERWARDS.search(near) or (not ahead and _ON_THE_WAY.search(near))):
        return "held"
    if not noun and _UNTIL.search(near):
        return "possible"
    if not noun and word in {"meet", "talk", "hold", "host", "visit", "speak"} and _CHAINED.search(before):
        return "planned"
    if not noun and _DID_DECIDE.search(near):
        return "held"
    if _UNSURE.search(close):
        return "possible"
    possible = _last(_POSSIBLE, close)
    planned = _last(_PLANNED, close[-56:])
    if word in {"meeting", "holding", "hosting"} and not noun and _ONGOING.search(near):
        return "planned" if ahead or _LATER.match(after) else "ongoing"
    if not noun and _TO.search(close) and _MOVED.search(close) and max(possible, planned) < _last(_MOVED, close):
        return "planned" if ahead else "held"
    if possible >= 0 and possible >= planned:
        return "possible"
    if planned >= 0:
        settled = noun and _AFTER.search(close) and not _AHEAD.search(close[-40:])
        return "held" if settled and not ahead else "planned"
    if ahead or (
        word in {"meet", "meets", "host", "hosts", "hold", "holds", "visit", "visits"} and _LATER.match(after)
    ):
        return "planned"
    if not noun and _TO.search(close) and not _MOVED.search(close):
        return "planned"
    return "held"


def _last(pattern: re.Pattern[str], text: str) -> int:
    """Where the last match begins, -1 where there is none."""
    at = -1
    for found in pattern.finditer(text):
        at = found.start()
    return at
