"""How duties stand on real records: derived from inspections, in a fixed number of statements."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from domain.draw_steps import commitment
from domain.drawing import STANDARD
from domain.duty_views import DutyBoard, DutyFilter, DutyLine
from domain.organisation import Actor, Role
from domain.procedures.draws import Announcement, announce_draw, freeze_list, reveal_draw
from domain.procedures.duties import excuse_duty
from domain.procedures.organisation import add_person, end_role, give_role
from domain.register.draws import make_seed
from domain.register.duties import duty_board, notices_of_today
from domain.register.duties_kept import duties_of, stood_now
from domain.register.duty_evidence import standings
from domain.register.queries import Asker
from domain.register.register import Register
from domain.submission import Submission
from domain.windows import Span
from tests.things import CONSOLE, ONSITE, VIDEO, Chain, Clock, a_form, build_chain

FRIDAY = date(2026, 11, 20)
COMPANY = Actor("console", "p-qian")
UNIT = Actor("console", "p-sun")
AREA = Actor("console", "p-li")


@pytest.fixture
def staffed(chain: Chain) -> Chain:
    """The small chain with somebody at unit and company."""
    do = chain.register.carry_out
    do(add_person, "p-sun", "孙宁", (Role("unit_staff", "u1"),), by=CONSOLE)
    do(add_person, "p-qian", "钱进", (Role("company_staff", "co"),), by=CONSOLE)
    return chain


def board(
    chain: Chain,
    person: str | None = None,
    today: date = FRIDAY,
    span: Span | None = None,
    where: DutyFilter | None = None,
) -> DutyBoard:
    register = chain.register
    asker = Asker(register.directory, register.rulebooks, register.directory.sight(person))
    with register.read() as connection:
        return duty_board(
            connection, asker, span or Span(today, today), today, where or DutyFilter()
        )


def line(chain: Chain, named: str, today: date = FRIDAY) -> DutyLine:
    (found,) = [one for one in board(chain, today=today).lines if one.id == named]
    return found


def at_the_desk(chain: Chain, station: str, rulebook: str = VIDEO) -> Submission:
    return a_form(at=chain.clock.now, station=station, rulebook=rulebook, found=())


def test_a_day_has_all_that_is_open_then(chain: Chain) -> None:
    ids = {one.id for one in board(chain).lines}

    assert ids == {
        "I2/u1/2026-Q4", "I4/u1/2026-11", "I6/u1/2026-11", "I7/u1/2026-11",
        "I8-video/a1/2026-11", "I8-onsite/a1/2026-11",
        "I9/s1/2026-11-20", "I9/s2/2026-11-20", "I10/s1/2026-W47", "I10/s2/2026-W47",
        "I11/s1/2026-11", "I11/s2/2026-11",
    }  # fmt: skip


def test_what_was_due_before_the_records_begin_is_not_demanded(chain: Chain) -> None:
    whole = board(chain, span=Span(date(2026, 1, 1), FRIDAY))

    assert whole.begins == FRIDAY
    assert min(one.due for one in whole.lines) == FRIDAY


def test_a_real_inspection_makes_a_duty_done(staffed: Chain) -> None:
    assert line(staffed, "I9/s2/2026-11-20").state == "due"

    number = staffed.submit(at_the_desk(staffed, "s2"), Actor("console", "p-zhao")).number

    done = line(staffed, "I9/s2/2026-11-20")
    assert (done.state, done.done_on, done.inspections) == ("done", FRIDAY, (number,))
    assert line(staffed, "I9/s1/2026-11-20").state == "due"


def test_only_whoever_answers_for_a_duty_makes_it_done(staffed: Chain) -> None:
    staffed.submit(at_the_desk(staffed, "s2"), UNIT)

    assert line(staffed, "I9/s2/2026-11-20").state == "due"
    # A third of two stations, rounded up.
    assert line(staffed, "I6/u1/2026-11").state == "done"


def test_an_inspection_without_a_name_speaks_for_nobodys_duty(staffed: Chain) -> None:
    staffed.submit(at_the_desk(staffed, "s2"), CONSOLE)

    assert {one.state for one in board(staffed).lines} == {"due"}


def test_coverage_counts_stations_and_names_those_that_must_be_in(staffed: Chain) -> None:
    staffed.submit(at_the_desk(staffed, "s2"), COMPANY)

    audit = line(staffed, "I4/u1/2026-11")
    assert (audit.wanted, audit.covered, audit.missing, audit.state) == (2, ("s2",), ("s1",), "due")

    staffed.submit(at_the_desk(staffed, "s1"), COMPANY)

    assert line(staffed, "I4/u1/2026-11").state == "done"


def test_what_comes_after_its_day_is_late_and_stands_first_until_then(staffed: Chain) -> None:
    saturday = FRIDAY + timedelta(1)
    first = board(staffed, today=saturday).lines[0]
    assert (first.late, first.state, first.days_left) == (True, "missed", -1)

    staffed.clock.forward(days=1)
    staffed.submit(at_the_desk(staffed, "s1"), UNIT)

    late = line(staffed, "I6/u1/2026-11", saturday)
    assert (late.state, late.late, late.done_on) == ("done_late", False, saturday)


def test_an_inspection_late_at_night_in_china_is_of_that_day(staffed: Chain) -> None:
    staffed.clock.now = datetime(2026, 11, 20, 15, 59, tzinfo=UTC)
    staffed.submit(at_the_desk(staffed, "s1"), staffed.by_phone)
    staffed.clock.now = datetime(2026, 11, 20, 16, 0, tzinfo=UTC)
    staffed.submit(at_the_desk(staffed, "s2"), Actor("console", "p-zhao"))

    tomorrow = FRIDAY + timedelta(1)
    assert line(staffed, "I9/s1/2026-11-20").state == "done"
    assert line(staffed, "I9/s2/2026-11-20").state == "due"
    assert line(staffed, "I9/s2/2026-11-21", tomorrow).state == "done"


def test_who_answers_is_named_and_a_vacant_post_shows(chain: Chain) -> None:
    mine, vacant = line(chain, "I9/s1/2026-11-20"), line(chain, "I6/u1/2026-11")

    assert (mine.persons, mine.names, mine.vacant) == (("p-wang",), ("王强",), False)
    assert (vacant.names, vacant.post, vacant.vacant) == ((), "unit_staff", True)


def test_a_post_given_to_somebody_else_takes_its_duties_along(chain: Chain) -> None:
    chain.register.carry_out(give_role, "p-zhao", Role("station_manager", "s1"), by=CONSOLE)

    assert line(chain, "I9/s1/2026-11-20").persons == ("p-wang", "p-zhao")


def test_what_was_done_stays_done_when_whoever_did_it_leaves(staffed: Chain) -> None:
    staffed.submit(at_the_desk(staffed, "s2"), Actor("console", "p-zhao"))
    staffed.register.carry_out(end_role, "p-zhao", Role("station_manager", "s2"), by=CONSOLE)

    left = line(staffed, "I9/s2/2026-11-20")
    assert (left.state, left.vacant) == ("done", True)

    staffed.clock.forward(days=1)
    to_be_manager = Role("station_manager", "s2")
    staffed.register.carry_out(give_role, "p-wang", to_be_manager, by=CONSOLE)
    staffed.submit(at_the_desk(staffed, "s2"), Actor("console", "p-li"))
    handed_on = line(staffed, "I9/s2/2026-11-21", FRIDAY + timedelta(1))
    assert (handed_on.state, handed_on.persons) == ("due", ("p-wang",))


@pytest.mark.parametrize(
    ("person", "places"),
    [
        ("p-wang", {"s1"}),
        # One area is all there is: what is about exactly its stations is in its manager's sight.
        ("p-li", {"a1", "s1", "s2", "u1"}),
        ("nobody", set()),
    ],
)
def test_duties_in_sight_are_those_about_stations_in_sight(
    chain: Chain, person: str, places: set[str]
) -> None:
    seen = {one.place for one in board(chain, person).lines}

    assert seen == places


def test_a_board_is_narrowed_to_a_place_or_a_person(staffed: Chain) -> None:
    at_s2 = board(staffed, where=DutyFilter(place="s2"))
    hers = board(staffed, where=DutyFilter(person="p-li"))

    assert {one.place for one in at_s2.lines} == {"s2"}
    assert {one.obligation for one in hers.lines} == {"I8-video", "I8-onsite"}


def test_an_excuse_stands_beside_its_duty(staffed: Chain) -> None:
    staffed.register.carry_out(excuse_duty, "I9/s1/2026-11-20", "停业改造", by=AREA)

    excused = line(staffed, "I9/s1/2026-11-20")
    assert excused.state == "excused"
    assert excused.excuse
    assert (excused.excuse.person, excused.excuse.reason) == ("李敏", "停业改造")


def test_a_year_whose_holidays_are_not_published_is_named(chain: Chain) -> None:
    ahead = board(chain, span=Span(FRIDAY, date(2099, 1, 5)), where=DutyFilter(person="p-li"))

    assert 2099 in ahead.unpublished
    assert 2026 not in ahead.unpublished
    assert not next(one for one in ahead.lines if one.due.year == 2098).certain


def test_the_board_counts_by_state(staffed: Chain) -> None:
    staffed.submit(at_the_desk(staffed, "s2"), Actor("console", "p-zhao"))

    assert board(staffed).tally() == {
        "planned": 0, "due": 11, "done": 1, "done_late": 0, "missed": 0, "excused": 0
    }  # fmt: skip


def test_the_news_of_a_day_are_reminders_and_escalations(staffed: Chain) -> None:
    register = staffed.register
    asker = Asker(register.directory, register.rulebooks, register.directory.sight(None))

    with register.read() as connection:
        today = notices_of_today(connection, asker, FRIDAY)
        tomorrow = notices_of_today(connection, asker, FRIDAY + timedelta(1))

    assert {(one.kind, one.duty.split("/")[0]) for one in today} == {
        ("reminder", "I9"), ("reminder", "I10"), ("reminder", "I4")
    }  # fmt: skip
    told = {(one.duty, one.persons) for one in tomorrow if one.kind == "escalation"}
    assert ("I6/u1/2026-11", ("p-qian",)) in told
    assert ("I9/s1/2026-11-20", ("p-li",)) in told


def drawn_stations(chain: Chain, duty: str, place: str) -> tuple[str, ...]:
    """The stations of a draw of this month, revealed."""
    do, seed = chain.register.carry_out, make_seed(chain.register.folder)
    asked = Announcement(duty, place, "2026-11", commitment(seed), STANDARD[duty])
    draw = do(announce_draw, asked, by=CONSOLE)
    do(freeze_list, draw, by=CONSOLE)
    (unit,) = do(reveal_draw, draw, seed, by=CONSOLE)
    return unit.stations


def test_an_inspection_of_a_station_that_was_not_drawn_does_not_count(staffed: Chain) -> None:
    (drawn,) = drawn_stations(staffed, "i6", "u1")
    (other,) = {"s1", "s2"} - {drawn}

    states = []
    for station in (other, drawn):
        staffed.submit(at_the_desk(staffed, station), UNIT)
        found = line(staffed, "I6/u1/2026-11")
        states.append((found.state, found.covered))

    assert states == [("due", ()), ("done", (drawn,))]
    assert found.draw
    assert [(one.station, one.inspected) for one in found.draw.stations] == [(drawn, True)]


@contextmanager
def statements() -> Iterator[list[str]]:
    """The SQL statements that are run meanwhile."""
    said: list[str] = []

    def note(_: object, __: object, statement: str, *___: object) -> None:
        said.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield said
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def test_the_number_of_statements_does_not_grow_with_days_or_inspections(staffed: Chain) -> None:
    def run(days: int) -> int:
        with statements() as said:
            board(staffed, span=Span(FRIDAY, FRIDAY + timedelta(days)))
        return len([one for one in said if "SELECT" in one])

    few = run(0)
    for station in ("s1", "s2"):
        staffed.submit(at_the_desk(staffed, station), UNIT)

    # Two ask what came in meanwhile, and of which stations.
    assert (few, run(9)) == (15, 15 + 2)


def test_what_was_asked_just_now_is_not_read_again_until_the_journal_moves(staffed: Chain) -> None:
    def run() -> int:
        with statements() as said:
            board(staffed)
        return len([one for one in said if "SELECT" in one])

    at_first, again = run(), run()
    staffed.submit(at_the_desk(staffed, "s1"), UNIT)

    assert (at_first, again, run()) == (15, 3, 15 + 2)


def test_after_news_duties_stand_as_if_everything_was_read_anew(staffed: Chain) -> None:
    excused = partial(
        staffed.register.carry_out, excuse_duty, "I9/s1/2026-11-20", "停业改造", by=AREA
    )
    news: tuple[Callable[[], object], ...] = (
        partial(staffed.submit, at_the_desk(staffed, "s2"), Actor("console", "p-zhao")),
        excused,
        partial(staffed.submit, at_the_desk(staffed, "s1"), COMPANY),
        partial(staffed.submit, at_the_desk(staffed, "s2", ONSITE), UNIT),
    )
    register = staffed.register
    asker = Asker(register.directory, register.rulebooks, register.directory.sight(None))
    duties = duties_of(asker, Span(FRIDAY, FRIDAY), None, due_only=False)
    seen = set()
    for happens in news:
        happens()
        with register.read() as connection:
            kept = stood_now(connection, asker, duties, FRIDAY)
            assert kept == standings(connection, duties, FRIDAY)
        seen.add(tuple(one.standing for one in kept))

    assert len(seen) == len(news)


def test_duties_stand_alike_on_postgresql(tmp_path: Path, postgres_database: str) -> None:
    clock = Clock()
    with Register.open(tmp_path, postgres_database, clock=clock) as register:
        branch = build_chain(register, clock)
        branch.submit(at_the_desk(branch, "s2"), Actor("console", "p-zhao"))
        register.carry_out(excuse_duty, "I9/s1/2026-11-20", "停业改造", by=AREA)

        assert line(branch, "I9/s2/2026-11-20").state == "done"
        assert line(branch, "I9/s1/2026-11-20").state == "excused"
        assert line(branch, "I6/u1/2026-11").state == "due"
        register.carry_out(end_role, "p-zhao", Role("station_manager", "s2"), by=CONSOLE)
        assert line(branch, "I9/s2/2026-11-20").vacant
        assert line(branch, "I9/s2/2026-11-20").state == "done"
