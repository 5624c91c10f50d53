"""What differs between two editions: kept, changed, renamed, merged, new, gone, unmapped.

Nothing is matched by likeness. Where an unmapped criterion has the very words of a new one that
stands for nothing else, that is said as a hint and changes nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec

from domain.pricing import plan_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from domain.rulebook import Edition, Section
    from domain.rulebook_map import Counterparts

Status = Literal["kept", "changed", "renamed", "merged", "new", "gone", "unmapped"]
"""What became of something. `gone` is what a mapping says is gone."""

STATUSES: tuple[Status, ...] = (
    "kept", "changed", "renamed", "merged", "new", "gone", "unmapped"
)  # fmt: skip
NOT_COMPARED = frozenset({"id", "groups", "criteria", "sections"})
PARTS_OF_AN_EDITION = frozenset({"id", "edition", "sections"})


class Difference(msgspec.Struct, frozen=True):
    """One key that differs; None where an edition does not have it.

    Attributes:
        key: Its place in the file, such as `clauses[0].points`.
        old: Id of the part that `before` stands at, where several were merged.
    """

    key: str
    before: str | None
    after: str | None
    old: str | None = None


class Compared(msgspec.Struct, frozen=True):
    """A criterion, group or section of the old or the new edition, and what became of it."""

    status: Status
    old: tuple[str, ...]
    new: str | None
    differences: tuple[Difference, ...] = ()

    @property
    def id(self) -> str:
        """What it is called: by the new edition, if that has it."""
        return self.new or self.old[0]


class Hint(msgspec.Struct, frozen=True):
    """An unmapped criterion and a new one with the same words: a hint, nothing more."""

    old: str
    new: str


class Comparison(msgspec.Struct, frozen=True):
    """Two editions side by side; each list in the new edition's order, then what it lacks."""

    edition: tuple[Difference, ...]
    sections: tuple[Compared, ...]
    groups: tuple[Compared, ...]
    criteria: tuple[Compared, ...]
    hints: tuple[Hint, ...]

    def with_status(self, status: Status) -> tuple[Compared, ...]:
        """The criteria of which this became."""
        return tuple(one for one in self.criteria if one.status == status)


def compare(old: Edition, new: Edition, became: Counterparts) -> Comparison:
    """What differs between two editions, by what became of each id."""
    criteria = _compared(_criteria(old), _criteria(new), became.criteria, became.gone)
    return Comparison(
        edition=tuple(
            _differences(_values(old, PARTS_OF_AN_EDITION), _values(new, PARTS_OF_AN_EDITION))
        ),
        sections=_compared(_sections(old), _sections(new), became.sections, frozenset()),
        groups=_compared(_groups(old), _groups(new), became.groups, became.gone),
        criteria=criteria,
        hints=tuple(_hints(old, new, criteria)),
    )


Values = dict[str, object]


def _compared(
    old: Mapping[str, Callable[[], Values]],
    new: Mapping[str, Callable[[], Values]],
    became: Mapping[str, str],
    gone: frozenset[str],
) -> tuple[Compared, ...]:
    """Each part of both editions once; parts are made into plain values when they are needed."""
    before: dict[str, list[str]] = {}
    for one, target in became.items():
        before.setdefault(target, []).append(one)
    listed = []
    for one, values in new.items():
        those = before.get(one, [])
        differences = tuple(
            msgspec.structs.replace(each, old=each_old if len(those) > 1 else None)
            for each_old in those
            for each in _differences(old[each_old](), values())
        )
        listed.append(Compared(_status(those, one, differences), tuple(those), one, differences))
    left = [one for one in old if one not in became]
    listed += [Compared("gone" if one in gone else "unmapped", (one,), None) for one in left]
    return tuple(listed)


def _status(old: list[str], new: str, differences: tuple[Difference, ...]) -> Status:
    if not old:
        return "new"
    if len(old) > 1:
        return "merged"
    if old[0] != new:
        return "renamed"
    return "changed" if differences else "kept"


def _criteria(edition: Edition) -> dict[str, Callable[[], Values]]:
    """Every criterion with where it stands and, under `equal_share`, what it costs."""
    shares = edition.scoring.deduct == "equal_share"
    plan = plan_of(edition)

    def of(one: str) -> Callable[[], Values]:
        def values() -> Values:
            section, group, criterion = edition.placed[one]
            said = _values(criterion, NOT_COMPARED) | {"group": group.id, "section": section.id}
            return said | {"share": str(plan.show(plan.prices[one].whole))} if shares else said

        return values

    return {one: of(one) for one in edition.placed}


def _groups(edition: Edition) -> dict[str, Callable[[], Values]]:
    section_of = plan_of(edition).section_of

    def of(one: str) -> Callable[[], Values]:
        return lambda: _values(edition.groups[one], NOT_COMPARED) | {"section": section_of[one].id}

    return {one: of(one) for one in edition.groups}


def _sections(edition: Edition) -> dict[str, Callable[[], Values]]:
    def of(section: Section) -> Callable[[], Values]:
        return lambda: _values(section, NOT_COMPARED)

    return {one.id: of(one) for one in edition.sections}


def _values(part: msgspec.Struct, without: frozenset[str]) -> Values:
    """The keys of a part as plain values, those that are not written left out."""
    plain: Values = msgspec.to_builtins(part)
    return {key: value for key, value in plain.items() if key not in without}


def _differences(before: object, after: object, key: str = "") -> Iterator[Difference]:
    """Where two plain values differ, as deep as both have the same shape."""
    if before == after:
        return
    if isinstance(before, dict) and isinstance(after, dict) and not _is_text(before):
        for name in [*before, *(one for one in after if one not in before)]:
            inner = f"{key}.{name}" if key else str(name)
            yield from _differences(before.get(name), after.get(name), inner)
    elif isinstance(before, list | tuple) and isinstance(after, list | tuple):
        for n in range(max(len(before), len(after))):
            one, other = (each[n] if n < len(each) else None for each in (before, after))
            yield from _differences(one, other, f"{key}[{n}]")
    else:
        yield Difference(key, _said(before), _said(after))


def _is_text(value: dict[object, object]) -> bool:
    """Whether a value is one text in two languages."""
    return set(value) == {"zh", "en"}


def _said(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, dict) and _is_text(value):
        return f"{value['zh']} / {value['en']}"
    return msgspec.json.encode(value).decode()


def _hints(old: Edition, new: Edition, criteria: tuple[Compared, ...]) -> Iterator[Hint]:
    fresh = [one.id for one in criteria if one.status == "new"]
    for one in criteria:
        if one.status == "unmapped":
            words = old.criterion(one.id).text
            for other in fresh:
                text = new.criterion(other).text
                if text.zh == words.zh or text.en == words.en:
                    yield Hint(one.id, other)
