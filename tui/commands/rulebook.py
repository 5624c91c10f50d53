"""`forecourt rulebook check PATH…`, `show ID`: rulebooks for those who write them.

The other actions lie in files of their own (`FURTHER`).
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import msgspec

from domain.pricing import plan_of
from domain.refusals import Refusal
from domain.register.shelf import load_rulebooks, read_shelf
from domain.text import Text
from tui.commands import (
    rulebook_compare,
    rulebook_export,
    rulebook_import,
    rulebook_schema,
    rulebook_simulate,
)

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Mapping

    from domain.rulebook import Edition, Group, Placed
    from domain.text import Lang


class Action(Protocol):
    """A module that adds an action to `rulebook` and carries it out."""

    def add_parser(self, actions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None: ...
    def run(self, args: argparse.Namespace, lang: Lang, /) -> int: ...


FURTHER: Mapping[str, Action] = {
    "compare": rulebook_compare,
    "simulate": rulebook_simulate,
    "import": rulebook_import,
    "export": rulebook_export,
    "schema": rulebook_schema,
}
"""Actions by their names."""
SEVERITIES = {
    "minor": Text(zh="一般", en="minor"),
    "major": Text(zh="较重", en="major"),
    "critical": Text(zh="严重", en="critical"),
}
DEDUCTIONS = {
    "equal_share": Text(
        zh="分项标准分由各条均分，每条只扣一次",
        en="criteria share their group's points equally, each charged once",
    ),
    "by_clause": Text(zh="按扣分条款乘以次数", en="points of the clause times the count"),
}
LEFT_OUT = {
    "rescale": Text(zh="不计分，总分按比例折算", en="left out, the total is scaled"),
    "forbidden": Text(zh="不允许", en="not allowed"),
    "full": Text(zh="按做到计分", en="counts as in conformity"),
    "zero": Text(zh="按没有做到计分", en="counts as not met"),
}


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `rulebook` and its actions to the command line."""
    parser = subparsers.add_parser(
        "rulebook", help="检查细则：校验、查看、导入、导出 / check, show, import, export rulebooks"
    )
    actions = parser.add_subparsers(dest="rulebook_action", required=True)
    check = actions.add_parser(
        "check", help="校验细则文件并运行算例 / check files and run their worked cases"
    )
    check.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    show = actions.add_parser("show", help="查看一份细则 / print an edition")
    show.add_argument("rulebook", metavar="ID", help="petrochina-shandong-2012/video …")
    show.add_argument("--edition", help="版本，默认最新 / which one, by default the newest")
    show.add_argument("--json", action="store_true", help="JSON")
    for further in FURTHER.values():
        further.add_parser(actions)


def run(args: argparse.Namespace, lang: Lang) -> int:
    """Do what was asked: 0 done, 1 the answer is no, 2 the call was wrong."""
    try:
        if args.rulebook_action == "check":
            return check(args.paths, lang)
        if args.rulebook_action in FURTHER:
            return FURTHER[args.rulebook_action].run(args, lang)
        return show(args.rulebook, args.edition, lang, as_json=args.json)
    except Refusal as no:
        print(no.sentence(lang), file=sys.stderr)
        return 2


def check(paths: list[Path], lang: Lang) -> int:
    """Print every problem below the paths, one a line; 1 when there is one."""
    shelf = read_shelf(paths)
    for problem in shelf.problems:
        print(problem.sentence(lang))
    editions, cases, problems = len(shelf.editions), shelf.cases, len(shelf.problems)
    duties = sum(len(one.obligations) for one in shelf.calendars)
    also = Text(zh="", en="")
    if shelf.calendars:
        also = Text(zh=f"、日历中 {duties} 项任务", en=f", {duties} obligations in calendars")
    if problems:
        said = Text(zh=f"共有 {problems} 处问题。", en=f"Problems: {problems}.")
    else:
        said = Text(
            zh=f"{editions} 个版本、{cases} 个算例{also.zh}，全部正确。",
            en=f"All right: {editions} editions, {cases} worked cases{also.en}.",
        )
    print(said.in_(lang), file=sys.stderr)
    return 1 if problems else 0


def show(rulebook: str, edition: str | None, lang: Lang, *, as_json: bool) -> int:
    """Print one edition, the newest by default, as a listing or as JSON."""
    rulebooks = load_rulebooks()
    shown = rulebooks.edition(rulebook, edition) if edition else rulebooks.editions(rulebook)[-1]
    if as_json:
        print(msgspec.json.format(msgspec.json.encode(shown), indent=2).decode())
    else:
        print("\n".join(listing(shown, lang)))
    return 0


def listing(edition: Edition, lang: Lang) -> Iterator[str]:
    """The edition as lines for a terminal."""
    yield from _head(edition, lang)
    for section in edition.sections:
        yield ""
        yield (
            f"{section.id}  {section.title.in_(lang)}  {_points(section.total, lang)}"
            f"  ({section.owner.in_(lang)})"
        )
        yield from _note(section.note, 2, lang)
        for group in section.groups:
            yield from _group(edition, group, lang)


def _head(edition: Edition, lang: Lang) -> Iterator[str]:
    until = edition.in_force.last or ("" if lang == "en" else "今")
    yield f"{edition.title.in_(lang)}  {_points(edition.total, lang)}"
    yield f"{edition.id}  {edition.edition}  {edition.in_force.first} – {until}".rstrip()
    yield f"{edition.source.document}  {edition.source.part.in_(lang)}"
    scoring = edition.scoring
    deducted = Text(zh="扣分", en="Deductions").in_(lang)
    yield f"{deducted}: {DEDUCTIONS[scoring.deduct].in_(lang)}"
    left_out = Text(zh="不适用", en="Not applicable").in_(lang)
    yield f"{left_out}: {LEFT_OUT[scoring.not_applicable].in_(lang)}"
    if edition.incomplete_because:
        incomplete = Text(zh="不完整", en="Incomplete").in_(lang)
        yield f"{incomplete}: {edition.incomplete_because.in_(lang)}"
    yield from _note(edition.note, 0, lang)


def _group(edition: Edition, group: Group, lang: Lang) -> Iterator[str]:
    yield f"  {group.id}  {group.title.in_(lang)}  {_points(group.cap, lang)}"
    yield from _note(group.note, 4, lang)
    for criterion in group.criteria:
        yield from _criterion(edition, edition.placed[criterion.id], lang)


def _criterion(edition: Edition, placed: Placed, lang: Lang) -> Iterator[str]:
    criterion = placed.criterion
    plan = plan_of(edition)
    price = ""
    if edition.scoring.deduct == "equal_share":
        price = f"  -{plan.show(plan.prices[criterion.id].whole)}"
    severity = SEVERITIES[placed.severity].in_(lang)
    yield f"    {criterion.id:<7} {criterion.text.in_(lang)}{price}  [{severity}]"
    for n, clause in enumerate(criterion.clauses):
        unit = edition.counted_by(clause.per).in_(lang)
        yield f"{'':12}{n}: {clause.text.in_(lang)}  -{clause.points} {unit}"
    for fact in criterion.facts:
        yield f"{'':12}· {fact.in_(lang)}"
    yield from _note(criterion.note, 12, lang)


def _note(note: Text | None, indent: int, lang: Lang) -> Iterator[str]:
    if note:
        yield f"{'':{indent}}{Text(zh='注', en='Note').in_(lang)}: {note.in_(lang)}"


def _points(points: object, lang: Lang) -> str:
    return Text(zh=f"{points} 分", en=f"{points} points").in_(lang)
