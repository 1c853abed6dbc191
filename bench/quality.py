"""What the reader and the cleaner reach, next to the floors below which no change may go (tests/quality/floors.json).

    ./run quality                     the table: figure, now, floor
    ./run quality quotes meetings     some sets only
    ./run quality --gate              exit status 1 where a figure is below its floor
    ./run quality --raise             writes what is reached now as the new floors; none is ever lowered by it

The own set (tests/data/wire.json, a dozen short articles written for it) is always scored. The larger development sets
and their scorers are not part of this project; they are scored where they lie in `../shared/gold` beside it.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.inprocess import read_line
from bench.own_set import score_own

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parent.parent
FLOORS = ROOT / "tests" / "quality" / "floors.json"
GOLD = ROOT.parent / "shared" / "gold"

READING = ("quotes", "meetings", "days", "names", "brief")
CLEANING = ("pages", "segments")
SETS = ("own", *READING, *CLEANING)

Figures = dict[str, float]


def module_at(path: Path) -> Any:  # noqa: ANN401 - a script outside this project
    """The module that the script at the path is."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = module
    spec.loader.exec_module(module)
    return module


def reading_figures(name: str) -> Figures:
    """The figures of one development set, scored by its own scorer in this process."""
    score = module_at(GOLD / "score.py")
    articles = score.load(name, GOLD)
    pairs = [(article, read_line({key: article[key] for key in score.INPUT})) for article in articles]
    altered = sum(answer["text"] != article["text"] for article, answer in pairs)
    _, figures = score.SCORERS[name](pairs, score.Errors(0))
    return {**{key: float(number) for key, number in figures.items()}, "read": 1 - altered / len(pairs)}


def cleaning_figures(name: str) -> Figures:
    """The figures of one set of web pages; a page that is refused counts as an empty answer."""
    score = module_at(GOLD / "score_pages.py")
    pages = score.load(name)
    answers = {page["id"]: cleaned(page) for page in pages}
    scorer: Callable[..., Figures] = score.score_pages if name == "pages" else score.score_segments
    return {key: float(number) for key, number in scorer(pages, answers).items()}


def cleaned(page: dict[str, Any]) -> dict[str, Any]:
    """What the cleaner makes of a page; nothing where it refuses it."""
    try:
        return read_line({"id": page["id"], "html": page["html"], "url": page.get("url")})
    except ValueError:
        return {}


def figures_of(name: str) -> Figures | None:
    """The figures of a set by name, None where its data is not at hand."""
    if name == "own":
        return score_own(ROOT / "tests" / "data" / "wire.json", read_line)
    if not GOLD.is_dir():
        return None
    return reading_figures(name) if name in READING else cleaning_figures(name)


def floors() -> dict[str, float]:
    """The floors by "set.figure"."""
    found: dict[str, float] = json.loads(FLOORS.read_text(encoding="utf-8"))
    return found


def below(name: str, figures: Figures) -> list[str]:
    """The figures of a set that are below their floors, each as a line."""
    least = {key: floor for key, floor in floors().items() if key.partition(".")[0] == name}
    return [
        f"{key} is {figures.get(key.partition('.')[2], 0):.3f}, its floor is {floor:.3f}"
        for key, floor in least.items()
        if figures.get(key.partition(".")[2], 0) < floor - 5e-4
    ]


def raised(name: str, figures: Figures) -> dict[str, float]:
    """The floors of a set with those raised that the figures exceed, at three digits; new figures are not added."""
    return {
        key: max(floor, int(figures.get(key.partition(".")[2], 0) * 1000) / 1000)
        for key, floor in floors().items()
        if key.partition(".")[0] == name
    }


def show(name: str, figures: Figures) -> None:
    least = floors()
    for figure, number in figures.items():
        floor = least.get(f"{name}.{figure}")
        if floor is not None:
            verdict = "   BELOW" if number < floor - 5e-4 else ""
            print(f"  {name + '.' + figure:28} {number:7.3f}   floor {floor:.3f}{verdict}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="*", metavar="SET", help=" ".join(SETS))
    parser.add_argument("--gate", action="store_true", help="exit with 1 where a figure is below its floor")
    parser.add_argument("--raise", dest="lift", action="store_true", help="raise the floors to what is reached")
    asked = parser.parse_args()
    if unknown := set(asked.sets) - set(SETS):
        parser.error(f"unknown set {', '.join(sorted(unknown))}; there are {' '.join(SETS)}")
    missed: list[str] = []
    lifted = floors()
    for name in asked.sets or SETS:
        figures = figures_of(name)
        if figures is None:
            print(f"  {name + ':':28} not scored, {GOLD} is not there")
            continue
        show(name, figures)
        missed += below(name, figures)
        lifted |= raised(name, figures)
    if asked.lift:
        FLOORS.write_text(json.dumps(lifted, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    print(*missed, sep="\n", end="\n" if missed else "")
    return int(bool(missed) and asked.gate)


if __name__ == "__main__":
    sys.exit(main())
