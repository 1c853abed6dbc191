"""What a person wants done rather than known: to be told of something from now on, or to learn how to do something."""

from __future__ import annotations

from news.question_grammar import compiled

_TELL = "[please] [can|could|would|will you] [please] notify|alert|tell|inform|warn|message|ping|text|email me|us"
_LET = "[please] [can|could|would|will you] [please] let me|us know"
_ONCE = "when|whenever|if|once|as_soon_as|every_time|each_time"
_NEWS = "there_is|there_are|there's|you_have|you_get|you_see [any|some] [new] [news|something|anything|articles] [new]"

_MEETING = tuple(
    compiled(f"{opening} {_ONCE} {meets} [again]")
    for meets in ("A and B2 meet", "A meets|meet|sees [with] B2")
    for opening in (_TELL, _LET)
)
_SAYING = tuple(
    compiled(f"{opening} {_ONCE} A says|speaks|talks [something|anything|about] [about|on Y]")
    for opening in (_TELL, _LET)
)
_SUBJECT = tuple(
    compiled(template)
    for template in (
        *(f"{opening} {_ONCE} {_NEWS} on|about|of|from T" for opening in (_TELL, _LET)),
        "[please] [can|could|would you] notify|alert|ping|message|warn me|us about|of|on|for T",
        "[please] [can|could|would you] keep me|us posted|updated|informed [on|about|of T]",
        "[please] [i] [want|would_like|i'd_like] [to] follow|watch|track T",
        "[please] [i] [want|would_like|i'd_like] [to] subscribe|sign_up [me] to|for T",
        "[please] [set_up|set|create|make|give me] [a|an] alert|alerts [me] for|on|about T",
    )
)
_HOW = tuple(
    compiled(template)
    for template in (
        "[please] [tell|show me] how do|can|could|should|would|to [i|we|you|one] T",
        "where do|can i T",
        "is there a|any way to T",
        "how does_one T",
    )
)


def wish(text: str) -> str:
    """What to follow, as /subscribe takes it ("met Trump and Putin", "Ukraine"); "" where nothing is to be followed."""
    words = " ".join(text.split()).strip(" .!?")[:300]
    for pattern in _MEETING:
        m = pattern.match(words)
        if m:
            return f"met {m['a']} and {m['b2']}"
    for pattern in _SAYING:
        m = pattern.match(words)
        if m:
            about = f" about {m['about']}" if m["about"] else ""
            return f"said {m['a']}{about}"
    found = (pattern.match(words) for pattern in _SUBJECT)
    return next((m["topic"] or "" for m in found if m), "")


def way(text: str) -> str:
    """What a person asks how to do ("unsubscribe"); "" for any other text."""
    words = " ".join(text.split()).strip(" .!?")[:200]
    found = (pattern.match(words) for pattern in _HOW)
    return next((m["topic"] for m in found if m), "")
