"""The electronic log on real records: what stands in it, what it is narrowed to and found by."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from domain.notes import NewAcceptance, NewNote
from domain.organisation import Actor, Role
from domain.procedures.log import accept_shift, write_note
from domain.procedures.organisation import hand_on
from domain.procedures.points import place_point, withdraw_code
from domain.register.queries import Asker
from domain.register.register import Register
from domain.register.station_log import station_log
from domain.station_log import LogFilter, LogKind, LogLine, days_of_month
from domain.submission import Found
from domain.text import Text
from domain.windows import Span
from tests.things import CONSOLE, ONSITE, PATROL, VIDEO, Chain, Clock, a_form, build_chain, new_id

FRIDAY = date(2026, 11, 20)
NOVEMBER = days_of_month(FRIDAY)
AREA = Actor("console", "p-li")
MANAGER = Actor("console", "p-wang")
FIRE = Text(zh="消防器材", en="Fire equipment")


def log(
    chain: Chain, days: Span = NOVEMBER, reader: str | None = None, **where: Any
) -> tuple[LogLine, ...]:
    register = chain.register
    asker = Asker(register.directory, register.rulebooks, register.directory.sight(reader))
    with register.read() as connection:
        return station_log(connection, asker, days, register.clock(), LogFilter(**where))


def kinds(lines: tuple[LogLine, ...]) -> list[LogKind]:
    return [one.kind for one in lines]


def note(chain: Chain, text: str, by: Actor | None = None, **changes: Any) -> str:
    values: dict[str, Any] = {
        "id": new_id(),
        "station": "s1",
        "written_at": chain.clock.now,
        "text": text,
    }
    chain.register.carry_out(write_note, NewNote(**values | changes), by=by or chain.by_phone)
    return str((values | changes)["id"])


def scan(chain: Chain, token: str, by: Actor | None = None, **changes: Any) -> None:
    now = chain.clock.now
    values: dict[str, Any] = {
        "rulebook": PATROL,
        "edition": "2026-1",
        "found": (),
        "started_at": now,
    }
    chain.submit(a_form(token=token, at=now, **values | changes), by)


def check(chain: Chain, station: str, by: Actor, rulebook: str = VIDEO, **changes: Any) -> None:
    values: dict[str, Any] = {"station": station, "rulebook": rulebook, "found": ()}
    chain.submit(a_form(at=chain.clock.now, **values | changes), by)


def test_the_managers_own_check_is_a_self_check_and_the_areas_is_not(chain: Chain) -> None:
    check(chain, "s1", MANAGER)
    chain.clock.forward(hours=1)
    check(chain, "s1", AREA)

    audit, own = log(chain)

    assert (own.kind, own.title.zh, own.person) == ("self_check", "每日录像自查", "王强")
    assert (audit.kind, audit.person) == ("inspection", "李敏")
    assert audit.says.zh == "100.00/100 · 问题 0"


def test_one_list_may_serve_the_day_and_the_week(chain: Chain) -> None:
    check(chain, "s1", MANAGER, ONSITE)

    (own,) = log(chain)

    assert (own.kind, own.title.en) == ("self_check", "Weekly HSE check of the own ground")


def test_a_round_is_one_line_with_what_was_left_out(chain: Chain) -> None:
    chain.clock.forward(hours=-3)
    chain.register.carry_out(place_point, "s1-fire", "s1", "fire", FIRE, by=CONSOLE)
    scan(chain, chain.token, found=(Found("pump.2", note="密封老化"),))

    (walk,) = log(chain, Span(FRIDAY, FRIDAY))

    assert (walk.kind, walk.title.zh, walk.person) == ("patrol", "早班巡检", "王强")
    assert walk.says.zh == "进行中 1/2 · 问题 1 · 漏：消防器材"
    assert walk.round is not None


def test_a_phone_whose_clock_is_weeks_ahead_misses_no_round(chain: Chain) -> None:
    chain.clock.forward(hours=-3)
    ahead = chain.clock.now + timedelta(days=50)
    scan(chain, chain.token, started_at=ahead, submitted_at=ahead)

    (walk,) = log(chain, Span(FRIDAY, FRIDAY))

    assert walk.round is not None
    assert walk.round.state == "done"


def test_a_round_is_missed_only_where_patrols_had_begun(chain: Chain) -> None:
    chain.register.carry_out(place_point, "s2-fire", "s2", "fire", FIRE, by=CONSOLE)
    chain.clock.forward(hours=-3)
    scan(chain, chain.token)
    chain.clock.forward(days=2)

    told = [
        (one.station, one.round.round.id, one.round.state, one.day.day)
        for one in log(chain)
        if one.round
    ]

    assert ("s1", "morning", "missed", 21) in told
    assert ("s1", "morning", "done", 20) in told
    assert {station for station, *_ in told} == {"s1"}
    assert all(day >= 20 for *_, day in told)


def test_whoever_leaves_a_post_has_made_the_rounds_before(chain: Chain) -> None:
    chain.clock.forward(hours=-3)
    scan(chain, chain.token)
    chain.clock.forward(hours=2)

    post = Role("station_manager", "s1")
    chain.register.carry_out(hand_on, chain.manager, post, "p-zhao", by=CONSOLE)

    assert [one.says.zh for one in log(chain, Span(FRIDAY, FRIDAY))] == ["已完成 1/1"]


def test_a_point_that_is_placed_later_was_not_left_out(chain: Chain) -> None:
    chain.clock.forward(hours=-3)
    scan(chain, chain.token)
    chain.clock.forward(days=1)

    chain.register.carry_out(place_point, "s1-fire", "s1", "fire", FIRE, by=CONSOLE)

    assert [one.says.zh for one in log(chain, Span(FRIDAY, FRIDAY)) if one.persons] == [
        "已完成 1/1"
    ]


def test_a_point_that_was_scanned_stays_scanned_when_its_code_is_withdrawn(chain: Chain) -> None:
    chain.clock.forward(hours=-3)
    fire = chain.register.carry_out(place_point, "s1-fire", "s1", "fire", FIRE, by=CONSOLE)
    scan(chain, chain.token)
    scan(chain, fire)
    chain.clock.forward(days=1)

    chain.register.carry_out(withdraw_code, "s1-fire", by=CONSOLE)

    assert [one.says.zh for one in log(chain, Span(FRIDAY, FRIDAY)) if one.persons] == [
        "已完成 2/2 · 值得看 1"
    ]


def test_a_round_of_a_month_stands_on_the_day_of_its_last_scan(chain: Chain) -> None:
    token = chain.register.carry_out(place_point, "s1-fire", "s1", "fire", FIRE, by=CONSOLE)
    scan(chain, token, by=AREA)
    chain.clock.forward(days=1)

    (monthly,) = [one for one in log(chain) if one.round and one.round.round.id == "area"]

    assert (monthly.day, monthly.person) == (FRIDAY, "李敏")
    assert monthly not in log(chain, Span(date(2026, 11, 21), date(2026, 11, 21)))


def test_the_newest_stands_first(chain: Chain) -> None:
    note(chain, "早上")
    chain.clock.forward(hours=2)
    check(chain, "s1", MANAGER)
    chain.clock.forward(hours=2)
    note(chain, "下午")

    assert [one.says.zh for one in log(chain)] == ["下午", "100.00/100 · 问题 0", "早上"]


def test_a_hand_over_says_to_whom_and_who_took_it_over_when(chain: Chain) -> None:
    handed = note(chain, "夜班", kind="handover", to_person="p-li", matters=("3号枪待修",))
    (waiting,) = log(chain)
    chain.clock.forward(minutes=6)
    taken = NewAcceptance(new_id(), chain.clock.now, "已点清")
    chain.register.carry_out(accept_shift, handed, taken, by=AREA)
    (done,) = log(chain)

    assert waiting.says == Text(zh="待李敏接班 · 夜班", en="waits for 李敏 · 夜班")
    assert done.says.zh == "李敏已接班 · 夜班"
    assert done.handover
    assert done.handover.accepted_at == chain.clock.now
    assert done.persons == ("p-wang", "p-li")


def test_what_came_in_long_after_it_was_written_is_marked(chain: Chain) -> None:
    note(chain, "补记", written_at=chain.clock.now - timedelta(hours=5))
    note(chain, "当场")

    by_text = {one.says.zh: one for one in log(chain)}

    assert by_text["当场"].received_at is None
    assert by_text["补记"].at == datetime(2026, 11, 19, 23, tzinfo=UTC)
    assert by_text["补记"].received_at == chain.clock.now


def test_the_day_is_that_of_the_station(chain: Chain) -> None:
    note(chain, "零点前", written_at=datetime.fromisoformat("2026-11-19T23:59:59+08:00"))
    note(chain, "零点", written_at=datetime.fromisoformat("2026-11-20T00:00:00+08:00"))

    assert [one.says.zh for one in log(chain, Span(FRIDAY, FRIDAY))] == ["零点"]
    assert len(log(chain, Span(date(2026, 11, 19), FRIDAY))) == 2


def test_nobody_reads_the_log_of_a_station_out_of_sight(chain: Chain) -> None:
    note(chain, "北关", Actor("console", "p-zhao"), station="s2")
    check(chain, "s2", Actor("console", "p-zhao"))
    note(chain, "湖滨")

    assert [one.says.zh for one in log(chain, reader="p-wang")] == ["湖滨"]
    assert len(log(chain, reader="p-li")) == 3
    assert log(chain, reader="nobody") == ()


@pytest.mark.parametrize(
    ("where", "wanted"),
    [
        ({"place": "s2"}, ["inspection"]),
        ({"kind": "note"}, ["note"]),
        ({"person": "p-li"}, ["inspection", "handover"]),
        ({"words": "钥匙 6"}, ["handover"]),
        ({"words": "ADBLUE"}, ["note"]),
        ({"words": "tax-control seal"}, []),
        ({"words": "北关 video"}, ["inspection"]),
        ({"words": "王强"}, ["handover", "note"]),
        ({"words": "打电话"}, ["inspection"]),
    ],
)
def test_the_log_is_narrowed_and_searched(
    chain: Chain, where: dict[str, Any], wanted: list[LogKind]
) -> None:
    note(chain, "到货 AdBlue 20 桶")
    chain.clock.forward(minutes=1)
    note(chain, "交班", kind="handover", to_person="p-li", readings=("钥匙 6 把",))
    chain.clock.forward(minutes=1)
    found = (Found("f.3", at="00:12:34", note="夜班人员在加油区打电话"),)
    check(chain, "s2", AREA, found=found)

    assert kinds(log(chain, **where)) == wanted


def test_words_find_what_criteria_of_findings_say(chain: Chain) -> None:
    text = chain.register.rulebooks.edition(VIDEO, "2012-A0").criterion("f.3").text
    check(chain, "s1", AREA, found=(Found("f.3", at="00:12:34"),))
    check(chain, "s1", AREA)

    assert len(log(chain, words=text.zh[:6])) == 1
    assert len(log(chain, words=text.en[:20].upper())) == 1


def test_another_month_has_its_own_lines(chain: Chain) -> None:
    note(chain, "十一月")
    chain.clock.forward(days=12)
    note(chain, "十二月")

    assert [one.says.zh for one in log(chain)] == ["十一月"]
    december = days_of_month(date(2026, 12, 31))
    assert december == Span(date(2026, 12, 1), date(2026, 12, 31))
    assert [one.says.zh for one in log(chain, december)] == ["十二月"]


def test_the_log_is_alike_on_postgresql(tmp_path: Path, postgres_database: str) -> None:
    clock = Clock()
    clock.forward(hours=-3)
    with Register.open(tmp_path, postgres_database, clock=clock) as register:
        branch = build_chain(register, clock)
        scan(branch, branch.token, found=(Found("pump.2", note="密封老化"),))
        clock.forward(hours=1)
        check(branch, "s1", MANAGER)
        clock.forward(hours=1)
        handed = note(branch, "夜班", kind="handover", to_post="area_manager")
        clock.forward(hours=1)
        taken = NewAcceptance(new_id(), clock.now)
        register.carry_out(accept_shift, handed, taken, by=AREA)

        assert kinds(log(branch, Span(FRIDAY, FRIDAY))) == ["handover", "self_check", "patrol"]
        assert kinds(log(branch, words="密封老化")) == ["patrol"]
