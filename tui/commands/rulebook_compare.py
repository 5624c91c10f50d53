"""`forecourt rulebook compare OLD NEW`: what differs between two editions."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from domain.comparison import STATUSES, compare
from domain.register.rulebook_files import BrokenFile, read_map_file
from domain.register.shelf import load_rulebooks
from domain.rulebook_map import counterparts
from domain.text import Text
from tui.commands.editions import NAMED, edition_called, name_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from domain.comparison import Compared, Comparison, Difference, Status
    from domain.rulebook import Edition
    from domain.text import Lang

WHAT: dict[Status, Text] = {
    "kept": Text(zh="未变", en="kept"),
    "changed": Text(zh="有改动", en="changed"),
    "renamed": Text(zh="改编号", en="renamed"),
    "merged": Text(zh="合并", en="merged"),
    "new": Text(zh="新增", en="new"),
    "gone": Text(zh="取消", en="gone"),
    "unmapped": Text(zh="去向未定", en="unmapped"),
}


def add_parser(actions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `compare` to the actions of `rulebook`."""
    parser = actions.add_parser("compare", help="两个版本有何不同 / what differs")
    parser.add_argument("old", metavar="OLD", help=f"旧版 / the old edition: {NAMED}")
    parser.add_argument("new", metavar="NEW", help="新版 / the new edition")
    add_map(parser)
    parser.add_argument("--json", action="store_true", help="JSON")


def add_map(parser: argparse.ArgumentParser) -> None:
    """Add `--map`."""
    parser.add_argument(
        "--map", type=Path, metavar="FILE", help="编号对照表（YAML）/ what became of old ids"
    )


def run(args: argparse.Namespace, lang: Lang) -> int:
    """Print the comparison; 1 when the mapping file is not right."""
    rulebooks = load_rulebooks()
    old, new = (edition_called(word, rulebooks) for word in (args.old, args.new))
    try:
        became = counterparts(old, new, read_map_file(args.map, old, new))
    except BrokenFile as broken:
        return tell_problems(broken, lang)
    comparison = compare(old, new, became)
    if args.json:
        told = _json(old, new, comparison)
        print(msgspec.json.format(msgspec.json.encode(told), indent=2).decode())
    else:
        print("\n".join(listing(old, new, comparison, lang)))
    return 0


def tell_problems(broken: BrokenFile, lang: Lang) -> int:
    """Print every problem of a file, one a line."""
    for problem in broken.problems:
        print(problem.sentence(lang), file=sys.stderr)
    return 1


def _json(old: Edition, new: Edition, comparison: Comparison) -> dict[str, object]:
    plain: dict[str, object] = msgspec.to_builtins(comparison)
    counts = {one: len(comparison.with_status(one)) for one in STATUSES}
    return {"old": name_of(old), "new": name_of(new), "counts": counts, **plain}


def listing(old: Edition, new: Edition, comparison: Comparison, lang: Lang) -> Iterator[str]:
    """The comparison as lines for a terminal."""
    yield f"{name_of(old)} → {name_of(new)}"
    counts = [f"{WHAT[one].in_(lang)} {len(comparison.with_status(one))}" for one in STATUSES]
    yield Text(zh="检查标准条：", en="Criteria: ").in_(lang) + " · ".join(counts)
    if comparison.edition:
        yield ""
        yield Text(zh="整个版本", en="The edition").in_(lang)
        yield from _differences(comparison.edition)
    for title, parts in (
        (Text(zh="项目", en="Sections"), comparison.sections),
        (Text(zh="分项", en="Groups"), comparison.groups),
        (Text(zh="检查标准条", en="Criteria"), comparison.criteria),
    ):
        yield from _parts(title.in_(lang), parts, lang)
    if comparison.hints:
        yield ""
        yield Text(
            zh="提示（文字相同而编号不同，未据此对应）",
            en="Hints (the same words under another id; nothing was matched by them)",
        ).in_(lang)
        yield from (f"  {hint.old} ≟ {hint.new}" for hint in comparison.hints)


def _parts(title: str, parts: Sequence[Compared], lang: Lang) -> Iterator[str]:
    """Everything but what is kept, by what became of it."""
    for status in STATUSES[1:]:
        those = [one for one in parts if one.status == status]
        if those:
            yield ""
            yield f"{title}: {WHAT[status].in_(lang)} {len(those)}"
        for one in those:
            moved = one.new and one.old and one.old != (one.new,)
            yield f"  {' + '.join(one.old)} → {one.new}" if moved else f"  {one.id}"
            yield from _differences(one.differences)


def _differences(differences: Sequence[Difference]) -> Iterator[str]:
    for one in differences:
        of = f"({one.old}) " if one.old else ""
        yield f"      {of}{one.key}: {_said(one.before)} → {_said(one.after)}"


def _said(value: str | None) -> str:
    return "—" if value is None else value
