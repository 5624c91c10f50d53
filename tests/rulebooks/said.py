"""Editions and clauses in one line each, to be compared with what a reader of the list expects."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.checklists.numerals import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from domain.rulebook import Clause, Edition


def outline(edition: Edition) -> Iterator[str]:
    """Sections, groups, criteria and clauses: ids, points, units, Chinese texts."""
    for section in edition.sections:
        yield f"{section.id} {section.title.zh} {plain(section.total)}"
        for group in section.groups:
            sign = "+" if group.bonus else ""
            yield f"  {group.id} {group.title.zh} {sign}{plain(group.cap)}"
            for one in group.criteria:
                cap = f" <= {plain(one.cap)}" if one.cap is not None else ""
                veto = " VETO" if one.veto else ""
                yield f"    {one.id} {one.text.zh}{cap}{veto}"
                for clause in one.clauses:
                    yield f"      {price(clause)}: {clause.text.zh}"


def price(clause: Clause) -> str:
    """`0.5 place`, `empties group`, `0.5 缺一份 from 2: 2` and their like; `?` marks a doubt."""
    words = [f"empties {clause.empties}" if clause.empties else plain(clause.points), clause.per]
    words += [f"from {step.first}: {plain(step.points)}" for step in clause.steps]
    words += [f"free {clause.free}"] if clause.free else []
    words += ["VETO"] if clause.veto else []
    words += ["?"] if clause.reading else []
    return " ".join(words)
