"""Derives every draw again from the journal alone, and names the first thing that does not fit.

Reads entries as they are stored: their seals, and the row images in their bodies. The tables are
not asked, so a journal on a stick is enough.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, Literal

import msgspec

from domain.draw_steps import (
    PUBLIC_VALUE,
    Draw,
    DrawState,
    Replaced,
    announced_of,
    commitment,
    day_of,
    draw_id,
    next_in_order,
)
from domain.drawing import DrawnStratum, FrozenList, Stratum, draw, mixed
from domain.journal import GENESIS, Break, Entry, first_broken
from domain.months import Months

Trouble = Literal[
    "announced twice",
    "out of turn",
    "rule",
    "list",
    "seed",
    "public value",
    "result",
    "replacement",
    "missing reveal",
    "cannot be read",
]
Row = Mapping[str, Any]
StationsOf = dict[str, tuple[int, date | None]]


class CheckedDraw(msgspec.Struct, frozen=True):
    """A draw as the journal has it; `trouble` and its entry `seq` where something does not fit."""

    id: str
    state: DrawState
    seq: int
    trouble: Trouble | None = None


class CheckedDraws(msgspec.Struct, frozen=True):
    """What checking found; `list_unchecked` names draws older than bodies that were removed."""

    broken: Break | None
    draws: tuple[CheckedDraw, ...]
    list_unchecked: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether everything fits."""
        return self.broken is None and all(one.trouble is None for one in self.draws)


class _Trouble(Exception):
    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble)
        self.trouble = trouble


class _Body(msgspec.Struct):
    rows: list[tuple[str, dict[str, Any]]]


def check_draws(entries: Iterable[Entry], today: date) -> CheckedDraws:
    """Check all draws of a journal.

    Args:
        entries: The whole journal, in order, with the bodies that are kept.
        today: A draw whose period is over and whose seed was not revealed misses its reveal.
    """
    checker = _Checker()
    for entry in entries:
        checker.take(entry)
    return checker.answer(today)


class _Checker:
    """What the journal has said so far."""

    def __init__(self) -> None:
        self.broken: Break | None = None
        self.draws: dict[str, Draw] = {}
        self.steps: dict[str, int] = {}
        self.troubles: dict[str, tuple[int, Trouble]] = {}
        self.places: dict[str, dict[str, Any]] = {}
        self.seen: dict[tuple[str, str], date] = {}
        self.whole = True
        self.unchecked: list[str] = []
        self._prev, self._seq = GENESIS, 1
        self._takes: dict[str, Callable[[Entry, Row], None]] = {
            "draw": self._announced,
            "draw_list": self._frozen,
            "draw_result": self._revealed,
            "draw_replacement": self._replaced,
        }

    def take(self, entry: Entry) -> None:
        """Hold an entry against its seal and against what came before."""
        self.broken = self.broken or first_broken([entry], prev=self._prev, seq=self._seq)
        self._prev, self._seq = entry.seal, entry.header.seq + 1
        about_draw = entry.header.action.startswith("draw.")
        if entry.body is None:
            self.whole = False
            if about_draw:
                self._note(entry, "cannot be read")
            return
        try:
            rows = msgspec.json.decode(entry.body, type=_Body).rows
            for table, row in rows:
                self._take_row(entry, table, row)
        except (msgspec.MsgspecError, KeyError, ValueError, TypeError, UnicodeError):
            self.whole = False
            if about_draw:
                self._note(entry, "cannot be read")
        except _Trouble as found:
            self._note(entry, found.trouble)

    def _take_row(self, entry: Entry, table: str, row: dict[str, Any]) -> None:
        if table in self._takes:
            self.steps[entry.header.subject] = entry.header.seq
            self._takes[table](entry, row)
        elif table == "place":
            self.places.setdefault(row["id"], {}).update(row)
        elif table == "inspection":
            self.seen[row["station"], row["kind"]] = max(
                day_of(row["received_at"]),
                self.seen.get((row["station"], row["kind"]), date.min),
            )

    def _note(self, entry: Entry, trouble: Trouble) -> None:
        self.troubles.setdefault(entry.header.subject, (entry.header.seq, trouble))

    def _announced(self, _: Entry, row: Row) -> None:
        announced = announced_of(row)
        colliding = any(announced.collides(each.announced) for each in self.draws.values())
        self.draws.setdefault(announced.id, Draw(announced))
        if colliding:
            raise _Trouble("announced twice")
        named = draw_id(announced.duty, announced.place, announced.period)
        if announced.id != named or not announced.rule.fits():
            raise _Trouble("rule")

    def _before(self, row: Row) -> Draw:
        known = self.draws.get(row["draw"])
        if known is None:
            raise _Trouble("out of turn")
        return known

    def _frozen(self, entry: Entry, row: Row) -> None:
        known = self._before(row)
        if known.frozen is not None:
            raise _Trouble("out of turn")
        frozen = msgspec.json.decode(row["frozen"], type=FrozenList)
        self.draws[row["draw"]] = msgspec.structs.replace(
            known, frozen=frozen, freezing_seal=entry.seal, frozen_at=row["frozen_at"]
        )
        announced = known.announced
        if frozen.rule != announced.rule:
            raise _Trouble("rule")
        if announced.public_on is not None and day_of(entry.header.at) >= announced.public_on:
            raise _Trouble("public value")
        if frozen.draw != announced.id or frozen.day != day_of(entry.header.at):
            raise _Trouble("list")
        if not self.whole:
            self.unchecked.append(announced.id)
        elif _listed(frozen.strata) != self._stations(known):
            raise _Trouble("list")

    def _stations(self, known: Draw) -> dict[str, StationsOf]:
        """The stations that the journal knew of, by unit, with stars and last inspection."""
        announced, kinds = known.announced, known.announced.rule.seen_by
        last: dict[str, date] = {}
        for (station, kind), day in self.seen.items():
            if not kinds or kind in kinds:
                last[station] = max(day, last.get(station, date.min))
        found: dict[str, StationsOf] = {}
        for place in self.places.values():
            if place["kind"] == "station" and place["path"].startswith(announced.path):
                above = place["path"].strip("/").split("/")
                units = (each for each in above if self.places[each]["kind"] == "unit")
                unit = next(units, announced.place)
                found.setdefault(unit, {})[place["id"]] = place["stars"], last.get(place["id"])
        return found

    def _revealed(self, entry: Entry, row: Row) -> None:
        known = self._before(row)
        if known.frozen is None or known.drawn is not None:
            raise _Trouble("out of turn")
        drawn = msgspec.json.decode(row["drawn"], type=tuple[DrawnStratum, ...])
        self.draws[row["draw"]] = msgspec.structs.replace(
            known, seed=row["seed"], drawn=drawn, revealed_at=row["revealed_at"]
        )
        announced, value = known.announced, row["public_value"]
        if commitment(row["seed"]) != announced.commitment:
            raise _Trouble("seed")
        if announced.public_on is None:
            if value:
                raise _Trouble("public value")
        elif day_of(entry.header.at) < announced.public_on or not PUBLIC_VALUE.fullmatch(value):
            raise _Trouble("public value")
        if draw(mixed(row["seed"], known.freezing_seal, value), known.frozen) != drawn:
            raise _Trouble("result")

    def _replaced(self, _: Entry, row: Row) -> None:
        known = self._before(row)
        try:
            following = next_in_order(known, row["station"])
        except KeyError:
            following = None
        step = Replaced(row["station"], row["by_station"], row["reason"], row["replaced_at"])
        self.draws[row["draw"]] = msgspec.structs.replace(known, replaced=(*known.replaced, step))
        if following is None or following != row["by_station"] or not row["reason"].strip():
            raise _Trouble("replacement")

    def answer(self, today: date) -> CheckedDraws:
        """What was found, draws in the order of their announcements."""
        ids = dict.fromkeys((*self.draws, *self.troubles))
        checked = tuple(self._checked(each, today) for each in ids)
        return CheckedDraws(self.broken, checked, tuple(self.unchecked))

    def _checked(self, draw: str, today: date) -> CheckedDraw:
        known = self.draws.get(draw)
        state: DrawState = known.state if known else "announced"
        if draw in self.troubles:
            return CheckedDraw(draw, state, *self.troubles[draw])
        late = known is not None and known.drawn is None and _over(known.announced.period, today)
        return CheckedDraw(draw, state, self.steps[draw], "missing reveal" if late else None)


def _over(period: str, today: date) -> bool:
    last = Months.written(period).last
    return today.year * 12 + today.month - 1 > last


def _listed(strata: tuple[Stratum, ...]) -> dict[str, StationsOf]:
    return {
        stratum.id: {each.id: (each.stars, each.last) for each in stratum.stations}
        for stratum in strata
    }
