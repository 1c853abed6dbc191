"""Which patterns of a meeting a sentence can fit at all, by the words it holds: most fit none, and are told so at once.

With that, and with no subject read of a verb that has no object, meetings are read a third faster (sample archive).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from news import meeting_hint_patterns as hints
from news import meeting_patterns as patterns
from news.meeting_veto import VETOES
from news.meeting_words import CALL_WORDS, MEETING_WORDS

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Sequence

    from news.article import Span

Words = frozenset[str]


class Gate(NamedTuple):
    """A pattern and sets of words: what it finds holds a word of each, so that a sentence without one has no match.

    Of the `letters`, if there are any, the sentence must hold some too.
    """

    pattern: re.Pattern[str]
    needs: tuple[Words, ...]
    letters: tuple[str, ...] = ()

    def finds(self, masked: str, sentence: Span, words: Words) -> Iterable[re.Match[str]]:
        """What the pattern finds in a sentence of the `words`."""
        for need in self.needs:
            if words.isdisjoint(need):
                return ()
        if self.letters:
            told = masked[sentence[0] : sentence[1]]
            if not any(letters in told for letters in self.letters):
                return ()
        return self.pattern.finditer(masked, *sentence)


class Group(NamedTuple):
    """Gates that are tried one after the other, and the words of which one opens the first need of some gate."""

    gates: tuple[Gate, ...]
    opening: Words

    @classmethod
    def of(cls, *gates: Gate) -> Group:
        """The group of the gates."""
        return cls(gates, frozenset().union(*(gate.needs[0] for gate in gates)))

    def open(self, words: Words) -> Sequence[Gate]:
        """The gates of the group that the words of a sentence leave open."""
        if words.isdisjoint(self.opening):
            return ()
        return [gate for gate in self.gates if not words.isdisjoint(gate.needs[0])]


def _any(words: str, *more: Words) -> Words:
    return frozenset(words.split()).union(*more)


_WITH = _any("with")
_BY = _any("by")
_NOUNS = CALL_WORDS | MEETING_WORDS

WITH_SOMEBODY = Group.of(
    Gate(
        patterns.VERB_WITH,
        (
            _WITH,
            _any(
                "Meeting Sitting are been break breakfasted breaking broke chat chats chatted "
                "chatting confer conferred conferring confers consulted dine dined dining exchanged "
                "get gets getting golfed got had has have having held hold holding holds huddled "
                "huddling is lunched meet meeting meets met mingled negotiated played playing plays "
                "sat shared shares sharing sit sits sitting strolled take takes took walked was were"
            ),
        ),
    ),
    Gate(patterns.NOUN_WITH, (_WITH, _any("visit tea coffee drinks conversation", _NOUNS))),
    Gate(patterns.HOSTED_MEAL, (_any("hosted given"), _BY), (" by ",)),
    Gate(
        patterns.HOURS_WITH,
        (_WITH, _any("hour hours minute minutes weekend evening afternoon morning")),
        ("hour", "minute", "pent "),
    ),
    Gate(patterns.NOUN_HAD, (_WITH, _any("had held")), (" had ", " held ")),
    Gate(patterns.INCLUDING, (_any("including"),)),
    Gate(
        patterns.POSES,
        (
            _any("pose poses posed posing stand stands stood walk walks walked pictured photographed seen standing"),
            _any("with next beside alongside"),
            MEETING_WORDS,
        ),
    ),
    Gate(patterns.ACROSS, (_any("across opposite face"), _any("sat sit sits sitting seated"))),
    Gate(patterns.AMONG, (_any("Among among"), _any("those")), ("mong those",)),
    Gate(patterns.SHAKE, (_any("hands handshake"), _WITH), ("hands",)),
    Gate(
        patterns.PAID,
        (
            _any("call visit dinner lunch luncheon banquet breakfast reception guest guests audience"),
            _any(
                "gave given got granted grants had held hosted hosting hosts paid pay paying pays "
                "received receives receiving threw was were"
            ),
        ),
        ("paid", "pay", "visit ", " for ", "honou", "audience", "guest"),
    ),
    Gate(patterns.DISCUSSED, (_any("discussed reviewed"), _WITH)),
    Gate(patterns.MEET_DIRECT, (_any("met meets meet Meeting meeting"),)),
)
"""What tells a meeting with those who are named after it, the surer first."""
OF_SOMEBODY = Group.of(
    Gate(
        patterns.BY,
        (_any("hosted welcomed received greeted visited met embraced granted given"), _BY),
        (" by ",),
    ),
    Gate(
        patterns.HOST,
        (
            _any(
                "Greeting Hosting Receiving Welcoming bumped convened dropped embraced embraces greet "
                "greeted greeting greets host hosted hosting hosts hugged hugs looked ran receive "
                "received receives receiving run visit visited visiting visits welcome welcomed "
                "welcomes welcoming"
            ),
        ),
        ("host", "Host", "elcom", "eceiv", "reet", "isit", "into", "embrac", "hug", "in on", "convened"),
    ),
    Gate(patterns.CALLED_ON, (_any("call called calling calls"), _any("on"))),
    Gate(patterns.JOINED, (_any("joined joins"),)),
    Gate(patterns.INVITED, (_any("invited invites inviting invite"),)),
    Gate(patterns.SEE, (_any("saw see seeing sees"),)),
    Gate(patterns.PAID_A, (_any("paid pays paying"),)),
)
"""What tells of hosts and guests, of those who are seen and invited."""
CALLING = Group.of(
    Gate(
        patterns.PHONED,
        (
            _any(
                "Phoning Telephoning called calling dialed dialled phone phoned phones phoning rang "
                "telephone telephoned telephones telephoning"
            ),
        ),
    ),
    Gate(patterns.CALLED_TO, (_any("called phoned telephoned rang"), _any("to"))),
    Gate(
        patterns.SPOKE,
        (
            _any("Speaking listen listens speak speaking speaks spoke spoken talk talked talking talks"),
            _any("with to"),
        ),
    ),
    Gate(patterns.CALL_FROM, (CALL_WORDS, _any("from to"))),
)
"""What tells of those who speak by telephone."""
RECIPROCAL = Group.of(
    Gate(
        patterns.RECIPROCAL,
        (
            _any(
                "met meet meets hands spoke talked spoken speak talk speaks together bread breakfasted "
                "supped sat sit sitting chat chatted embrace embraced hugged conferred dined lunched "
                "golfed huddled drinks coffee tea golf locked discuss discusses discussed meeting "
                "convene convened each gather gathered gathers views greetings pleasantries phone "
                "telephone"
            ),
        ),
    ),
    Gate(
        patterns.RECIPROCAL,
        (
            _any("conversation", _NOUNS),
            _any(
                "held hold holds holding had have having conducted conduct began begin opened resumed "
                "resume ended end concluded completed finished wrapped kicked kick launched started "
                "exchanged postponed cancelled canceled called scrapped"
            ),
        ),
    ),
)
"""What two do with each other, by a verb of its own or by a noun that is held: the first gate that is open counts."""
TOLD_IN = Gate(
    hints.TOLD_IN,
    (
        _any(
            "asked assured briefed broached confronted congratulated consulted contacted discussed "
            "gave handed informed invited presented pressed promised raised reached reassured "
            "reminded reviewed showed thanked told urged warned"
        ),
    ),
)
IN_MEETING = Gate(
    hints.IN_MEETING,
    (
        _any(
            "talks discussions negotiations consultations phone telephone lunch dinner breakfast call "
            "video conference meeting summit bilateral sit encounter one tete tête face session "
            "luncheon audience videoconference"
        ),
    ),
)
ON_VISIT = Gate(hints.ON_VISIT, (_any("visit trip stopover"),))
THEIR = Gate(hints.THEIR, (_any("their"), _NOUNS))
LISTENS = Gate(
    hints.LISTENS,
    (
        _any("as"),
        _any("listen listens look looks watch watches smile smiles sit sits"),
        MEETING_WORDS,
    ),
)
CAPTION = Gate(hints.CAPTION, (_any("left right center centre L R C"),))
VERBLESS = Gate(hints.VERBLESS, (_any("during before after at in"), MEETING_WORDS))
POSED = Gate(
    hints.POSED,
    (
        _any(
            "agreed announced are arrive chat clinched decided failed gesture hold inspect listen "
            "look photographed pictured pledged pose posed poses reached review said sealed settled "
            "signed smile smiles stand stroll strolled strolls talk vowed walk walked walks wave"
        ),
        _NOUNS,
    ),
)
HYPHEN = Gate(hints.HYPHEN, (_any("summit meeting talks call handshake"),))
BETWEEN = Group.of(
    Gate(patterns.NOUN_BETWEEN, (_any("handshake", _NOUNS), _any("between among of involving bringing brought"))),
    Gate(patterns.BROUGHT, (_any("together"), _any("brought brings bringing"), _any("session", _NOUNS))),
)
GATES = (
    *BETWEEN.gates,
    *WITH_SOMEBODY.gates,
    *OF_SOMEBODY.gates,
    *CALLING.gates,
    TOLD_IN,
    IN_MEETING,
    ON_VISIT,
    THEIR,
    LISTENS,
    CAPTION,
    VERBLESS,
    POSED,
    HYPHEN,
)
_TELLING = VETOES.union(*(need for gate in (*GATES, *RECIPROCAL.gates) for need in gate.needs))


def told_by(written: Iterable[str]) -> Words:
    """Of the words of a sentence those that some gate needs, or some veto."""
    return _TELLING.intersection(written)
