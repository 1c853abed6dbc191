"""Whether a day stands under a verb of the future: "will meet on Friday", "is due in Paris on Friday"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from news.article import Span

_TO_DO = r"(?:agree[ds]?|plan(?:s|ned|ning)?|expect(?:s|ed|ing)?|schedul\w+|due|set|slated|likely|hop(?:es?|ed|ing)|inten(?:ds?|ded)|wants?|invited|prepar\w+|about|going|ready|poised|bound|tentatively|vow(?:s|ed)?|promis\w+|ought|ha[sv]e?|continues?)"
_ENDS_IN_ED = r"[a-z]{2,}ed"
_IRREGULAR = (
    "was|were|had|did|said|told|met|came|went|took|made|held|began|became|left|won|lost|fell|rose|led|sent|spoke|saw|"
    "gave|got|put|shot|struck|brought|found|ran|broke|kept|flew|wrote|sat|stood|fought|hit|cut|set|shook|drew|grew|"
    "thought|bought|sold|paid|knew|let|laid|swore|withdrew|threw|chose|beat|built|fled|sank|tore|urged"
)
_COMES = (
    "meets?|begins?|starts?|opens?|arrives?|leaves?|travels?|visits?|heads?|faces?|hosts?|flies|fly|convenes?|gathers?|"
    "takes? place|takes? effect|goes|comes?|ends?|expires?|resumes?|votes?|runs?|closes?|marks?|holds?|becomes?|returns?"
)
_NOT_AHEAD = r"(?<!the )(?<!a )(?<!an )"

_SIGNAL = re.compile(
    rf"""\b(?:
    (?P<future>
        will|shall|would|won't|wouldn't|can|could|may|might|must|should
      | {_TO_DO}\s+(?:(?:to|for|in|on|at)\b(?!\s+(?:say|comment)\b))?
      | (?:is|are|was|were)\s+to\s+[a-z]+
      | (?:is|are)\s+(?:\w+ly\s+)?(?:meet|visit|travel|head|arriv|leav|host|hold|start|begin|open|com|go|fly|plann|expect)\w*ing
      | to\s+(?:meet|visit|hold|host|travel|discuss|attend|begin|start|take|be|open|resume|vote|go|return|leave|arrive|receive|decide|address|speak)
      | upcoming|ahead\s+of|forthcoming|later\s+this|deadline|until|till|by(?=\s+(?:the\s+end|{{day}}))|through(?=\s+{{day}})
      | next\s+(?:week|month|year|stop|step)|starting|beginning|effective|hopes?|plans?|schedules?|tickets
    )
  | (?P<present>{_NOT_AHEAD}(?:{_COMES}))(?!['’])
  | (?P<past>{_IRREGULAR}|{_ENDS_IN_ED}|(?:has|have)\s+(?:been|[a-z]+ed)|since|after|following|last\s+(?:week|month|year|night)|ago|says?)
    )\b""".replace("{day}", r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|[A-Z][a-z]+\.?\s\d"),
    re.VERBOSE,
)
_REPORTED = re.compile(
    r"\b(?:said|says|told|announced|reported|added|warned|wrote|tweeted|acknowledged|confirmed|asked|called)"
    r"(?:\s+(?!to\b|that\b|will\b|would\b)[\w'’-]+){0,2}[\s,]+(?:(?:late|early|on|in|at|here)\s+){0,3}$"
)
_LEFT, _RIGHT = 200, 140
"""Characters looked at on either side; they bound the work, 99 of 100 verbs stand nearer."""


def is_future(text: str, sentence: Span, start: int, end: int) -> bool | None:
    """Whether `text[start:end]` stands under a future verb (True), a past one (False), or none that is seen (None).

    The verb that governs is the last one before the day in its sentence, else the first one after it. A verb of saying
    right before the day claims it: "said on Friday that it will".
    """
    low = max(sentence[0], start - _LEFT)
    if _REPORTED.search(text, low, start):
        return False
    last = None
    for last in _SIGNAL.finditer(text, low, start):
        pass
    if last is None:
        last = _SIGNAL.search(text, end, min(sentence[1], end + _RIGHT))
    return None if last is None else last.lastgroup != "past"
