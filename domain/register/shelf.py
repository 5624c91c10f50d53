"""The shelf: the folder of rulebooks on disk. The only place where rulebooks are read.

Rulebooks lie beside the packages, in a checkout as in an installation, so the default folder is
found without a setting.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from domain.calendar import Calendars
from domain.checking import CASES, LIMITS, YEARS, Shelf, check_shelf, sort_of
from domain.loading import LARGEST_FILE
from domain.refusals import Refusal
from domain.rulebook import Rulebooks
from domain.text import Text
from domain.working_days import WorkingDays

RULEBOOKS = Path(__file__).resolve().parents[2] / "rulebooks"
"""The rulebooks that come with Forecourt."""

OWN = ("calendar.yaml", YEARS, LIMITS)
"""What a data folder may hold: a company's own duties, years not published yet, limits of signs."""

Contents = tuple[tuple[str, bytes], ...]
"""What files hold, by name."""


class BrokenRulebooks(Refusal):
    """A rulebook on the shelf contradicts itself or cannot be read."""

    code = "broken-rulebooks"
    status = 500


class NoRulebooks(Refusal):
    """There is no rulebook at the path."""

    code = "no-rulebooks"
    status = 500


def load_rulebooks(folder: Path | None = None, own: Path | None = None) -> Rulebooks:
    """Every edition and calendar below a folder, the one that comes with Forecourt by default.

    Args:
        own: A data folder: its `calendar.yaml`, `working_days.yaml` and `presence.yaml`, where
            it has them, go beside those of the folder.

    Raises `NoRulebooks` when there is none and `BrokenRulebooks` when one is not right: a receiver
    that scored by half a rulebook would be worse than none. Worked cases are not run here.
    """
    beside = [own / name for name in OWN if (own / name).is_file()] if own else []
    shelf = _checked(_contents([folder or RULEBOOKS, *beside], cases=False))
    if shelf.problems:
        first, more = shelf.problems[0], len(shelf.problems) - 1
        at = next((file for file in beside if str(file) == first.file), folder or RULEBOOKS)
        raise BrokenRulebooks(
            Text(
                zh=f"检查细则有误：{first.sentence('zh')}",
                en=f"A rulebook is not right: {first.sentence('en')}",
            ),
            remedy=Text(
                zh=f"另有 {more} 处；请运行 forecourt rulebook check {at}。",
                en=f"{more} more; run forecourt rulebook check {at}.",
            ),
        )
    calendars = Calendars(shelf.calendars)
    days = WorkingDays(shelf.years)
    return Rulebooks(shelf.editions, calendars=calendars, working_days=days, limits=shelf.limits)


def read_shelf(paths: list[Path], *, cases: bool = True) -> Shelf:
    """All rulebook files at or below the paths, checked; with their worked cases if asked.

    Raises `NoRulebooks` when there are none or one cannot be opened.
    """
    return check_shelf(dict(_contents(paths, cases=cases)))


@lru_cache(maxsize=4)
def _checked(contents: Contents) -> Shelf:
    """The shelf of files that were read, once a process for the same ones."""
    return check_shelf(dict(contents))


def _contents(paths: list[Path], *, cases: bool) -> Contents:
    """The files at or below the paths, in order."""
    files = sorted({file for path in paths for file in _files(path)})
    kept = [file for file in files if cases or file.name != CASES]
    if not kept:
        raise _no_rulebooks(paths)
    return tuple((str(file), _content(file)) for file in kept)


def _files(path: Path) -> list[Path]:
    """The files that a path stands for; with worked cases beside it or a calendar, its folder."""
    if path.is_dir():
        found = [*path.rglob("*.yaml"), *path.rglob("*.yml")]
        return [file for file in found if file.is_file()]
    if path.exists() and (
        (path.parent / CASES).exists() or sort_of(path.name) in {"calendar", "years", "limits"}
    ):
        return _files(path.parent)
    return [path]


def _content(file: Path) -> bytes:
    """The file's bytes, one more than allowed at most: enough to know that it is too large."""
    try:
        with file.open("rb") as stream:
            return stream.read(LARGEST_FILE + 1)
    except OSError:
        raise _no_rulebooks([file]) from None


def _no_rulebooks(paths: list[Path]) -> NoRulebooks:
    names = ", ".join(map(str, paths))
    return NoRulebooks(
        Text(zh=f"没有找到检查细则文件：{names}。", en=f"No rulebook files at {names}."),
        remedy=Text(
            zh="请给出 .yaml 文件或其所在文件夹。",
            en="Name a .yaml file, or the folder that holds it.",
        ),
    )
