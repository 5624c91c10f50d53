"""Draws nobody can steer: announce (commit), freeze, reveal, replace; rows are only inserted.

The seed is committed to before the list is frozen and goes into the journal only when it is
revealed. What still beats it is said in docs/draws.md.

Source: facts I4, I6, I7; L17, L18.
"""

from __future__ import annotations

import re
from datetime import date

import msgspec

from domain.canonical import canonical
from domain.draw_steps import (
    DUTY,
    PUBLIC_VALUE,
    Announced,
    Draw,
    announced_of,
    commitment,
    day_of,
    draw_id,
    next_in_order,
)
from domain.drawing import Candidate, DrawnStratum, FrozenList, Rule, Stratum, draw, mixed
from domain.months import Months
from domain.organisation import Directory, Place
from domain.procedures.draw_refusals import (
    DrawnBefore,
    NobodyLeft,
    NoSuchDraw,
    NotInChargeOfDraw,
    NotItsTurn,
    NotThatDay,
    SeedDoesNotFit,
    UnfitDraw,
)
from domain.procedures.naming import tidy
from domain.procedures.refusals import Unknown
from domain.register.draw_tables import DrawListRow, DrawReplacementRow, DrawResultRow, DrawRow
from domain.register.draws import draw_of, draws, last_seen
from domain.register.work import Work
from domain.text import Text


class Announcement(msgspec.Struct, frozen=True):
    """What is declared before anything is known; see `Announced`."""

    duty: str
    place: str
    period: str
    commitment: str
    rule: Rule
    public_source: str = ""
    public_on: date | None = None


def announce_draw(work: Work, asked: Announcement) -> str:
    """Journal the commitment to a seed, the rule, and what else goes into the seed.

    Returns:
        The draw's id; it follows from duty, place and period, and there is one of each.
    """
    place = work.directory.places.get(asked.place)
    if place is None:
        raise Unknown(Text(zh="单位", en="place"), asked.place)
    _in_charge(work, place.id)
    _check(asked, day_of(work.at))
    duty, period = asked.duty.lower(), str(Months.written(asked.period))
    values = {
        "number": work.next_seq,
        "id": draw_id(duty, place.id, period),
        "duty": duty,
        "place": place.id,
        "path": place.path,
        "period": period,
        "commitment": asked.commitment,
        "rule": canonical(asked.rule).decode(),
        "public_source": tidy(asked.public_source) if asked.public_source else "",
        "public_on": asked.public_on.isoformat() if asked.public_on else None,
        "announced_at": work.at,
    }
    announced = announced_of(values)
    for other in draws(work.connection):
        if announced.collides(other.announced):
            raise DrawnBefore(other.announced.id)
    work.insert(DrawRow, values)
    work.journal("draw.announced", announced.id)
    return announced.id


def _check(asked: Announcement, today: date) -> None:
    """Decline what cannot be drawn by."""
    if not DUTY.fullmatch(asked.duty.lower()) or len(asked.duty) > 40:
        raise UnfitDraw(
            Text(zh="任务编号不合规。", en="The duty is no id."),
            Text(zh="请用字母、数字和连字符，如 i4。", en="Use letters and digits, such as i4."),
        )
    if not re.fullmatch("[0-9a-f]{64}", asked.commitment):
        raise UnfitDraw(
            Text(zh="承诺值不是 SHA-256。", en="The commitment is no SHA-256."),
            Text(zh="请给出种子的 SHA-256。", en="Give the SHA-256 of the seed."),
        )
    if not asked.rule.fits():
        raise UnfitDraw(
            Text(zh="抽签规则前后矛盾。", en="The rule of the draw makes no sense."),
            Text(zh="请核对比例、家数和权重。", en="Check share, number and weights."),
        )
    if bool(asked.public_source) != (asked.public_on is not None) or (
        asked.public_on is not None and asked.public_on <= today
    ):
        raise UnfitDraw(
            Text(
                zh="公开数值要同时写明来源和以后的公布日期。",
                en="A public value needs its source and a day to come.",
            ),
            Text(
                zh="请写明来源（如某期彩票号码）和今天以后的日期，或都不写。",
                en="Name both, such as a lottery's numbers and a later day, or neither.",
            ),
        )


def freeze_list(work: Work, draw: str) -> FrozenList:
    """Journal the whole list that is drawn from, as the records have it now, and the rule."""
    known = _known(work, draw)
    announced, today = known.announced, day_of(work.at)
    if known.frozen is not None:
        raise NotItsTurn(Text(zh="名单已经冻结。", en="The list is frozen already."))
    if announced.public_on is not None and today >= announced.public_on:
        raise NotThatDay(announced.public_on, come=True)
    seen = last_seen(work.connection, announced.rule.seen_by)
    frozen = FrozenList(draw, today, announced.rule, _strata(work.directory, announced, seen))
    if not frozen.strata:
        raise UnfitDraw(
            Text(zh="该单位没有加油站。", en="There is no station to draw."),
            Text(zh="请先录入加油站。", en="Enter its stations first."),
        )
    number = work.next_seq
    work.insert(
        DrawListRow,
        {
            "number": number,
            "draw": draw,
            "frozen": canonical(frozen).decode(),
            "frozen_at": work.at,
        },
    )
    stations = sum(len(stratum.stations) for stratum in frozen.strata)
    work.journal("draw.frozen", draw, stations=stations)
    return frozen


def _strata(
    directory: Directory, announced: Announced, seen: dict[str, date]
) -> tuple[Stratum, ...]:
    """The stations below the draw's place, by unit."""
    inside = directory.under(announced.place)
    by_unit: dict[str, list[Candidate]] = {}
    for station in sorted(inside):
        place = directory.places[station]
        unit = unit_of(directory, place) or announced.place
        by_unit.setdefault(unit, []).append(Candidate(station, place.stars, seen.get(station)))
    return tuple(Stratum(unit, tuple(of)) for unit, of in sorted(by_unit.items()))


def unit_of(directory: Directory, place: Place) -> str | None:
    """The unit that a place belongs to."""
    above = (directory.places.get(each) for each in place.path.strip("/").split("/"))
    return next((each.id for each in above if each and each.kind == "unit"), None)


def reveal_draw(
    work: Work, draw_name: str, seed: str, public_value: str = ""
) -> tuple[DrawnStratum, ...]:
    """Journal the seed and what follows from it.

    Args:
        public_value: The declared value as digits alone; empty where none was declared.
    """
    known = _known(work, draw_name)
    announced, frozen = known.announced, known.frozen
    if frozen is None:
        raise NotItsTurn(Text(zh="名单还没有冻结。", en="The list is not frozen yet."))
    if known.drawn is not None:
        raise NotItsTurn(Text(zh="种子已经公开。", en="The seed was revealed already."))
    if commitment(seed) != announced.commitment:
        raise SeedDoesNotFit
    if announced.public_on is not None and day_of(work.at) < announced.public_on:
        raise NotThatDay(announced.public_on, come=False)
    if bool(announced.public_on) != bool(PUBLIC_VALUE.fullmatch(public_value)) or (
        public_value and not announced.public_on
    ):
        raise UnfitDraw(
            Text(zh="公开数值与公告不符。", en="The public value is not as announced."),
            Text(
                zh="公告了来源时写 5 至 60 位数字（不含空格），没有公告时不写。",
                en="5 to 60 digits without blanks where a source was announced, else nothing.",
            ),
        )
    drawn = draw(mixed(seed, known.freezing_seal, public_value), frozen)
    work.insert(
        DrawResultRow,
        {
            "number": work.next_seq,
            "draw": draw_name,
            "seed": seed,
            "public_value": public_value,
            "drawn": canonical(drawn).decode(),
            "revealed_at": work.at,
        },
    )
    work.journal("draw.revealed", draw_name)
    return drawn


def replace_station(work: Work, draw: str, station: str, reason: str) -> str:
    """Record why a drawn station cannot be inspected.

    Returns:
        The station that comes instead: the next in the drawn order of its stratum, never a choice.
    """
    known, reason = _known(work, draw), tidy(reason, "$.reason")
    if known.drawn is None:
        raise NotItsTurn(Text(zh="抽签还没有结果。", en="Nothing is drawn yet."))
    try:
        by_station = next_in_order(known, station)
    except KeyError:
        raise Unknown(Text(zh="抽中的加油站", en="drawn station"), station) from None
    if by_station is None:
        raise NobodyLeft
    work.insert(
        DrawReplacementRow,
        {
            "number": work.next_seq,
            "draw": draw,
            "station": station,
            "by_station": by_station,
            "reason": reason,
            "replaced_at": work.at,
        },
    )
    work.journal("draw.replaced", draw, station=station, by_station=by_station)
    return by_station


def _known(work: Work, draw: str) -> Draw:
    known = draw_of(work.connection, draw)
    if known is None:
        raise NoSuchDraw(draw)
    _in_charge(work, known.announced.place)
    return known


def _in_charge(work: Work, place: str) -> None:
    sight = work.directory.sight(work.actor.person)
    if not sight.everything and not work.directory.under(place) <= sight.stations:
        raise NotInChargeOfDraw
