"""What became of the ids of an older edition: as the ids themselves say, and as a mapping says.

An id that both editions have stands for the same thing. Whatever else went where is written in a
mapping file; what nobody wrote down is listed as unmapped and never guessed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec

from domain.loading import Document, read_as
from domain.shape import Place, Slip
from domain.text import Text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from domain.rulebook import Edition


class RulebookMap(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A mapping as people write it.

    Attributes:
        renamed: New id by old id, of criteria and groups.
        merged: Old ids by the new id that they went into.
        gone: Old ids that nothing stands for any more.
        sections: New section id by old section id.
        clauses: By old criterion id: new clause by old clause, both counted from 0.
    """

    renamed: dict[str, str] = {}
    merged: dict[str, tuple[str, ...]] = {}
    gone: tuple[str, ...] = ()
    sections: dict[str, str] = {}
    clauses: dict[str, dict[str, int]] = {}


class Counterparts(NamedTuple):
    """What each old id became; an old id that is in none of these is unmapped.

    Attributes:
        criteria: New criterion by old criterion; several old ones may have become one.
        clauses: What the mapping says of clauses, by old criterion.
    """

    criteria: dict[str, str]
    groups: dict[str, str]
    sections: dict[str, str]
    gone: frozenset[str]
    clauses: dict[str, dict[int, int]]


NOTHING_WRITTEN = RulebookMap()


def read_map(document: Document, old: Edition, new: Edition) -> RulebookMap | None:
    """The mapping in a file, or None with everything wrong in it among the file's `problems`."""
    written = read_as(document, RulebookMap)
    if written is None:
        return None
    for slip in _slips(written, old, new):
        document.report(slip)
    return None if document.problems else written


def counterparts(
    old: Edition, new: Edition, written: RulebookMap = NOTHING_WRITTEN
) -> Counterparts:
    """What became of every id: as written, else the same id where nothing else claims it."""
    went = dict(written.renamed)
    went |= {each: target for target, those in written.merged.items() for each in those}
    claimed = frozenset(went.values())

    def became(mine: Collection[str], theirs: Collection[str]) -> dict[str, str]:
        free = {one: one for one in mine if one not in claimed and one not in written.gone}
        whither = free | went
        return {one: whither[one] for one in mine if one in whither and whither[one] in theirs}

    sections = {one.id for one in new.sections}
    taken = set(written.sections.values())
    return Counterparts(
        criteria=became(old.placed, new.placed),
        groups=became(old.groups, new.groups),
        sections={
            one.id: written.sections.get(one.id, one.id)
            for one in old.sections
            if one.id in written.sections or (one.id in sections and one.id not in taken)
        },
        gone=frozenset(written.gone),
        clauses={
            one: {int(before): after for before, after in those.items()}
            for one, those in written.clauses.items()
        },
    )


def _slips(written: RulebookMap, old: Edition, new: Edition) -> Iterator[Slip]:
    """Everything in which a mapping does not fit the two editions."""
    moved: list[tuple[Place, str, str]]
    moved = [(("renamed", one), one, target) for one, target in written.renamed.items()]
    for target, those in written.merged.items():
        moved += [(("merged", target, n), one, target) for n, one in enumerate(those)]
    told: set[str] = set()
    for place, one, target in moved:
        yield from _known(one, old, place)
        yield from _known(target, new, place[:2])
        if _mismatched(one, target, old, new):
            yield _of_two_kinds(place, one, target)
        yield from _once(one, told, place)
    for n, one in enumerate(written.gone):
        yield from _known(one, old, ("gone", n))
        yield from _once(one, told, ("gone", n))
    targets = set(written.merged)
    for one, target in written.renamed.items():
        if target in targets:
            yield _two_became_one(("renamed", one), target)
        targets.add(target)
    yield from _section_slips(written.sections, old, new)
    if not any(_unknown(one, old) for _, one, _ in moved):
        yield from _clause_slips(written, old, new)


def _mismatched(one: str, target: str, old: Edition, new: Edition) -> bool:
    """Whether a criterion would become a group or the other way round."""
    if _unknown(one, old) or _unknown(target, new):
        return False
    return (one in old.placed) != (target in new.placed)


def _unknown(one: str, edition: Edition) -> bool:
    return one not in edition.placed and one not in edition.groups


def _known(one: str, edition: Edition, place: Place) -> Iterator[Slip]:
    if _unknown(one, edition):
        yield _no_such(place, one, edition)


def _once(one: str, told: set[str], place: Place) -> Iterator[Slip]:
    if one in told:
        yield Slip(
            place,
            Text(zh=f"“{one:.40}”写了两个去向。", en=f'"{one:.40}" is mapped twice.'),
            Text(zh="每个旧编号只写一次。", en="Map each old id once."),
        )
    told.add(one)


def _section_slips(sections: dict[str, str], old: Edition, new: Edition) -> Iterator[Slip]:
    before, after = ({one.id for one in edition.sections} for edition in (old, new))
    seen: set[str] = set()
    for one, target in sections.items():
        place = ("sections", one)
        if one not in before:
            yield _no_such(place, one, old)
        if target not in after:
            yield _no_such(place, target, new)
        if target in seen:
            yield Slip(
                place,
                Text(
                    zh=f"两个项目都对应“{target:.40}”。", en=f'Two sections become "{target:.40}".'
                ),
                Text(zh="每个新项目只写一次。", en="Name each new section once."),
            )
        seen.add(target)


def _clause_slips(written: RulebookMap, old: Edition, new: Edition) -> Iterator[Slip]:
    became = counterparts(old, new, msgspec.structs.replace(written, clauses={})).criteria
    for one, those in written.clauses.items():
        place = ("clauses", one)
        if one not in old.placed:
            yield _no_such(place, one, old)
        elif one not in became:
            yield Slip(
                place,
                Text(zh=f"“{one}”在新版中没有对应条目。", en=f'"{one}" became nothing.'),
                Text(zh="请先写它的去向（renamed 或 merged）。", en="Say what it became first."),
            )
        else:
            pair = (clause_count(old, one), clause_count(new, became[one]))
            for before, after in those.items():
                if not before.isdecimal() or int(before) >= pair[0] or not 0 <= after < pair[1]:
                    yield _no_clause((*place, before), before, after, pair)


def clause_count(edition: Edition, criterion: str) -> int:
    """How many clauses a criterion has; under `equal_share` the one that is not written."""
    if edition.scoring.deduct == "equal_share":
        return 1
    return len(edition.criterion(criterion).clauses)


def _no_such(place: Place, one: str, edition: Edition) -> Slip:
    return Slip(
        place,
        Text(
            zh=f"“{edition.id}”{edition.edition} 版中没有“{one:.40}”。",
            en=f'Edition {edition.edition} of "{edition.id}" has no "{one:.40}".',
        ),
        Text(
            zh="旧编号查旧版，新编号查新版：forecourt rulebook show。",
            en="Look old ids up in the old edition and new ones in the new: "
            "forecourt rulebook show.",
        ),
    )


def _of_two_kinds(place: Place, one: str, target: str) -> Slip:
    return Slip(
        place,
        Text(
            zh=f"“{one}”与“{target}”一个是条目、一个是分项。",
            en=f'Of "{one}" and "{target}" one is a criterion and one a group.',
        ),
        Text(zh="条目只能对应条目，分项只能对应分项。", en="Map like to like."),
    )


def _two_became_one(place: Place, target: str) -> Slip:
    return Slip(
        place,
        Text(zh=f"有多个旧编号对应“{target}”。", en=f'More than one old id becomes "{target}".'),
        Text(
            zh=f"请写在 merged 下：{target}: [旧编号, 旧编号]。",
            en=f"Write them under merged: {target}: [old, old].",
        ),
    )


def _no_clause(place: Place, before: str, after: int, counts: tuple[int, int]) -> Slip:
    return Slip(
        place,
        Text(
            zh=f"没有扣分条款 {before:.10} → {after}。",
            en=f"No such clauses: {before:.10} → {after}.",
        ),
        Text(
            zh=f"条款从 0 数起：旧条目有 {counts[0]} 款，新条目有 {counts[1]} 款。",
            en=f"Clauses count from 0: the old criterion has {counts[0]}, the new one {counts[1]}.",
        ),
    )
