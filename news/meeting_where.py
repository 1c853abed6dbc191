"""On which day and where a meeting was: the day and the place that its sentence gives it."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from news.day import Day, interval
from news.meeting_scene import L, O, P
from news.meeting_words import MEETING, ROLE, STOP
from news.place import capital, is_country

if TYPE_CHECKING:
    from collections.abc import Sequence

    from news.article import Span
    from news.day import DayMention
    from news.meeting_scene import Mention, Scene

_OF_A_STATEMENT = re.compile(
    r"\b(?:said|says|told\s+[^,.;]{1,30}|announced|added|confirmed|reported|tweeted|wrote|warned|denied)"
    r"(?:\s+(?:in\s+a\s+\w+|[\w'’]+)){0,3}?[\s,]+(?:(?:on|late|early|in)\s+){0,2}$"
)
_WHEN = re.compile(r",?\s+when\s+[^,;]{2,70}")
"""As in "since 2016, when P met P"."""
_COMMA_BEFORE = re.compile(r",\s+(?:[\w.’'-]+\s+){1,6}$")
"""As in "met P, officials confirmed Tuesday": the day is that of the statement."""
_CLAUSE = re.compile(
    r";|[—–]|\s-\s|\b(?:said|says|told|announced|who|(?<!during )which|since"
    r"|that(?!\s+(?:was|is|were|had\s+been|has\s+been)\s+(?:planned|scheduled|due|set))|when|while|where|"
    r"because|although|until|by|he|she|they)\b|[\"“”]"
    r"|\band\s+(?:then|later|afterwards|is|are|was|were|will|would|has|have|had|in|at|on|agreed|decided|vowed|"
    r"promised)\b"
    rf"|\b(?:after|before)\b(?!\s+(?:(?:an?|the|their|his|her)\s+)?(?:\w+\s+){{0,2}}{MEETING}\b)"
)
_BEFORE_DOING = re.compile(r"\b(?:days?|weeks?|months?|hours?)\s+(?:before|after)\s+[a-z]+ing\b")
"""As in "on Wednesday, a day before flying to L to meet P"."""
_FROM_ON = re.compile(r"\b(?:since|until|till)\s+(?:last\s+|early\s+|late\s+)?$")
_DENIED_THEN = re.compile(r"\s+(?:denied|dismissed|rejected|confirmed|acknowledged|announced|said|told|accused)\b")
"""A verb of saying right after a day claims it: "P on Thursday denied having met P"."""
_MAIN = re.compile(r",\s+(?:ended|ends|began|begins|opened|opens|concluded|lasted|started|closed)\b")
"""The verb of the main clause after an aside: "a visit during which he met P, ended on Friday"."""
_SINCE = re.compile(r"\bsince\s+(?!(?:on\s+)?$)")
_AND_IS = re.compile(r"\band\s+(?:is|are|was|were|will|would|has|have|had|agreed|decided|vowed|promised)\b")
_ASIDE = re.compile(r",\s+(?:who|whose|which|whom|where)\b[^,]*$")
"""An aside that has begun and not ended: "P, who arrived on …"."""
_OFFERED = re.compile(
    r"\b(?:offered|denied|refused|declined|asked|invited|agreed|proposed|promised|vowed|threatened|demanded|"
    r"volunteered)\s+"
    r"(?:(?:on|late|early)\s+){0,2}$"
)
_TO = re.compile(r"\s+(?:to|having|that|he|she)\b")
"""As in "offered on Tuesday to meet P": the day is that of the offer."""
_AFTER_A = re.compile(r"\b(?:after|before|since|following|despite|over|ahead\s+of)\s+(?:\w+\s+)?$")
_OF_OTHER = re.compile(rf"(?<!night)(?<!evening)['’]s\s+(?!(?:\w+\s+){{0,2}}{MEETING})")
"""As in "met P after Friday's vote"."""
_ARRIVED = re.compile(r"\b(?:arrived|landed|touched\s+down|flew|visited)\s+[^.;,]{0,40}$")
"""As in "arrived in L on Tuesday and was received by P"."""
_AND_THEN = re.compile(r"\s+and\s+(?!(?:is|are|will|would|has|have|plans|due)\b)")
_IN_WHO = re.compile(r",\s+who\s+[^,]*$")
_FROM_WHERE = re.compile(r"\bfrom\s+[A-Z][\w\s]{2,30},\s+where\b")
_BACK_FROM = re.compile(r"\bfrom\s+(?:an?|his|her|their|the)\s+(?:[\w-]+\s+){0,4}(?:trip|visit|tour|journey|stay)\b")
"""As in "returned on Sunday from a trip to L, where he met P"."""
_AND = re.compile(r"\s*(?:,\s*)?(?:and|to|until|through|-|–)\s+(?:on\s+)?$")
_PLACE = re.compile(
    rf"\b(?=[a-zAINO])(?:(?P<at>[Ii]n|[Aa]t|[Oo]n|[Nn]ear|[Oo]utside|"
    rf"aboard|(?:dropped|stopped|stopping|dropping)\s+by|(?:(?:his|"
    rf"her|their)\s+way|drove|driven|walked|flown|trip|travel\w*|fl(?:y|ew|ying)|visit\w*|head\w*|went|"
    rf"came|arriv\w+|return\w*)\s+(?:to|in|at))"
    rf"\s+(?:the\s+|his\s+|her\s+|its\s+|their\s+|a\s+)?(?:(?:(?!{STOP}\b)[a-z][\w'’-]*|[{L}{O}]['’]s|"
    rf"[A-Z]\w+)\s+){{0,4}}?"
    rf"|(?P<far>to|from|visited|visits|visiting)\s+(?:the\s+)?)(?P<name>[{L}{O}])"
    r"(?!\s+(?:[a-z]+\s+)?(?:base|custody|official|soil|troops|plane))"
)
_NO_PLACE_AFTER = re.compile(
    r"^\s+(?:officials|leaders|authorities|ministers?|president|government|policy|forces|said|says|told)\b"
)
_WALLS = re.compile(
    r"\b(?:House|Palace|Office|Kremlin|Downing|Street|Hotel|Club|Residence|Castle|Hall|Airport|Base|Embassy|"
    r"Parliament|Ministry|Summit|Hyatt|Hilton|Marriott|Sheraton|Ritz|Ritz-Carlton|Intercontinental|"
    r"InterContinental|Waldorf|Observatory|Complex|Mansion|Gallery|Stadium|Cathedral|Church|Mosque|School|College|"
    r"Chancellery|Elysee|Élysée|Tower|Center|Centre|University|Headquarters|Pentagon|Vatican|Capitol|Mar-a-Lago|"
    r"Camp|Department|Congress|"
    r"Park|Restaurant|Museum|Forum|Villa|Lodge|Secretariat|Assembly|UN|U\.N\.|United Nations)\b"
)
_WHERE = re.compile(
    rf"(?P<name>{L})(?:,\s+{L})?(?:\s+(?:on|last|early|late|this)\s[^;,{P}{L}]{{2,50}})?,?\s+(?:where|"
    rf"when),?\s+[^.;]{{0,44}}$"
)
_IN_CITY = re.compile(
    rf"(?:\s+of\s+the\s+[{O}{L}])?,?\s+(?:in\s+)?(?:(?:central|downtown|"
    rf"the\s+capital)\s+)?(?P<the>The\s+)?(?P<city>{L})(?!['’])"
)
_INITIALS = re.compile(r"(?:[A-Z]\.){2,}")
_OF_A_PERSON = re.compile(rf"\s+(?:(?!{STOP}\b)[\w-]+\s+){{0,2}}{P}")
"""As in "Moscow mayor P": the city says which mayor, not where."""
_OF_OFFICE = re.compile(rf"\b(?i:{ROLE})\s+of\s+(?:the\s+)?{O}\s+$")
"""As in "P, Prime Minister of the O in L": L says which office."""
_IS_NOUN = re.compile(MEETING)
_ISLAND = re.compile(r"\b(?:Islands?|Isles?|Hill|Heights)$")
_OF_ISLAND = re.compile(r"\s+[Ii]sland\b")
"""Places that one is on, not in."""
_AND_THERE = re.compile(r"\band\s+(?:then|later|afterwards)\b")
_CAME = re.compile(r"(?:return|arriv|came)\w*\s")
"""As in "returned to L after talks with P": those were elsewhere."""
_RESORT = re.compile(
    rf"\s+(?:[a-z]+\s+)?(?:resort|city|town|port|village|suburb|capital)(?:\s+(?:town|"
    rf"city))?\s+(?:of\s+)?{L}"
)
"""As in "the Black Sea resort of L"."""
_ELSEWHERE = re.compile(
    r"\b(?:before|after|prior\s+to|ahead\s+of)\s+(?:flying|travel\w*|heading|leaving|departing|returning|going|"
    r"moving|continuing)\s+"
    r"(?:\w+\s+){0,2}?(?:to|for|in)\s+(?:the\s+)?$"
    r"|\b(?:situation|crisis|wars?|conflict|violence|fighting|elections?|vote|quake|earthquake|attacks?|unrest|"
    r"protests?|developments|peace|"
    r"ceasefire|truce|tensions|interests|investments?|role|presence|operations?|troops|forces|citizens|people|"
    r"refugees|companies|economy|"
    r"coup|floods?|famine|rights|born|process|efforts|progress|bloodshed|killings?|events)\s+in\s+(?:the\s+)?$"
)
"""Before a place that is ahead, or spoken of: "before flying to L", "the situation in L"."""
_WHO = re.compile(r",\s+(?:who|whose|which)\b[^,]*$")
_TO_HOST = re.compile(r"welcom|invit|greet|usher")
"""Verbs with which "to the White House" says where: the host's."""
_OTHER_TRIP = re.compile(
    r"\b(?:ahead\s+of|before|prior\s+to|after|since|following)\s+(?:an?|his|her|their|the|its)\s+(?:[\w-]+\s+){0,3}"
    r"(?:trips?|visits?|tour|journey|return|flight)\s+(?:to|in|of)\s+(?:the\s+)?$"
)
_AT_NAME = re.compile(
    r"\bat\s+(?:the\s+)?(?P<name>(?!Christmas|Easter|Ramadan|Thanksgiving|"
    r"New\s)[A-Z][a-z][\w’'-]*(?:\s+[A-Z][\w’'-]+){0,3})"
    r"(?=[.,;]|$|\s+(?:on|in|last|this|next|for|to|and|before|after|during|earlier|late|early|over)\b|\s+(?:Mon|"
    r"Tues|Wednes|Thurs|Fri|Satur|Sun)day)"
)
_CAPITAL = re.compile(
    r"\b[Ii]n (?P<capital>the (?:[A-Z]\w+ ){1,2}capital)\b(?! (?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Jan|"
    r"Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[A-Z])"
)
_NEAR = 48
_FAR = 160


class When:
    """The days of one article, by where they stand."""

    def __init__(self, scene: Scene, days: Sequence[DayMention]) -> None:
        self.scene = scene
        self.days = tuple(days)
        self._starts = [mention.start for mention in self.days]

    def day(self, sentence: Span, trigger: Span) -> Day | None:
        """The day of the meeting told at `trigger` (both masked), None where its sentence gives it none."""
        scene, text = self.scene, self.scene.text
        low, high = scene.text_at(sentence[0]), scene.text_at(sentence[1])
        start, end = scene.text_at(trigger[0]), scene.text_at(trigger[1])
        best: tuple[float, int] | None = None
        first = bisect_left(self._starts, low)
        for index in range(first, len(self.days)):
            mention = self.days[index]
            if mention.start >= high:
                break
            score = self._distance(text, (start, end), mention, low)
            if score < _FAR and (best is None or score < best[0]):
                best = score, index
        return None if best is None else self._joined(best[1])

    def _distance(self, text: str, trigger: Span, mention: DayMention, low: int) -> float:
        """How far, in characters and penalties, a day stands from the words that tell the meeting."""
        behind = mention.start >= trigger[1]
        gap = float(mention.start - trigger[1]) if behind else 1.3 * (trigger[0] - mention.end)
        between = text[trigger[1] : mention.start] if behind else text[mention.end : trigger[0]]
        if not behind and _WHEN.fullmatch(between):
            return 0.1 * gap
        if _OF_A_STATEMENT.search(text, max(low, mention.start - 60), mention.start):
            gap += _FAR if behind and _COMMA_BEFORE.search(between) else 70
        coming = not behind and _AND_THEN.match(between) is not None
        arrived = coming and _ARRIVED.search(text, low, mention.start) is not None
        gap += 0 if arrived else 45 * len(_CLAUSE.findall(between)) + 90 * len(_AND_IS.findall(between))
        before, after = text[max(low, mention.start - 30) : mention.start], text[mention.end : mention.end + 24]
        if (_OFFERED.search(before) and _TO.match(after)) or (_AFTER_A.search(before) and _OF_OTHER.match(after)):
            gap += _FAR
        if _DENIED_THEN.match(text, mention.end) or _FROM_ON.search(text, max(low, mention.start - 16), mention.start):
            gap += _FAR
        if behind and (_SINCE.search(between) or _MAIN.search(between)):
            gap += _FAR
        if ";" in between or (behind and "," in between and _IN_WHO.search(text, low, trigger[0])):
            gap += _FAR
        if not behind and _FROM_WHERE.search(between):
            gap += _FAR
        if not behind and (_BEFORE_DOING.search(between) or _BACK_FROM.search(between)):
            gap += _FAR
        if not behind and "," in between and _ASIDE.search(text, low, mention.start):
            gap += _FAR
        return (
            gap + {"day": 0, "interval": 0, "week": 12, "month": 20, "quarter": 60, "year": 45}[mention.day.precision]
        )

    def _joined(self, index: int) -> Day:
        """The day of the mention, or the days from it to the next: "Thursday and Friday"."""
        mention = self.days[index]
        for one, other in ((index, index + 1), (index - 1, index)):
            if not 0 <= one < other < len(self.days):
                continue
            a, b = self.days[one], self.days[other]
            together = a.day.precision == b.day.precision == "day" and 0 < (b.day.first - a.day.first).days <= 7
            if together and _AND.fullmatch(self.scene.text, a.end, b.start):
                return interval(a.day.first, b.day.first)
        return mention.day


def place(scene: Scene, sentence: Span, trigger: Span) -> str | None:
    """The place of the meeting told at `trigger`, the innermost that is named; None where its sentence gives none."""
    masked = scene.masked
    if where := _WHERE.search(masked, sentence[0], trigger[0]):
        return _with_city(scene, where.start("name"), sentence[1])
    front = scene.by_at.get(trigger[0] - 2)  # "an Oval Office meeting with P"
    if (
        front is not None
        and scene.masked[trigger[0] - 2] == L
        and not is_country(front.name.name)
        and _IS_NOUN.match(masked, *trigger)
    ):
        return _with_city(scene, front.at, sentence[1])
    best: tuple[float, int] | None = None
    for found in _PLACE.finditer(masked, *sentence):
        mention = scene.by_at[found.start("name")]
        guest = _TO_HOST.match(masked, *trigger) is not None and found["far"] == "to"
        if not _is_place(scene, mention, found) or _OTHER_TRIP.search(masked, sentence[0], mention.at):
            continue
        if found["far"] in {"to", "from"} and found.start() > trigger[0] and not guest:
            continue
        if inner := _RESORT.match(masked, mention.at + 1):
            mention = scene.by_at[inner.end() - 1]
        at = found.start()
        if at >= trigger[0] and _ELSEWHERE.search(masked, sentence[0], found.start("name")):
            continue
        behind = at >= trigger[0]
        if behind and _AND_THERE.search(masked, trigger[1], at):
            continue
        if not behind and _CAME.match(found.group()) and masked.find(" after ", at, trigger[0]) >= 0:
            continue
        if behind and at < trigger[1] and _WHO.search(masked, *trigger[:1], at):
            continue
        if behind and (
            _WHO.search(masked, trigger[1], at)
            or (masked.find(",", trigger[1], at) >= 0 and _IN_WHO.search(masked, sentence[0], trigger[0]))
        ):
            continue
        clauses = len(_CLAUSE.findall(masked, min(trigger[1], at), max(trigger[0], at + 3)))
        score = abs(at - trigger[1]) / 10 + (45 * clauses if behind else 22 + 15 * clauses)
        score += 0 if found["at"] else 40 if found["far"] == "from" else 15
        if best is None or score < best[0]:
            best = score, mention.at
    if best is not None and best[0] < _NEAR:
        return _with_city(scene, best[1], sentence[1])
    return _in_the_capital(scene, sentence, trigger) or _at_a_name(scene, sentence, trigger)


def _in_the_capital(scene: Scene, sentence: Span, trigger: Span) -> str | None:
    """The city that "in the Polish capital" is, in the clause of the trigger; None where it says no such thing."""
    low, high = scene.text_at(sentence[0]), scene.text_at(sentence[1])
    start, end = scene.text_at(trigger[0]), scene.text_at(trigger[1])
    for found in _CAPITAL.finditer(scene.text, low, high):
        between = scene.text[end : found.start()] if found.start() >= end else scene.text[found.end() : start]
        city = capital(found["capital"])
        if city is not None and not _CLAUSE.search(between):
            return city
    return None


def _at_a_name(scene: Scene, sentence: Span, trigger: Span) -> str | None:
    """What "at" and capitals name right after the meeting, if no list knows it: "at Katuna", "at the Maracana"."""
    if "at " not in scene.masked[trigger[1] : sentence[1]]:
        return None
    found = _AT_NAME.search(scene.text, scene.text_at(trigger[1]), scene.text_at(sentence[1]))
    if found is None or _CLAUSE.search(scene.text, scene.text_at(trigger[1]), found.start()):
        return None
    known = any(mention.start < found.end("name") and found.start("name") < mention.end for mention in scene.mentions)
    return None if known else found["name"]


def _with_city(scene: Scene, at: int, high: int) -> str:
    """The place and, where it is a building, the city it stands in: "Foreign Ministry, Budapest"."""
    mention = scene.by_at[at]
    written = scene.text[mention.start : mention.end]
    city = _IN_CITY.match(scene.masked, at + 1, high)
    if city is None or (mention.name.kind == "place" and not _WALLS.search(written)):
        return written
    other = scene.by_at[city.start("city")]
    return f"{written}, {city['the'] or ''}{scene.text[other.start : other.end]}"


def _is_place(scene: Scene, mention: Mention, found: re.Match[str]) -> bool:
    masked = scene.masked
    if scene.owns(mention.at) or _NO_PLACE_AFTER.match(masked[mention.at + 1 : mention.at + 24]):
        return False
    low, at = max(0, found.start() - 60), found.start()
    if found["at"] and masked[low:at].rstrip().endswith(O) and _OF_OFFICE.search(masked, low, at):
        return False
    if _OF_A_PERSON.match(masked, mention.at + 1):
        return False
    written = scene.text[mention.start : mention.end]
    if found["at"] in {"on", "On"} and not (_ISLAND.search(written) or _OF_ISLAND.match(masked, mention.at + 1)):
        return False
    if written.isupper() or _INITIALS.fullmatch(written):
        return mention.name.kind == "place" and masked[mention.at - 4 : mention.at] == "the "
    return mention.name.kind == "place" or (_WALLS.search(written) is not None and found["at"] is not None)
