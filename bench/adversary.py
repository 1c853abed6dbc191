"""Scores the reader on passages written to trip it: every figure by part, and with --errors what was read wrongly.

    ./run bench adversary                      both parts
    ./run bench adversary tuning --errors      one part with its errors

`tests/data/adversary.json`: many regions, styles and grammars, each passage two to six sentences of this project's own
writing. The part "held out" was written after the rules of its day; at first sight its meetings had P 0.91, R 0.78, and
only then were rules mended by it too. "voices" are nine batches in the voices of wires, broadcasters, regional papers,
readouts, tabloids and courts, each read after the rules had been mended by those before it. At first sight their
meetings had P 0.93, 0.97, 0.90, 0.88, 0.94, 1.0, 0.93, 1.0, 0.95 and R 0.52, 0.69, 0.57, 0.67, 0.75, 0.79, 0.78, 0.67,
0.83. Whether a change is general, only passages written anew can tell.
A side, a day, a place or a status is a list of accepted forms (null: leaving it out is right); null for the whole list
says that it is not scored. `optional` are sides that are neither required nor wrong; `weak` are meetings that may be
found or not: of fewer than two who are named, acquaintances, gatherings.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path
from typing import Any

from bench.inprocess import read_line

Json = dict[str, Any]
PARTS = ("tuning", "held out", "voices")
PASSAGES = Path(__file__).resolve().parent.parent / "tests" / "data" / "adversary.json"


class Score:
    """What was right, found and wanted, and the errors as lines."""

    def __init__(self) -> None:
        """Nothing is counted yet."""
        self.counts: Counter[str] = Counter()
        self.errors: list[str] = []

    def wrong(self, *words: object) -> None:
        """Notes an error."""
        self.errors.append(" ".join(map(str, words)))

    def share(self, right: str, of: str) -> float:
        """A share, 0 to 1; 1 where there is nothing to share."""
        return self.counts[right] / self.counts[of] if self.counts[of] else 1.0

    def figures(self) -> dict[str, float]:
        """Every figure, 0 to 1."""
        return {
            "meetings_p": self.share("meetings", "meetings found"),
            "meetings_r": self.share("meetings", "meetings wanted"),
            "sides_p": self.share("sides", "sides found"),
            "sides_r": self.share("sides", "sides wanted"),
            "meeting_day": self.share("day", "day of"),
            "meeting_place": self.share("place", "place of"),
            "meeting_status": self.share("status", "status of"),
            "speaker_p": self.share("speakers", "speakers found"),
            "speaker_r": self.share("speakers", "speakers wanted"),
            "days_p": self.share("days", "days found"),
            "days_r": self.share("days", "days wanted"),
        }


def last(name: str) -> str:
    """The last word of a name in small letters."""
    return name.lower().split()[-1]


def is_side(name: str, forms: list[str]) -> bool:
    """Whether a name is one of the forms: the last word agrees, or one stands inside the other."""
    low = name.lower()
    return any(last(form) == last(name) or form.lower() in low or low in form.lower() for form in forms)


def sides(meeting: Json) -> list[Any]:
    """People and organisations of a meeting."""
    return [*meeting["people"], *meeting["organisations"]]


def accepted(value: str | None, forms: list[str | None]) -> bool:
    """Whether a day or place is one of the forms, or as precise a part of one."""
    return any(
        value == form or (value is not None and form is not None and (value in form or form in value)) for form in forms
    )


def score_meetings(article: Json, answer: Json, score: Score) -> None:
    """Pairs the meetings found with those wanted, each once, and counts."""
    found = [one for one in answer["meetings"] if len(sides(one)) > 1 and not _is_weak(one, article)]
    wanted = list(article["meetings"])
    score.counts["meetings found"] += len(found)
    score.counts["meetings wanted"] += len(wanted)
    pairs = sorted(
        (
            (-agree, not _day_fits(one, gold), i, j)
            for i, one in enumerate(found)
            for j, gold in enumerate(wanted)
            if (agree := _agreeing(one, gold)) >= 2 and _one_kind(one, gold)
        )
    )
    of_found: dict[int, int] = {}
    for *_, i, j in pairs:
        if i not in of_found and j not in of_found.values():
            of_found[i] = j
    for i, one in enumerate(found):
        if i in of_found:
            _fields(article["id"], one, wanted[of_found[i]], score)
        else:
            score.wrong("FALSE MEETING", article["id"], sides(one), one["day"], one["kind"], one["sentence"])
    for j, gold in enumerate(wanted):
        if j not in of_found.values():
            score.wrong("MISSED MEETING", article["id"], sides(gold))


def _is_weak(one: Json, article: Json) -> bool:
    """Whether a meeting found is none of those wanted, but one that may be found or not."""
    wanted = any(_agreeing(one, gold) >= 2 for gold in article["meetings"] if _one_kind(one, gold))
    return not wanted and any(_agreeing(one, weak) for weak in article.get("weak", ()))


def _one_kind(one: Json, gold: Json) -> bool:
    return bool((one["kind"] == "call") == (gold["kind"] == "call"))


def _agreeing(one: Json, gold: Json) -> int:
    return sum(any(is_side(name, forms) for name in sides(one)) for forms in sides(gold))


def _day_fits(one: Json, gold: Json) -> bool:
    return gold["days"] is None or accepted(one["day"], gold["days"])


def _fields(where: str, one: Json, gold: Json, score: Score) -> None:
    allowed = [*sides(gold), *gold["optional"]]
    extra = [name for name in sides(one) if not any(is_side(name, forms) for forms in allowed)]
    right = _agreeing(one, gold)
    score.counts.update({"meetings": 1, "sides": right, "sides found": right + len(extra)})
    score.counts["sides wanted"] += len(sides(gold))
    if extra or right < len(sides(gold)):
        score.wrong("SIDES", where, "wanted", sides(gold), "found", sides(one))
    for field, forms in (("day", gold["days"]), ("place", gold["places"]), ("status", gold["statuses"])):
        if forms is not None:
            score.counts[f"{field} of"] += 1
            score.counts[field] += accepted(one[field], forms)
            if not accepted(one[field], forms):
                score.wrong(field.upper(), where, "wanted", forms, "found", one[field], "|", one["sentence"])


def score_quotes(article: Json, answer: Json, score: Score) -> None:
    """Counts the quotations wanted whose speaker was told, and those told wrongly."""
    for gold in article["quotes"]:
        said = next((one for one in answer["quotes"] if one["words"].strip() == gold["words"]), None)
        who = said["speaker"] if said is not None and said["speaker_kind"] == "named" else None
        right = who is not None and any(is_side(who, [form]) for form in gold["speakers"])
        score.counts["speakers wanted"] += bool(gold["speakers"])
        score.counts["speakers found"] += who is not None
        score.counts["speakers"] += right
        if not right and (who or gold["speakers"]):
            score.wrong("SPEAKER", article["id"], "wanted", gold["speakers"], "found", who, "|", gold["words"])


def score_days(article: Json, answer: Json, score: Score) -> None:
    """Counts the days by words and value, where the passage has them."""
    if "days" not in article:
        return
    text = answer["text"]
    found = [(text[day["start"] : day["end"]], day["value"]) for day in answer["days"]]
    wanted = [(day["words"], day["value"]) for day in article["days"]]
    right = [
        next((one for one in found if one[1] == value and (words in one[0] or one[0] in words)), None)
        for words, value in wanted
    ]
    score.counts.update({"days found": len(found), "days wanted": len(wanted)})
    score.counts["days"] += sum(one is not None for one in right)
    if None in right or len(found) > len(wanted):
        score.wrong("DAYS", article["id"], "wanted", wanted, "found", found)


def scored(part: str, path: Path = PASSAGES) -> Score:
    """The score of one part of the passages."""
    score = Score()
    for article in json.loads(path.read_text(encoding="utf-8")):
        if article["part"] != part:
            continue
        line = {
            "id": article["id"],
            "text": "\n\n".join(article["paragraphs"]),
            "title": article["title"],
            "published": article["published"],
            "clean": True,
        }
        answer = read_line(line)
        score_meetings(article, answer, score)
        score_quotes(article, answer, score)
        score_days(article, answer, score)
    return score


def main() -> None:
    """Prints the figures, and the errors where they are asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", choices=(*PARTS, []), metavar="PART", help=" or ".join(PARTS))
    parser.add_argument("--errors", action="store_true", help="print what was read wrongly")
    asked = parser.parse_args()
    for part in asked.parts or PARTS:
        score = scored(part)
        print(f"{part}:")
        for figure, number in score.figures().items():
            print(f"  {figure:16} {number:6.3f}")
        if asked.errors:
            print(*sorted(score.errors), sep="\n")


if __name__ == "__main__":
    main()
