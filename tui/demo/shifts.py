"""The demonstration's log: notes of the last days, and shifts that were handed over yesterday."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import partial
from random import Random
from typing import NamedTuple

from domain.notes import NewAcceptance, NewNote
from domain.organisation import Actor, Directory, Person, Role
from domain.procedures.log import accept_shift, write_note
from domain.procedures.weighing import CHINA
from domain.register.register import Register
from tui.demo.errands import Errand
from tui.demo.forms import uuid_of
from tui.demo.sending import at

DAYS = 5
"""Days that have notes."""
NOTED = 0.25
"""Share of the stations that write a note on a day."""
HANDED_OVER, TAKEN_OVER = 0.6, 0.9
"""Share of the stations that handed a shift over yesterday, and of those that was accepted."""
NOTES = (
    "3号枪跳枪，已停用并报修，维修工下午到站。",
    "油罐车卸油 92号 12.4 吨，卸前卸后计量无异常。",
    "市应急局来站检查，查看消防器材台账，无问题。",
    "便利店饮料到货 32 箱，已入库。",
    "监控 5 号摄像头黑屏，重启后恢复。",
    "雨天路滑，进口处已摆放提示牌并铺防滑垫。",
    "发电机试机 15 分钟，运转正常，油位三分之二。",
    "顾客遗失手机一部，已登记，放保险柜待领。",
    "备用金短款 20 元，已复核，系找零错误，当班补足。",
    "高峰期排队较长，增开 2 个车道引导。",
)
HANDOVERS = ("早班交中班，一切正常。", "夜班交早班，夜间无异常。", "中班交夜班，已清场。")
MATTERS = ("3号枪待修", "95号卸油预约 21:00", "洗手间灯管待换", "两张增值税票待补开")
SIGNED = ("已点清。", "现金、钥匙相符。", "")


class Team(NamedTuple):
    """A station's people, and the phone of its manager."""

    station: str
    manager: Person
    staff: tuple[Person, ...]
    phone: str

    def by(self, person: Person) -> Actor:
        """A manager writes on the own phone, staff at the station's console."""
        if person is self.manager:
            return Actor("phone", person.id, self.phone)
        return Actor("console", person.id)


def shift_errands(
    register: Register, phones: dict[str, str], last: date, chance: Random
) -> Iterator[Errand]:
    """Notes of the days up to the last one, and the hand-overs of that one."""
    teams = list(_teams(register.directory, phones))
    for back in reversed(range(DAYS)):
        for team in teams:
            if chance.random() < NOTED:
                yield _note(register, team, last - timedelta(back), chance)
    for team in teams:
        if chance.random() < HANDED_OVER:
            yield from _shift(register, team, last, chance)


def _teams(directory: Directory, phones: dict[str, str]) -> Iterator[Team]:
    for station in directory.stations:
        managers = directory.holders.get(Role("station_manager", station.id), ())
        staff = directory.holders.get(Role("staff", station.id), ())
        if managers and managers[0] in phones and len(staff) > 1:
            known = tuple(directory.people[one] for one in staff)
            yield Team(station.id, directory.people[managers[0]], known, phones[managers[0]])


def _note(register: Register, team: Team, day: date, chance: Random) -> Errand:
    person = chance.choice((team.manager, *team.staff))
    then = _then(day, chance.randint(8 * 60, 21 * 60), chance)
    text = chance.choice(NOTES)
    return _written(
        register, team, person, NewNote(uuid_of(then, chance), team.station, then, text)
    )


def _shift(register: Register, team: Team, day: date, chance: Random) -> Iterator[Errand]:
    gives, takes = chance.sample(team.staff, 2)
    shift = chance.randrange(len(HANDOVERS))
    then = _then(day, (15 * 60, 7 * 60 + 30, 22 * 60)[shift] + chance.randint(0, 40), chance)
    note = NewNote(
        uuid_of(then, chance),
        team.station,
        then,
        HANDOVERS[shift],
        "handover",
        to_person=takes.id,
        matters=tuple(chance.sample(MATTERS, chance.choice((0, 0, 1, 1, 2)))),
        readings=("备用金 2000 元", f"钥匙 {chance.randint(5, 9)} 把"),
    )
    yield _written(register, team, gives, note)
    if chance.random() < TAKEN_OVER:
        later = then + timedelta(minutes=chance.randint(3, 25))
        taken = NewAcceptance(uuid_of(later, chance), later, chance.choice(SIGNED))
        accept = partial(
            register.carry_out_later, at(later, accept_shift), note.id, taken, by=team.by(takes)
        )
        yield Errand(later, accept)


def _written(register: Register, team: Team, person: Person, note: NewNote) -> Errand:
    write = at(note.written_at, write_note)
    return Errand(
        note.written_at, partial(register.carry_out_later, write, note, by=team.by(person))
    )


def _then(day: date, minutes: int, chance: Random) -> datetime:
    return datetime.combine(day, time(0), CHINA) + timedelta(
        minutes=minutes, seconds=chance.randint(0, 59)
    )
