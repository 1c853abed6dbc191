"""The grammar of questions: templates a person can read, compiled to patterns.

In a template a word stands for itself (`a|b` for either, `_` for a blank inside), brackets hold what may be left out, a
word in capitals names a piece of SLOTS, and each blank is any white space. "when AUX A [ORDER] MEET [WITH] B2" matches
"when did Witkoff last meet with Putin".
"""

from __future__ import annotations

import re

from news.lists import entries

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
    "WHEN": r"(?:when|(?:on\s+)?(?:what|which)\s+day|where\s+and\s+when|when\s+and\s+where)",
    "WITH": r"(?:up\s+)?(?:with|to|by)",
    "MEETINGS": r"(?:meetings?|talks|(?:phone\s+)?calls?|summits?)",
    "SAY": (
        r"(?:say|said|says|saying|tell|told|think|claim(?:ed)?|announced?|stated?|promised?|warn(?:ed)?|comment(?:ed)?"
        r"|write|wrote|post(?:ed)?|declared?|respond(?:ed)?|react(?:ed)?)"
    ),
    "ABOUT": r"(?:about|on|regarding|concerning|of|over|to)",
    "ORDER": r"(?P<order>last|first|next|upcoming|planned|coming|future|scheduled|most\s+recently|ever|again|recently"
    r"|actually|really|also|already|just|both|together)",
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
        ("when is|was|were|will_be [the] [ORDER] MEETINGS of|between|with A [and|with B2]", "when"),
        ("where is|was|were|will_be [the] [ORDER] MEETINGS of|between|with A [and|with B2]", "where"),
        (
            "is|was|were|has|have there [been] [a|any] [ORDER] MEETINGS [planned] of|between|with A [and|with B2]",
            "whether",
        ),
        ("when was the ORDER time [that] A MEET [WITH] B2", "when"),
        ("WHEN AUX A going_to|due_to|expected_to|set_to MEET [WITH] B2", "when"),
        ("WHEN AUX A [and B] [ORDER] MEET [each_other] [WITH] [B2]", "when"),
        ("when was OWNER [ORDER] meeting|talks|call with B2", "when"),
        ("where|in_what_city|in_which_city AUX A [and B] [ORDER] MEET [each_other] [WITH] [B2]", "where"),
        ("WHEN A met [WITH] B2", "when"),
        ("where A met [WITH] B2", "where"),
        ("who|whom [else] AUX A MEET [WITH] ORDER", "who"),
        ("who [AUX] MEET [WITH] A ORDER", "who"),
        ("who|whom [else] AUX A [ORDER] MEET [WITH]", "who"),
        ("with who|whom AUX A [ORDER] MEET", "who"),
        ("who [else] [AUX] [be|been] [ORDER] MEET [WITH] A", "who"),
        ("who [else] was|were|is|has_been|came|went|travelled|traveled|sat [there] [together] with A", "with"),
        ("who [else] [AUX] accompanied|joined|accompany|join A", "with"),
        ("who [else] [has|have] came|come|went|gone|travelled|traveled|flew|flown to A", "who"),
        ("what|which meetings|talks|calls AUX A have|had|hold|held", "who"),
        ("AUX A [ORDER] MEET [WITH] B2 more_than_once|twice|several_times|many_times|repeatedly", "often"),
        ("AUX A and B going_to|due_to|expected_to|set_to MEET [each_other]", "whether"),
        ("AUX A going_to|due_to|expected_to|set_to MEET [WITH] B2", "whether"),
        ("AUX A and B [not|never] [ORDER] MEET [each_other|one_another]", "whether"),
        ("AUX A [not|never] [ORDER] MEET [WITH] B2", "whether"),
        ("[any|all|the|list] [ORDER] meeting|meetings|talks of|between|with|by A [and|with B2]", "who"),
        ("[any|all|the|list] [ORDER] call|calls|phone_call|phone_calls of|between|with|by A [and|with B2]", "who"),
        ("OWNER [ORDER] meeting|meetings|talks|call|calls [with B2]", "who"),
        ("NAME met|meets|meeting [with] NAME2", "whether"),
    )
)
"""Questions about meetings, and what they ask; tried in this order."""
NEGATED = re.compile(r"^(did|has|have)n[’']t\s+", re.IGNORECASE)
"""A question with a no in it, which asks the same: "didn't Trump meet Putin?"."""
MEETINGS = tuple(
    compiled(template)
    for template in (
        "who [has|have] met|meets|meet [whom|who|each_other|one_another]",
        "who was|were [there] at|in [the|a] meeting|talks|summit",
        "who [has|have] attended|joined [the|a] meeting|talks|summit",
        "[show|list|give] [me] [any|all|the|list] [ORDER] meetings|talks|calls|phone_calls",
        "what|which [ORDER] meetings|talks are [there|coming|ahead|next|planned|scheduled] [up]",
        "what|which meetings|talks [have|has|were|are|did] [there|been|took|taken|take|happened|happen|held] [place]",
    )
)
"""Questions about all meetings of a place or a time."""
PRESENT = compiled("who [else] [all] was|were|is|are [there]")
"""Before a place: who was there."""
PLANNED = re.compile(r"\b(?:coming|ahead|next|planned|scheduled|upcoming|future)\b", re.IGNORECASE)
"""Words for meetings that are still to come."""
NAMED_MEETING = compiled(
    "[when|where] [is|was|were] [the|a] [ORDER] A and|& B meeting|meetings|call|calls|summit|talks"
)
ONE_MEETING = compiled(
    "[when|where] [is|was|were] [the|a|any] [ORDER] A meeting|meetings|phone_call|phone_calls|call|calls|summit"
)
"""Meetings by the names before the word; a subject may stand there just as well ("the G7 summit")."""
LEADING_ORDER = re.compile(r"(?:the\s+)?(?P<order>last|first|next)\s+(?=\S)", re.IGNORECASE)
ATTENDED = compiled(
    "who [else] [has|have] attended|joined|took_part_in|was_at|were_at [the] A meeting|meetings|talks|summit"
)
"""Meetings by a name before the word, which is a place as a rule: "the Geneva talks"."""
VISIT = re.compile(r"\b(?:visit(?:s|ed|ing)?|came|come|went|gone|travell?ed|travel|flew|flown)\b", re.IGNORECASE)
"""Verbs whose object is a place."""
BY_PHONE = re.compile(r"\s+(?:by|over\s+the|on\s+the)\s+(?:tele)?phone$", re.IGNORECASE)

SAID = tuple(
    compiled(template)
    for template in (
        "what [else] AUX A [have|had_to] SAY [reporters|us|them|journalists] [ABOUT Y]",
        "what was|were|has_been said [by A] [ABOUT Y]",
        "[any|all|the] [best|last|latest|key] quote|quotes|statement|statements|words|remarks by|of|from A [ABOUT Y]",
        "OWNER quote|quotes|statement|statements|words|remarks [ABOUT Y]",
        "[any] quote|quotes|statements|remarks about|on Y",
        "who [has] spoke|spoken|said_something|commented|talked about|on Y",
        "what A said|says [ABOUT Y]",
        "did|has A [ever] SAY anything|something [ABOUT Y]",
        "anything|something [that] A SAY [ABOUT Y]",
        "NAME said|says [what] [ABOUT Y]",
        "NAME quote|quotes|quotation|quotations about|on Y",
        "quote|quotes A [ABOUT Y]",
    )
)
QUOTES_OF = compiled("[any|the] A quote|quotes|quotation|quotations|statements")
"""Quotations by the name before the word; a subject may stand there just as well."""
WHO_SAID = compiled("who said|says|told|wrote|asked [that] WORDS")
PERSON = (compiled("who is|was|are A"), compiled("who's|who’s A"), compiled("tell me who is A"))
TIMELINE = (
    compiled("[a|the|show] [me] [a|the] timeline|chronology|history of|for|with|on A"),
    compiled("timeline|chronology A"),
    compiled("[show|give] [me] [the|a] A timeline|chronology"),
)
LATEST = (
    compiled(
        "[show] [me] [the|any] latest|newest|most_recent|recent [news|articles|stories|headlines]"
        " [on|about|of|from|in T]"
    ),
    compiled("show|list|give [me] [the|all|any] articles|stories|headlines|news on|about|of|from|by|in T"),
    compiled("[all|the] articles|stories on|about|from|by T"),
    compiled("[show|list|give] [me] everything|all on|about|of|from|by T"),
)
_NEWS_OF = "[on|about|of|with|in|at|for|to|regarding|from] [T]"
BRIEF = tuple(
    compiled(f"{opening} {_NEWS_OF}")
    for opening in (
        "[please] tell|show|give me something|anything [new|interesting|important]",
        "[please] [can|could|would you] brief|briefing|update [me]",
        "[a|the] summary|summarise|summarize|sum_up|catch_me_up|news|top_stories|headlines",
        "what|what's|what’s [is|was|are] new|happening|going_on|the_news|up|the_latest",
        "what [has] happened",
        "any|anything news|new",
        "[please] tell|give me [the|a] [news|briefing|brief|summary|more]",
        "more",
        "who reported|reports|wrote|covered [first] [it]",
        "[compare] sources|source|coverage|reports",
        "trending|surprise_me|anything|something_interesting|what_is_trending|what_should_i_know|what_did_i_miss",
    )
)
HOW_MANY = compiled(
    "how_many articles|stories|reports|pieces|texts [do_you_have|do_you_keep|are_there|have_you] "
    "[are] mention|mentioning|about|on|of|with|that_mention|tell_of|from|by T"
)
"""A question for a number of articles, which the list of them says."""
PEOPLE = tuple(
    compiled(template)
    for template in (
        "who is in the news|headlines",
        "[show|list|give] [me] [the] people in the news",
        "[show|list|give] [me] [the] top|most_mentioned|most_named people|names|persons",
        "who is mentioned|named [the] most",
        "who|whom do you know",
    )
)
"""A question for whoever is told of most."""
FILTERED = re.compile(r"(?<!\S)(?:by|site|source|from|since|after|to|until|before):\S", re.IGNORECASE)
"""Filters of a search, whose days are no period of a question."""
TWO = re.compile(r"(?<=\?)\s+(?:and\s+|also\s+|then\s+)*", re.IGNORECASE)
"""Between two questions of one text."""
HELP = compiled("help|what_can_you_do|what_can_i_ask|what_do_you_do|how_does_this_work|how_does_it_work [me|here]")
DESK = tuple(
    compiled(template)
    for template in (
        "who|what are you",
        "are you [a|an] [real] bot|human|robot|person|ai|machine|chatgpt|gpt|chatbot|claude|gemini|llm|language_model",
        "what is|are your name|you",
        "what is this|dateline [bot|thing|about]",
        "what is this bot|thing|chat [about]",
        "what|which topics|subjects|countries do you cover|have|know|follow",
        "what|which topics|subjects|countries can i ask [about]",
        "can i|we trust you|this",
        "who pays for this|you|it",
        "where are|is the|your sources|source",
        "statistics|stats",
        "who [has] made|built|wrote|runs|owns you",
        "what do you know [about]",
        "how many articles|stories|sources|papers do you have|keep|know",
        "what|which sources|sites|papers|outlets|feeds|newspapers do you have|read|use|collect|keep",
        "where do you get your|the news|information [from]",
    )
)
"""Questions about the desk itself."""
NEWCOMER = re.compile(r"(?:(?:hi|hello|hey)\b[\s,.!]+)?(?:i\s+am|i['’]?m)\s+new\s+here\b.*", re.IGNORECASE | re.DOTALL)
OPINION = tuple(
    compiled(template)
    for template in (
        "what do you think|feel|say [about|of T]",
        "what is your opinion|view|take [on|about|of T]",
        "do you like|love|hate|support T",
        "are you for|against|pro T",
    )
)
"""Questions for what the desk holds of somebody or something."""
CANCEL = compiled("cancel|exit|quit|back|stop_it|stop|abort|undo")
MENU = compiled("menu|commands|options|the_menu|show_menu")
HELLO, THANKS, SCOLDING = (
    re.compile(
        rf"(?:{'|'.join(re.escape(saying) for saying in sorted(entries('greetings', name), key=len, reverse=True))})"
        r"(?:[\s,]+(?:there|bot|dateline|again|all|everyone|mate|my friend|dear))?",
        re.IGNORECASE,
    )
    for name in ("hello", "thanks", "scolding")
)
"""Sayings of data/greetings.txt, each the whole of a text."""
MORE = compiled("[please] [tell|show|give] [me] more|and_more|continue|go_on|next [page|please]")
ITS_TIMELINE = compiled("[show] [me] [the|a|his|her|their] timeline|chronology")
"""A timeline of whoever was asked about before."""
WHO_ELSE = compiled("[and] who else [was|were] [there|present|with_him|with_her|with_them]")
GOES_ON = compiled("and|what_about|how_about WORDS")
FOLLOW = compiled("and|but|or|only|just|what_about|how_about WORDS")
OPENER = re.compile(
    r"^(?:(?:please|pls|hey|hi|hello|ok|so|and)\b[\s,]*)*(?:(?:can|could|would|will)\s+you\s+(?:please\s+)?)?"
    r"(?:(?:tell|show)\s+me|say|i\s+(?:want|need|would\s+like)\s+to\s+know|i'?d\s+like\s+to\s+know|do\s+you\s+know)\s+"
    r"(?:please\s+)?(?:if\s+|whether\s+)?(?=(?:who|whom|what|when|where|how|did|has|have|is|was|were|will)\b)",
    re.IGNORECASE,
)
"""What people say before a question."""
COURTESY = re.compile(
    r"^(?:(?:hi|hello|hey|thanks|thank\s+you|thx|ok|okay|great|cool|please|so|well|now|then|sorry|yes|no)\b[\s,.!]+)+"
    r"(?=(?:and\s+)?(?:who|whom|what|when|where|how|did|has|is|was|which|brief)\b)",
    re.IGNORECASE,
)
"""What people say before a question, out of politeness."""
THANKS_FOR = re.compile(
    r"(?:many\s+)?(?:thanks|thank\s+you|thx|cheers)\b[\s,.!]+(?:[\w'’]+(?:[\s,.!]+|$)){1,6}", re.IGNORECASE
)
"""Thanks, and what for, where it holds no question."""
THOSE_WHO = re.compile(
    r"^(?:which|what)\s+(?:leaders|people|politicians|presidents|ministers)\s+(?=\w)|^(?:the\s+)?(?:leaders|people|politicians|those|everyone)\s+who\s+",
    re.IGNORECASE,
)
"""Ways to say who."""
ANYBODY = re.compile(
    r"^(?:(?:any|some|other|all|the)?\s*(?:\w+\s+)?(?:leaders|officials|politicians|ministers|presidents|people)"
    r"|(?:any|some|an|a|another)\s+(?:\w+\s+)?(?:leader|official|politician|minister|president))$",
    re.IGNORECASE,
)
"""Groups that are nobody's name."""
AND_WHAT = re.compile(r"\s+and\s+what\b.*$", re.IGNORECASE)
NO_NAME = re.compile(
    r"\b(?:who|whom|why|which|what|when|where|how|tell|was|were|been|cancell?ed|postponed|delayed|called\s+off"
    r"|the\s+time)\b|^(?:the|a|an)$",
    re.IGNORECASE,
)
"""Words that stand in no name."""
AT_MEETING = re.compile(r"(?:the\s+|a\s+)?(?:meeting|talks|summit)\b", re.IGNORECASE)
FOLLOW_ABOUT = re.compile(r"^(?:about|on|regarding)\s+(?P<words>.+)$", re.IGNORECASE)
COMING = re.compile(r"\b(?:will|(?:going|due|expected|set|about)\s+to)\b", re.IGNORECASE)
TALK = re.compile(r"\b(?:talk(?:s|ed|ing)?|speak|spoken?|speaking|in\s+touch)\b", re.IGNORECASE)
CALL = re.compile(r"\b(?:call(?:ed|s)?|phone[ds]?|by\s+phone|on\s+the\s+phone|telephone[ds]?)\b", re.IGNORECASE)
PLACE = re.compile(r"(?:^|\s+)(?:in|at)\s+(?P<place>(?:the\s+)?[^\s,?][^,?]{1,60})$", re.IGNORECASE)
