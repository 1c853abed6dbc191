"""The grammar of questions: templates a person can read, compiled to patterns.

In a template a word stands for itself (`a|b` for either, `_` for a blank inside), brackets hold what may be left out, a
word in capitals names a piece of SLOTS, and each blank is any white space. "when AUX A [ORDER] MEET [WITH] B2" matches
"when did Witkoff last meet with Putin".
"""

from __future__ import annotations

import re

SLOTS = {
    "A": r"(?P<a>.+?)",
    "B": r"(?P<b>.+?)",
    "B2": r"(?P<b2>.+?)",
    "NAME": r"(?P<a>\S+(?:\s\S+){0,3}?)",
    "NAME2": r"(?P<b2>\S+(?:\s\S+){0,3})",
    "Y": r"(?P<about>.+)",
    "T": r"(?P<topic>.+)",
    "AUX": r"(?:did|has|have|had|does|do|will|would|is|was|are|were|can|could|going\s+to|to)",
    "MEET": (
        r"(?:meet(?:s|ing)?|met|see|saw|seen|visit(?:ed)?|host(?:ed)?|receive[ds]?|sit\s+down|sat\s+down|talk(?:s|ed|ing)?"
        r"|speak|spoken?|speaking|phone[ds]?|call(?:ed|s)?|negotiate[ds]?)"
    ),
    "WITH": r"(?:up\s+)?(?:with|to|by)",
    "SAY": (
        r"(?:say|said|says|saying|tell|told|think|claim(?:ed)?|announced?|stated?|promised?|warn(?:ed)?|comment(?:ed)?"
        r"|write|wrote|post(?:ed)?|declared?|respond(?:ed)?|react(?:ed)?)"
    ),
    "ABOUT": r"(?:about|on|regarding|concerning|of|over|to)",
    "ORDER": r"(?P<order>last|first|next|most\s+recently|ever|again|recently|actually|really|also|already|just)",
    "WORDS": r"[\"“”„«'‘’]?(?P<words>.+?)[\"“”»'’]?",
    "OWNER": r"(?P<a>.+?)(?:'s|’s|s')",
}
_PART = re.compile(r"[\[\]]|[^\s\[\]]+")


def compiled(template: str) -> re.Pattern[str]:
    """The pattern of a template; it matches a whole question, in any case of letters."""
    out: list[str] = []
    opened_at_start: list[bool] = []
    at_start = True
    for part in _PART.findall(template):
        if part == "[":
            opened_at_start.append(at_start)
            out.append("(?:" if at_start else r"(?:\s+")
            glued = True
            continue
        if part == "]":
            was_start = opened_at_start.pop()
            out.append(r"\s+)?" if was_start else ")?")
            at_start = was_start
            continue
        glued = bool(out) and out[-1] in {"(?:", r"(?:\s+"}
        out.append("" if at_start or glued else r"\s+")
        out.append(_piece(part))
        at_start = False
    return re.compile(rf"^{''.join(out)}$", re.IGNORECASE)


def _piece(part: str) -> str:
    if part in SLOTS:
        return SLOTS[part]
    choices = "|".join(re.escape(choice).replace("_", r"\s+") for choice in part.split("|"))
    return f"(?:{choices})"


MET = tuple(
    (compiled(template), asked)
    for template, asked in (
        ("how often|many_times AUX A [and B] MEET [each_other] [WITH] [B2]", "often"),
        ("when|what_day|which_day|on_what_day AUX A [and B] [ORDER] MEET [each_other] [WITH] [B2]", "when"),
        ("when was OWNER [ORDER] meeting|talks|call with B2", "when"),
        ("where|in_what_city|in_which_city AUX A [and B] [ORDER] MEET [each_other] [WITH] [B2]", "where"),
        ("who|whom [else] AUX A [ORDER] MEET [WITH]", "who"),
        ("with who|whom AUX A [ORDER] MEET", "who"),
        ("who [else] [AUX] [be|been] [ORDER] MEET [WITH] A", "who"),
        ("who [else] was|were|is|has_been|came|went|travelled|traveled|sat [there] [together] with A", "with"),
        ("who [else] [AUX] accompanied|joined|accompany|join A", "with"),
        ("AUX A and B [ORDER] MEET [each_other|one_another]", "whether"),
        ("AUX A [ORDER] MEET [WITH] B2", "whether"),
        ("[any|all|the|list] [ORDER] meeting|meetings|talks|call|calls of|between|with|by A [and|with B2]", "who"),
        ("OWNER meeting|meetings|talks|call|calls [with B2]", "who"),
        ("NAME met|meets|meeting [with] NAME2", "whether"),
    )
)
"""Questions about meetings, and what they ask; tried in this order."""

SAID = tuple(
    compiled(template)
    for template in (
        "what [else] AUX A [have|had_to] SAY [reporters|us|them|journalists] [ABOUT Y]",
        "what was|were|has_been said [by A] [ABOUT Y]",
        "[any|the] quote|quotes|statement|statements|words|remarks by|of|from A [ABOUT Y]",
        "OWNER quote|quotes|statement|statements|words|remarks [ABOUT Y]",
        "[any] quote|quotes|statements|remarks about|on Y",
        "who [has] spoke|spoken|said_something|commented|talked about|on Y",
        "NAME said|says [ABOUT Y]",
    )
)
WHO_SAID = compiled("who said|says|told|wrote|asked [that] WORDS")
PERSON = (compiled("who is|was|are A"), compiled("who's|who’s A"), compiled("tell me who is A"))
TIMELINE = compiled("[a|the|show] [me] [a|the] timeline|chronology|history of|for|with|on A")
LATEST = compiled(
    "[show] [me] [the|any] latest|newest|most_recent|recent [news|articles|stories|headlines] [on|about|of|from|in T]"
)
_NEWS_OF = "[on|about|of|with|in|at|for|to|regarding|from] [T]"
BRIEF = tuple(
    compiled(f"{opening} {_NEWS_OF}")
    for opening in (
        "[please] [can|could|would you] brief|briefing|update [me]",
        "[a|the] summary|summarise|summarize|sum_up|catch_me_up|news|top_stories|headlines",
        "what|what's|what’s [is|was|are] new|happening|going_on|the_news|up|the_latest",
        "what [has] happened",
        "any|anything news|new",
        "[please] tell|give me [the|a] [news|briefing|brief|summary]",
    )
)
HELP = compiled(
    "help|hi|hello|hey|good_morning|good_evening|what_can_you_do|what_can_i_ask|how_does_this_work [me|there|here]"
)
MORE = compiled("more|and_more|continue|go_on|next [page]")
FOLLOW = compiled("and|but|or|what_about|how_about WORDS")
CALL = re.compile(r"\b(?:call(?:ed|s)?|phone[ds]?|by\s+phone|on\s+the\s+phone|telephone[ds]?)\b", re.IGNORECASE)
PLACE = re.compile(r"(?:^|\s+)(?:in|at)\s+(?P<place>(?:the\s+)?[^\s,?][^,?]{1,60})$", re.IGNORECASE)
