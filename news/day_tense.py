"""Whether a day stands under a verb of the future: "will meet on Friday", "is due in Paris on Friday"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from news.article import Span

_DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|[A-Z][a-z]+\.?\s\d"
_MEANT_TO = (
    "agree[ds]?|plan(?:s|ned|ning)?|expect(?:s|ed|ing)?|scheduled|due|set|slated|likely|hop(?:es?|ed|ing)|"
    "inten(?:ds?|ded)|"
    "wants?|decided|pledged|invited|prepar(?:es?|ed|ing)|about|going|ready|poised|bound|vow(?:s|ed)?|"
    "promis(?:es?|ed)|ought|ha[sv]e|continues?"
)
_INFINITIVE = (
    "meet|visit|travel|hold|host|discuss|attend|begin|start|take|be|open|resume|vote|go|return|leave|arrive|"
    "receive|decide|"
    "address|speak|fly|announce|appear|join|make|present"
)
_IRREGULAR = (
    "was|were|had|did|said|told|met|came|went|took|made|held|began|became|left|won|lost|fell|rose|led|sent|spoke|saw|"
    "gave|got|put|shot|struck|brought|found|ran|broke|kept|flew|wrote|sat|stood|fought|hit|cut|set|shook|drew|grew|"
    "thought|bought|sold|paid|knew|let|laid|swore|withdrew|threw|chose|beat|built|fled|sank|tore|urged"
)
_COMES = (
    "meets?|begins?|starts?|opens|arrives?|leaves?|travels|visits|heads|faces|hosts|flies|convenes?|gathers?|"
    "takes?\\s+place|takes?\\s+effect|goes|comes|ends|expires|resumes?|votes|runs|closes|holds|becomes|returns|"
    "launches|payable"
)
_DOING = "meet|visit|travel|head|arriv|leav|host|hold|start|begin|open|com|go|fly|plann|expect|prepar"

_SIGNAL = re.compile(
    rf"""\b(?=[a-z])(?:
    (?P<past>(?:decision|refusal|failure|attempts?)\s+to\s+[a-z]+|(?:could|can)\s+(?:not\s+)?be\s+(?:reached|located|found|seen|heard|confirmed|verified)|did(?:\s+not|n['’]t)\s+(?:[a-z]+ly\s+)?[a-z]+|(?:refused|declined|failed|managed|allowed|able|forced|went
      |came|flew|travell?ed)\s+to\s+[a-z]+
      | (?:had|have)\s+been\s+(?:due|scheduled|expected|planned|set|slated)(?:\s+to\s+\w+)?|going\s+back|since
      | after|following|last\s+(?:week|month|year|night)|ago|says?|
        (?:has|have)\s+(?:been|(?!invited|scheduled|planned|called\s+for|(?:agreed|planned|promised|vowed|pledged|decided)\s+to\b)[a-z]+ed\b)
      | is\s+(?:believed|said|thought))
  | (?P<future>
        will|shall|would|won't|wouldn't|can|could|may|might|must|should
      | (?:{_MEANT_TO})\s+to\b(?!\s+(?:say|comment)\b)
      | (?:scheduled|due|expected|planned|slated)\s+(?:for|on|in|at|by)\b|set\s+for\b
      | ha(?:s|ve)\s+(?:scheduled|planned|called\s+for)
      | planned\s+(?:for\s+)?an?\b|as\s+soon\s+as(?=\s+(?:{_DAY}|next))
      | (?:scheduled|due|expected|slated)(?=\s+(?:{_DAY}|next))
      | (?:is|are|was|were)\s+to\s+[a-z]+
      | (?:is|are)\s+(?:[a-z]+ly\s+)?(?:{_DOING})\w*ing
      | to\s+(?:{_INFINITIVE})
      | invit(?:ed|es)
      | upcoming|ahead\s+of|forthcoming|later\s+this|deadline|until|till
      | by(?=\s+(?:the\s+end(?!\s+of\s+the\s+day)|{_DAY}))|through(?=\s+(?:{_DAY}))
      | next\s+(?:week|month|year|stop|step)|starting|beginning|effective|hopes?|plans|tickets
    )
  | (?P<present>(?<!the\s)(?<!a\s)(?<!an\s)(?:{_COMES}))(?!['’])
  | (?P<done>(?<!\bbe\s)(?:{_IRREGULAR}|[a-z]+[^e\W\d_]ed|agreed|freed|guaranteed|decreed))
    )\b""",
    re.VERBOSE,
)
_PAST = frozenset({"past", "done"})
_WILL = frozenset({"will", "would", "could", "may", "might", "should"})
_POSSESSIVE = re.compile(r"['’]s\b")
_AWAITED = re.compile(r"\b(?:ahead\s+of|until|by|for|in|at)\s+(?:the\s+)?$")
_REPORTED = re.compile(
    r"\b(?:said|says|told|announced|reported|added|warned|wrote|tweeted|acknowledged|confirmed|asked|called)"
    r"(?:\s+(?!to\b|that\b|will\b|would\b)[\w'’-]+){0,2}[\s,]+(?:(?:late|early|on|in|at|here)\s+){0,3}$"
)
_COMING = re.compile(r"\b(?:(?:is|are|comes|come)\s+(?:on\s+|early\s+|late\s+)?|(?:through|as\s+soon\s+as)\s+)$")
"""As in "the game is Saturday", "rain is forecast through Monday"."""
_DECIDED = re.compile(r"(?:agreed|decided|vowed|promised|pledged|invited|hoped|planned|wanted|intended)\b")
"""As in "on Friday they agreed to meet": then they agreed."""
_DID = re.compile(
    r"\s+(?:[a-z]+ly\s+)?(?:issued|announced|rejected|approved|ordered|called|urged|accused|condemned|denied|"
    r"ruled|signed|launched|vowed|"
    r"warned|confirmed|released|arrested|killed|declared|agreed|voted|said|told|met|held|took|made|gave|began|"
    r"became|won|lost|struck|hit)\b(?!\s+by\b)"
)
"""A finite verb right after a day: "the army on Sunday issued"."""
_LEFT, _RIGHT = 200, 140
"""Characters looked at on either side; they bound the work, 99 of 100 verbs stand nearer."""


def is_future(text: str, sentence: Span, start: int, end: int) -> bool | None:
    """Whether `text[start:end]` stands under a future verb (True), a past one (False), or none that is seen (None).

    The verb that governs is the last one before the day in its sentence, else the first one after it. A verb of saying
    right before the day claims it: "said on Friday that it will". What belongs to a day ("Friday's ruling") has
    happened, unless it is waited for or what follows says that it will be.
    """
    low = max(sentence[0], start - _LEFT)
    if _DID.match(text, end):
        return False
    if _COMING.search(text, low, start):
        return True
    if _REPORTED.search(text, low, start):
        return False
    last = None
    if _POSSESSIVE.match(text, end) and not _AWAITED.search(text, low, start):
        last = _SIGNAL.search(text, end, min(sentence[1], end + _RIGHT))
        return last is not None and last.group() in _WILL
    for signal in _SIGNAL.finditer(text, low, start):
        last = signal
    if last is None:
        last = _SIGNAL.search(text, end, min(sentence[1], end + _RIGHT))
        if last is not None and _DECIDED.match(last.group()):
            return False
    return None if last is None else last.lastgroup not in _PAST
