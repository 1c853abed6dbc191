"""The patterns by which news tells meetings, and what each says of its two sides."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from msgspec import Struct, structs

from news.meeting_phrase import PRONOUN_OBJECT
from news.meeting_scene import L, O, P
from news.meeting_sides import Side
from news.meeting_words import ADVERB, CALL, MEETING, SPORT, STOP

if TYPE_CHECKING:
    from collections.abc import Iterator

    from news.article import Span
    from news.meeting_scene import Scene
    from news.meeting_sides import Sides
    from news.meeting_who import Who
    from news.person import Name

Kind = Literal["meeting", "call", "encounter"]

TRIGGER = re.compile(
    "met |met,|met\\.|meet|Meet|talk|Talk|summit|Summit|host|welcom|Welcom|receiv|Receiv|greet|Greet|sat down|sit down|sits down|"
    "sitting down|hands|handshake|spoke|speak|telephon|phone|Phone| call|conferr|confer |huddl|dinner|lunch|breakfast|dined|audience|"
    "convers|discussion|negotiat|consult|visited|visits |visiting|chat|embrac|hugged|encounter|video|session|reception| tea |coffee|stroll|"
    "rendezvous|tete-|tête-|one-on-one|face-to-face|trilateral|bilateral"
)
"""What a sentence must hold to be looked at; most sentences do not."""

_TIME = (
    rf"(?:(?:in|at|on|over|for|by|via|during|late|early|last|this|next|earlier|later|the|a|an|of|and|his|her|their|week|weeks|month|year|today|"
    rf"yesterday|tonight|morning|afternoon|evening|night|midweek|lunch|dinner|breakfast|tea|coffee|hours?|minutes|first|time|second|third|"
    rf"face-to-face|face|to|one-on-one|one|person|behind|closed|doors|video|videolink|link|videoconference|conference|sidelines|margins|capital|city|"
    rf"office|home|hotel|phone|telephone|length|private|secret|public|about|\d[\w:.]*|[A-Z][\w.]*|[{L}{O}](?:['’]s)?|\w+ly|"
    rf"separately|again|up|together|informal|formal),?)"
)
_WITH = rf"(?:\s+{_TIME}){{0,9}}?(?:,\s+held\s+[^,.;{P}]{{3,80}},)?\s+with\s+"
_VERB_WITH = re.compile(
    rf"\b(?P<verb>(?:(?:met|meets|meet|[Mm]eeting)(?:\s+up)?|sat\s+down|sits?\s+down|[Ss]itting\s+down|dined?|dining|lunched|conferred|confers|"
    rf"conferring|huddled|huddling|chatted|chats?|chatting|(?:held|holds?|holding|had|having|has)\s+talks|negotiated|mingled|strolled|"
    rf"(?:had|has|have|having)\s+(?:\w+\s+){{0,2}}(?:dinner|lunch|breakfast|tea|coffee)|met\s+face[\s-]to[\s-]face)){_WITH}"
)
_MEET_DIRECT = re.compile(
    rf"\b(?P<verb>met|meets|meet|[Mm]eeting)(?:\s+(?:up|again|briefly|privately|separately|also|secretly|face-to-face|both))*"
    rf"(?:\s+(?:on|in|at)\s+(?:[{L}{O}]|[A-Z]\w+))?\s+(?!with\b|by\b)"
)
_NOUN_WITH = re.compile(rf"\b(?P<verb>(?P<call>(?i:{CALL}))|(?i:{MEETING})){_WITH}")
_NOUN_BETWEEN = re.compile(
    rf"\b(?P<verb>(?P<call>(?i:{CALL}))|(?i:{MEETING})|handshake|exchange)(?:\s+{_TIME}){{0,8}}?\s+"
    rf"(?:between|among|of|involving|bringing\s+together|that\s+brought\s+together)\s+"
)
_HOST = re.compile(
    r"\b(?P<verb>hosted|hosts|host|[Hh]osting|welcomed|welcomes|welcome|[Ww]elcoming|received|receives|receive|[Rr]eceiving|greeted|greets|greet|"
    r"[Gg]reeting|visited|visits|visit|visiting|embraced|embraces|hugged|hugs)\s+"
    rf"(?:(?:in|at|on)\s+(?:{_TIME}\s+){{1,8}}?(?=[A-Z{P}]))?"
)
_BY = re.compile(
    rf"\b(?P<verb>hosted|welcomed|received|greeted|(?<=was\s)met|(?<=were\s)met|(?<=been\s)met|embraced)"
    rf"(?:\s+(?!with\b|and\b|that\b|who\b)[^\s.;{P}]+){{0,9}}?\s+by\s+"
)
_SHAKE = re.compile(rf"\b(?P<verb>(?:shook|shakes?|[Ss]haking|shaken)\s+hands|handshake){_WITH}")
_PAID = re.compile(
    r"\b(?P<verb>(?:paid|pays?|paying)\s+(?:(?:an?|his|her|their)\s+)?(?:\w+\s+){0,2}(?:call\s+on|visit\s+to)"
    r"|(?:granted|gave|grants|given)\s+(?:an?\s+)?(?:\w+\s+){0,2}audience\s+to)\s+"
)
_PHONED = re.compile(
    r"\b(?P<verb>phoned|telephoned|phones|telephones|phone|telephone|rang|called|[Pp]honing|[Tt]elephoning|calling)\s+"
)
_CALLED_OK = re.compile(
    r"(?:\.|$|\s+(?:on|late|early|from|after|before|by|earlier|later|last|this|yesterday|today|personally|directly|and\s+\w+ed|"
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|to\s+(?!be\b|account|order|resign|step|stop|quit)\w+))"
)
_SPOKE = re.compile(
    rf"\b(?P<verb>spoke|speaks|speak|spoken|[Ss]peaking|talked|talks|talking|talk)(?:\s+{_TIME}){{0,9}}?\s+(?:with|to)\s+"
)
_CALL_FROM = re.compile(rf"\b(?P<verb>(?i:{CALL}))(?:\s+{_TIME}){{0,5}}?\s+(?P<way>from|to)\s+")
_BY_PHONE = re.compile(
    r"\b(?:by|over\s+the|on\s+the|via)\s+(?:(?:tele)?phone|video(?:\s*link)?|videoconference|video\s+conference)\b|\bspeaker\s?phone\b|\b(?:tele)?phone\s+(?:call|conversation)|\bvideo\s+call",
    re.IGNORECASE,
)
_IN_PERSON = re.compile(
    r"\b(?:in\s+person|sidelines|margins|summit|center|centre|left|right|pictured|photo|face[\s-]to[\s-]face|meeting|dinner|lunch|reception|conference|ceremony)\b"
)
_DAY_WORD = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|yesterday|today"
_RECIPROCAL = re.compile(
    rf"\b(?P<verb>met|meet|meets|(?:shake|shook|shaking)\s+hands|(?:held|hold|holds|holding|had|have|having|conducted|conduct|began|begin|opened|resumed|resume)\s+"
    rf"(?:(?!{P}|{STOP}\b)[^\s.,;]+\s+){{0,5}}?(?P<noun>(?P<call>(?i:{CALL}))|(?i:{MEETING}))|"
    rf"(?:spoke|talked)(?=\s+(?:(?:on|late|early)\s+)?(?:{_DAY_WORD})|[.,]|\s+(?:again|briefly|earlier|last|this|for\s+\w+\s+(?:minutes|hours?))\b)|"
    rf"(?:spoke|spoken|speak|talked|speaks)(?=(?:\s+{_TIME}){{0,5}}?\s+(?:by|on|over|via)\s+(?:the\s+)?(?:tele)?(?:phone|video))|"
    rf"sat\s+down|sit\s+down|chat|chatted|embraced?|hugged|conferred|dined|lunched|are\s+meeting|were\s+meeting|be\s+meeting|convened?)\b"
    rf"(?!\s+(?:the\s+)?(?:criteria|requirements|needs|demands?|deadline|goals?|targets?|standards|conditions|expectations))"
    rf"(?!(?:\s+{_TIME}){{0,8}}?\s+with\s+(?!each|one\s+another))"
)
_MEDIA = re.compile(r"\b(?:host|anchor|reporters?|journalist|interviewer|correspondent|moderator)\s+$")
_TOLD_IN = re.compile(
    rf"\b(?P<verb>told|informed|assured|briefed|warned|urged|thanked|congratulated|asked|reassured|discussed|reviewed)\b"
)
_IN_MEETING = re.compile(
    rf"\b(?:(?:[Bb]y|[Oo]ver\s+the|[Oo]n\s+the)\s+(?:tele)?phone\b|(?:[Ii]n|[Dd]uring|[Aa]t|[Oo]ver|[Oo]n|[Bb]y)\s+(?:a|an|their|the|his|her|this)\s+(?:(?!{P})[^\s.,;]+\s+){{0,4}}?(?:(?P<call>(?:tele)?phone\s+(?:call|conversation)|call|telephone\s+conversation|"
    rf"video\s+call|conference\s+call)|meeting|talks|summit|lunch|dinner|breakfast|audience|video\s*conference)\b(?!\s+(?:with|between|of|from|to)\b))"
)
_THEIR = re.compile(
    rf"\b(?:[Aa]fter|[Bb]efore|[Dd]uring|[Ff]ollowing|[Aa]t|[Aa]head\s+of|[Uu]pon\s+(?:\w+\s+){{1,3}}to|[Pp]rior\s+to|for|to|of|in)\s+(?P<verb>their)\s+(?:(?!{P})[^\s.,;]+\s+){{0,3}}?(?:(?P<call>(?i:{CALL}))|(?i:{MEETING}))\b"
)
_HYPHEN = re.compile(
    r"\b(?P<one>[A-Z][a-z]{2,})(?:[-–](?P<two>[A-Z][a-z]{2,}))(?:[-–](?P<three>[A-Z][a-z]{2,}))?\s+(?:\w+\s+)?(?P<verb>summit|meeting|talks|phone call|call|handshake)\b"
)
_NOUN_BEFORE = re.compile(
    r"(?:\b(?:an?|the|his|her|their|its|my|our|your|this|that|first|second|third|final|brief|recent|scheduled|planned|upcoming|proposed|possible|potential|private|one|last|next|"
    r"any|no|another|each|every|such|rare|more|bilateral|trilateral|annual|weekly|held|hold|holding|holds|have|had)|['’]s?)\s+(?:(?!"
    + STOP
    + r"\b)[\w'’-]+\s+){0,4}$"
)
_POSSESSOR = re.compile(rf"({P})['’]s?\s+(?:(?!{P})[^\s.;:]+\s+){{0,5}}$")
_WHOSE = re.compile(r"\b(?P<word>[Hh]is|[Hh]er|[Tt]heir|[Mm]y|[Oo]ur)\s+(?:[\w'’-]+\s+){0,5}$")
_GOVERNED = re.compile(
    r"\b(?P<prep>with|after|before|during|following|at|in|for|from|since|upon|by|to|on|of|over|via|ahead\s+of|sidelines\s+of|prior\s+to|midst\s+of|because\s+of|despite|amid)\s+"
    r"(?:(?:an?|the|another|further|more|their|long|two|three)\s+)*(?:[\w’'-]+\s+){0,5}$"
    r"|\b(?:had|have|has|having|held|holds?|holding|attend(?:ed|s|ing)?|received|receives|began|begins?|opened|conclud\w+|ended|end|finish\w*|wrap\w*\s+up|entered|left|schedul\w+|arrang\w+|"
    r"secur\w+|request\w*|sought|seeks?|seeking|cancel\w*|postpon\w*|skipp\w+|called\s+off|calls?\s+off|plan\w*|includ\w+|conduct\w*|took|takes?|taken|enjoyed|shared|joined|"
    r"resumed?|chair\w*|convened?|hosted|hosts|hosting|initiated|organi[sz]ed|agreed|confirmed|announced|denied|propos\w+|wants?|wanted|demand\w*|refus\w+|reject\w*|started|starts|launch\w*|made|makes?|"
    r"landed|get|got|gets|won|granted|accept\w*|placed)\s+(?:an?\s+|the\s+|another\s+|separate\s+|its\s+|talks\s+and\s+)*(?:[\w’'-]+\s+){0,5}$",
    re.IGNORECASE,
)
_MANY = re.compile(
    r"\b(?:several|many|numerous|countless|multiple|frequent|regular|weekly|daily|annual|previous|past|three|four|five|six|seven|ten|dozens\s+of|"
    r"series\s+of|rounds?\s+of|years\s+of|months\s+of|weeks\s+of|all|these|other|occasional|subsequent)\s+(?:[\w-]+\s+){0,3}$",
    re.IGNORECASE,
)
_OFTEN = re.compile(
    r"[^.;\n]{0,40}?\b(?:several\s+times|many\s+times|multiple\s+times|twice|three\s+times|regularly|frequently|often|repeatedly|dozens\s+of\s+times|every\s+\w+|on\s+\w+\s+occasions|a\s+few\s+times|once\s+a)\b"
)
_ACQUAINTED = re.compile(
    r"\b(?:first\s+met|had\s+first\s+met|met\s+(?:his|her)\s+(?:future\s+)?(?:wife|husband|partner|girlfriend|boyfriend)|how\s+\w+\s+met|love\s+of|fell\s+in\s+love|"
    r"married|college|classmates?|when\s+(?:they|both|the\s+two)\s+were|as\s+(?:a\s+)?(?:children|teenagers|students?)|in\s+high\s+school)\b"
)
_NEGOTIATING = re.compile(r"\b(?:is|are|was|were|be|been|still|now|currently)\s+(?:also\s+)?in\s+(?:\w+\s+){0,2}$")
_NOT_YET = re.compile(
    r"\b(?:encourag\w+|urg\w+|call\w*\s+(?:for|on)|press\w*|push\w*|want\w*|could|may|might|should|would|resume|if|hop\w+|stalled|"
    r"failed|collapsed|years\s+of|months\s+of|rounds\s+of|in\s+talks|possible|potential|mediat\w+|broker\w*|facilitat\w+)\b"
)
_LAND_TALKS = re.compile(
    r"\b(?:held|hold|holds|resume[ds]?|met|meet|meeting|meetings|round|summit|began|begin|opened|open|start(?:ed|s)?|took\s+place|take\s+place|scheduled|due|sat)\b"
)


_PLURALS = frozenset({"meetings", "conversations", "calls", "summits", "encounters", "sessions", "phone", "telephone"})
_BARE = frozenset({"host", "visit", "welcome", "receive", "greet"})
_TO_DO = re.compile(
    rf"\b(?:to|will|would|can|could|may|might|must|should|shall|did|not|n['’]t)\s+(?:(?:{ADVERB}|\w+ly)\s+)*$"
)
_TALKING = re.compile(rf"(?:[{P},)]|\b(?:to|will|would|who|he|she|can|could|may|did|and))\s+(?:{ADVERB}\s+)*$")
_PASSING = re.compile("hand|stroll|mingle")
_PASSIVE = re.compile(rf"(?:\b(?:was|were|is|are|be|been|being|got)|,)\s+(?:(?:{ADVERB}|\w+ly)\s+)*$")
_REPEATED = re.compile(
    r"\b(?:weekly|daily|monthly|annual|regular|frequent|periodic|numerous|countless|rounds?\s+of|years\s+of|months\s+of|weeks\s+of|series\s+of|"
    r"previous|subsequent|arduous)\s+(?:[\w-]+\s+){0,3}$",
    re.IGNORECASE,
)
_DEBATE = re.compile(r"[^.;\n]{0,50}?\b(?:debates?|interview|court|on\s+(?:\w+\s+)?(?:radio|television|TV))\b")
_SEPARATE = re.compile(r"\b(?:separate|separately|individually|respective)\b")


class Found(Struct):
    """A meeting as one phrase tells it; `trigger` and `sentence` are masked spans."""

    people: list[Name]
    organisations: list[str]
    kind: Kind
    trigger: Span
    sentence: Span
    noun: bool = False
    alone: Name | None = None


class Grammar:
    """Finds the meetings that the sentences of one article tell."""

    def __init__(self, scene: Scene, who: Who, sides: Sides) -> None:
        self.scene = scene
        self.who = who
        self.sides = sides

    def read(self, sentence: Span) -> list[Found]:
        """The meetings of one sentence, in no order."""
        low, high = sentence
        found = [*self._between(low, high), *self._with(low, high), *self._hosts(low, high), *self._calls(low, high)]
        if not found:
            found = [*self._told(low, high), *self._hyphen(low, high)]
        covered = [one.trigger for one in found]
        found += [one for one in self._reciprocal(low, high) if not any(a <= one.trigger[0] <= b for a, b in covered)]
        return [each for one in found if not self._vetoed(one) for each in self._apart(one)]

    def _apart(self, one: Found) -> list[Found]:
        """The meetings that "separately" makes of one with several people on a side."""
        stretch = self.scene.masked[max(one.sentence[0], one.trigger[0] - 24) : one.trigger[1]]
        if one.alone is None or len(one.people) < 3 or not _SEPARATE.search(stretch):
            return [one]
        return [structs.replace(one, people=[one.alone, name]) for name in one.people if name != one.alone]

    # ---- with

    def _with(self, low: int, high: int) -> Iterator[Found]:
        masked = self.scene.masked
        taken: set[int] = set()
        for pattern in (_VERB_WITH, _NOUN_WITH, _SHAKE, _PAID, _MEET_DIRECT):
            for match in pattern.finditer(masked, low, high):
                at = match.start("verb")
                if at in taken:
                    continue
                verb = match["verb"]
                noun = (
                    pattern is _NOUN_WITH
                    or verb == "handshake"
                    or (verb.lower().startswith("meeting") and _NOUN_BEFORE.search(masked, low, at) is not None)
                )
                if noun and pattern is _MEET_DIRECT:
                    continue
                if noun and (
                    _NEGOTIATING.search(masked, low, at)
                    and verb.lower() in {"talks", "discussions", "negotiations", "conversation", "conversations"}
                ):
                    continue
                one = self._sided(match, low, high, noun=noun)
                if one is not None:
                    taken.add(at)
                    one.kind = (
                        "call"
                        if "call" in match.re.groupindex and match["call"]
                        else "encounter"
                        if _PASSING.search(verb)
                        else "meeting"
                    )
                    yield one

    def _sided(self, match: re.Match[str], low: int, high: int, *, noun: bool) -> Found | None:
        """The meeting of a subject or owner and the side after the match."""
        at = match.start("verb")
        right = self.sides.after(match.end(), high)
        left = self._left(match, low, high, right.people, noun=noun)
        if left.people and PRONOUN_OBJECT.match(self.scene.masked, match.end(), high):
            right = self.sides.after(match.end(), high, left.people)
        if not right or not left or (right.lone and not match["verb"].lower().startswith(("met", "meet"))):
            return None
        return self._found(left, right, (at, max(right.end, match.end("verb"))), (low, high), noun=noun)

    def _left(self, match: re.Match[str], low: int, high: int, right: list[Name], *, noun: bool) -> Side:
        """Who met the people on the right, by verb or by noun."""
        at = match.start("verb")
        if noun:
            return self._owner(low, at, high, match.end(), right)
        return self._subject(low, at, high, match.end(), right)

    def _found(
        self, left: Side, right: Side, trigger: Span, sentence: Span, *, noun: bool = False, kind: Kind = "meeting"
    ) -> Found | None:
        people = list(dict.fromkeys([*left.people, *right.people]))
        bodies = [name for name in dict.fromkeys([*left.organisations, *right.organisations])]
        one_sided = not (left.people or left.organisations) or not (right.people or right.organisations)
        if one_sided or len(people) + len(bodies) < 2:
            return None
        if not people and not self._sitting(sentence):
            return None
        alone = left.people[0] if len(left.people) == 1 else right.people[0] if len(right.people) == 1 else None
        return Found(people, bodies, kind, trigger, sentence, noun, alone)

    def _sitting(self, sentence: Span) -> bool:
        """Whether a sentence that names countries alone tells of a sitting."""
        masked = self.scene.masked
        return _LAND_TALKS.search(masked, *sentence) is not None and _NOT_YET.search(masked, *sentence) is None

    def _subject(self, low: int, at: int, high: int, end: int, right: list[Name]) -> Side:
        """Who met: the subject on the left, else that of the main clause which follows an opening one."""
        side = self.sides.before(low, at)
        if (
            not side
            and at - low < 60
            and (self.scene.masked[at : at + 1].isupper() or _GOVERNED.search(self.scene.masked, low, at))
        ):
            side = self.sides.following(end, high)
        return side

    def _owner(self, low: int, at: int, high: int, end: int, right: list[Name]) -> Side:
        """Whose meeting: the possessor, else the subject of the verb or preposition that governs the noun."""
        masked = self.scene.masked
        if owner := _POSSESSOR.search(masked, low, at):
            side = self.sides._list_back(low, owner.start(1))  # noqa: SLF001
            return side
        if whose := _WHOSE.search(masked, low, at):
            people = self.who.pronoun(whose["word"], low, whose.start(), right)
            if people:
                return Side(people, [], at)
            return self.sides.following(end, high)
        if not _GOVERNED.search(masked, low, at):
            return Side([], [], at)
        side = self.sides.before(low, at, noun=True, without=right)
        if not side and at - low < 70:
            side = self.sides.following(end, high)
        return side

    # ---- between

    def _between(self, low: int, high: int) -> Iterator[Found]:
        masked = self.scene.masked
        for match in _NOUN_BETWEEN.finditer(masked, low, high):
            right = self.sides.after(match.end(), high, closed=True)
            if len(right.people) + len(right.organisations) < 2 or (
                match.group().rstrip().endswith(" of") and len(right.people) < 2
            ):
                continue
            if not right.people and (
                not self._sitting((low, high)) or match["verb"].lower() in {"exchange", "conversation"}
            ):
                continue
            kind: Kind = "call" if match["call"] else "encounter" if match["verb"] == "handshake" else "meeting"
            yield Found(
                right.people, right.organisations, kind, (match.start("verb"), right.end), (low, high), noun=True
            )

    # ---- hosts and guests

    def _hosts(self, low: int, high: int) -> Iterator[Found]:
        masked = self.scene.masked
        for pattern in (_BY, _HOST):
            for match in pattern.finditer(masked, low, high):
                right = self.sides.after(match.end(), high)
                if not right.people or (pattern is _HOST and self._bare(match, low)):
                    continue
                if pattern is _BY and not _PASSIVE.search(masked, low, match.start("verb")):
                    continue
                left = self.sides.before(low, match.start("verb"))
                if not left.people or any(name in left.people for name in right.people):
                    continue
                kind: Kind = "meeting" if match["verb"].lower()[:4] in {"host", "rece", "visi", "met"} else "encounter"
                one = self._found(left, right, (match.start("verb"), right.end), (low, high), kind=kind)
                if one is not None:
                    yield one

    def _bare(self, match: re.Match[str], low: int) -> bool:
        """Whether "host" or "visit" is a noun here: nothing before it makes it a verb."""
        if match["verb"].lower() not in _BARE:
            return False
        at = match.start("verb")
        return _TO_DO.search(self.scene.masked, low, at) is None and len(self.sides.before(low, at).people) < 2

    # ---- calls

    def _calls(self, low: int, high: int) -> Iterator[Found]:
        masked = self.scene.masked
        for pattern in (_PHONED, _SPOKE, _CALL_FROM):
            for match in pattern.finditer(masked, low, high):
                right = self.sides.after(match.end(), high)
                verb = match["verb"].lower()
                if verb in {"talks", "talk"} and not _TALKING.search(masked, low, match.start("verb")):
                    continue
                if verb in {"called", "calling"} and not _CALLED_OK.match(masked, right.end, high):
                    continue
                left = self._left(match, low, high, right.people, noun=pattern is _CALL_FROM)
                if left.people and PRONOUN_OBJECT.match(masked, match.end(), high):
                    right = self.sides.after(match.end(), high, left.people)
                if pattern is _CALL_FROM and not left.people:
                    left = self.sides.before(low, match.start("verb"), noun=True)
                right.people = [name for name in right.people if name not in left.people]
                if not left.people or not right.people:
                    continue
                kind = self._spoken_kind(match, low, high) if pattern is _SPOKE else "call"
                if kind is None:
                    continue
                noun = pattern is _CALL_FROM
                one = self._found(left, right, (match.start("verb"), right.end), (low, high), noun=noun, kind=kind)
                if one is not None:
                    yield one

    def _spoken_kind(self, match: re.Match[str], low: int, high: int) -> Kind | None:
        """Whether "spoke with" tells a call or an encounter; None where it may be an interview."""
        masked = self.scene.masked
        if _BY_PHONE.search(masked, low, high):
            return "call"
        if match.group().rstrip().endswith(" to") and match["verb"].lower() not in {"spoke", "spoken"}:
            return None
        present = match["verb"] in {"speaks", "talks"}
        if present or _IN_PERSON.search(masked, match.end(), high):
            return "encounter"
        return "call" if match["verb"].lower() in {"spoke", "spoken", "speak"} else None

    # ---- told without "with"

    def _told(self, low: int, high: int) -> Iterator[Found]:
        masked = self.scene.masked
        for match in _IN_MEETING.finditer(masked, low, high):
            kind: Kind = (
                "call" if match["call"] or _BY_PHONE.search(masked, match.start(), match.end() + 12) else "meeting"
            )
            for told in _TOLD_IN.finditer(masked, low, high):
                right = self.sides.after(told.end() + 1, high)
                if right.people and _MEDIA.search(masked, told.end(), right.end - 1):
                    continue
                left = self.sides.before(low, told.start())
                if not left.people and match.start() < told.start():
                    left = self.sides.before(match.end(), told.start())
                if told["verb"] in {"discussed", "reviewed"}:
                    right = self._discussed_with(told.end(), high)
                right.people = [name for name in right.people if name not in left.people]
                if not right.people and len(left.people) >= 2 and told["verb"] in {"discussed", "reviewed"}:
                    yield Found(left.people, [], kind, match.span(), (low, high), noun=True)
                    return
                if left.people and right.people:
                    yield Found([*left.people, *right.people], [], kind, match.span(), (low, high), noun=True)
                    return
        yield from self._theirs(low, high)

    def _discussed_with(self, at: int, high: int) -> Side:
        found = re.compile(rf"[^.;{P}]{{0,120}}?\s+with\s+").match(self.scene.masked, at, high)
        return self.sides.after(found.end() if found else high, high)

    def _theirs(self, low: int, high: int) -> Iterator[Found]:
        """ "X speaks at a press conference with Y after their talks in P": all people of the sentence."""
        for match in _THEIR.finditer(self.scene.masked, low, high):
            people = self.scene.people(low, high)
            if not 2 <= len(people) <= 4:
                people = self.who.pair(low, match.start("verb"))
            if len(people) >= 2:
                kind: Kind = "call" if match["call"] else "meeting"
                yield Found(people[:4], [], kind, match.span("verb"), (low, high), noun=True)
                return

    def _hyphen(self, low: int, high: int) -> Iterator[Found]:
        """ "the Trump-Putin summit": family names of people whom the article names."""
        for match in _HYPHEN.finditer(self.scene.masked, low, high):
            wanted = [match[key] for key in ("one", "two", "three") if match[key]]
            people = [
                next((n for n in self.scene.names if n.kind == "person" and n.name.split()[-1] == word), None)
                for word in wanted
            ]
            if all(people):
                kind: Kind = "call" if "call" in match["verb"] else "meeting"
                yield Found([name for name in people if name], [], kind, match.span("verb"), (low, high), noun=True)

    # ---- each other

    def _reciprocal(self, low: int, high: int) -> Iterator[Found]:
        masked = self.scene.masked
        for match in _RECIPROCAL.finditer(masked, low, high):
            left = self.sides.before(low, match.start("verb"))
            if len(left.people) + len(left.organisations) < 2 or (left.collective and not left.people):
                continue
            if match["noun"] and match["noun"].lower().endswith(("meetings", "calls", "summits", "conversations")):
                continue
            if not left.people and not self._sitting((low, high)):
                continue
            after = self.sides.after(match.end() + 1, high)
            if (
                match["verb"] in {"met", "meet", "meets"}
                and after.end > match.end() + 1
                and not after.people
                and masked[match.end() + 1 : match.end() + 4] in {"the", "his"}
            ):
                continue
            phone = _BY_PHONE.search(masked, match.start(), min(high, match.end() + 60)) is not None
            kind: Kind = (
                "call"
                if match["call"] or phone
                else "encounter"
                if match["verb"].split()[-1] in {"hands", "chat", "embrace", "embraced", "hugged"}
                else "meeting"
            )
            yield Found(left.people, left.organisations, kind, match.span("verb"), (low, high), noun=False)
            return

    # ---- no meetings

    def _vetoed(self, one: Found) -> bool:
        """Whether what was found is a match, an acquaintance, or many meetings told as one."""
        masked = self.scene.masked
        low, high = one.sentence
        if SPORT.search(masked, low, high) or _ACQUAINTED.search(
            masked, max(low, one.trigger[0] - 30), min(high, one.trigger[1] + 60)
        ):
            return True
        before = masked[max(low, one.trigger[0] - 40) : one.trigger[0]]
        verb = masked[one.trigger[0] : one.trigger[1]].split()[0].lower().strip(",.")
        if (
            one.noun
            and verb in _PLURALS
            and (len(one.people) < 3 or _MANY.search(before))
            and not _SEPARATE.search(before)
        ):
            return True
        return _OFTEN.match(masked, one.trigger[1], high) is not None and not re.search(r"\bwill\b", before)
