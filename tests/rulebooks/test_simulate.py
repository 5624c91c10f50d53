"""Past inspections under another edition: differences worked out by hand, and laws for all."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import create_engine, inspect, text

from domain.carrying_over import CarryOver, Left
from domain.explaining import Explanation, take_apart
from domain.months import Months, NotAPeriod
from domain.pricing import plan_of
from domain.register.past_sheets import Past, Simulation, changes_aside, changes_of
from domain.register.register import Register
from domain.register.shelf import RULEBOOKS, load_rulebooks
from domain.rulebook import Edition, Rulebooks
from domain.rulebook_map import NOTHING_WRITTEN, counterparts
from domain.scoring import score_lines
from domain.sheet import Line, NotApplicableForbidden, NothingApplies
from domain.simulating import PastSheet, StationChange, simulate
from domain.submission import Found
from tests.rulebooks.two_editions import (
    CHANGED_LANGUAGE,
    NEW,
    OLD,
    SHARED_NEW,
    SHARED_OLD,
    became,
)
from tests.things import CONSOLE, Chain, Clock, a_form, build_chain
from tui.__main__ import main
from tui.what_would_change import WhatIf, changed_stations

MAPPED = CarryOver(OLD, NEW, became())
SHARES = CarryOver(SHARED_OLD, SHARED_NEW, counterparts(SHARED_OLD, SHARED_NEW))
BY_HAND = [("1", 0, 3), ("1", 1, 1), ("2", 0, 2), ("3", 0, 1), ("4", 0, 1), ("5", 0, 1)]
"""Under OLD: 1.5 + 4 + 2 of a cap of 6, and 2 + 1 + 0.3; under NEW: 3 + 4 + 2 of a cap of 5, and
twice 2 for the criterion that 3 and 4 became."""


def a_sheet(
    found: Sequence[tuple[str, int, int]],
    score: str,
    spared: Sequence[str] = (),
    inputs: dict[str, Any] | None = None,
) -> PastSheet:
    """A sheet as it is stored."""
    return PastSheet(1, "s1", score, json.dumps(list(spared)), json.dumps(inputs or {}), found)


def change_of(carry_over: CarryOver, *sheets: PastSheet) -> StationChange:
    """What would change for the one station that these sheets are of."""
    (change,) = simulate(carry_over, sheets)
    return change


def parts(why: Explanation) -> dict[tuple[str, str], tuple[str, str, str]]:
    """The lines by kind and id: before, after and difference, as they are shown."""
    return {
        (one.kind, one.new or "+".join(one.old)): (
            f"{one.before:f}",
            f"{one.after:f}",
            f"{one.points:+f}",
        )
        for one in why.lines
    }


def test_clauses_caps_and_merged_criteria_are_explained_as_worked_out_by_hand() -> None:
    change = change_of(MAPPED, a_sheet(BY_HAND, "0.70"))

    assert change.why is not None
    assert (change.why.old, change.why.new) == (Decimal("0.70"), Decimal("1.00"))
    assert change.why.difference == Decimal("0.30")
    assert parts(change.why) == {
        ("criterion", "1"): ("-5.50", "-7.00", "-1.50"),
        ("criterion", "3"): ("-3.00", "-4.00", "-1.00"),
        ("criterion", "5"): ("-0.30", "0.00", "+0.30"),
        ("cap", "A1"): ("1.50", "4.00", "+2.50"),
        ("unchanged", ""): ("8.00", "8.00", "+0.00"),
    }


def test_shares_and_rescaling_are_explained_as_worked_out_by_hand() -> None:
    """a.1 found, a.2 not applicable: 20/3 of 25/3 before, 7.5 of 8.75 afterwards."""
    change = change_of(SHARES, a_sheet([("a.1", 0, 1)], "8.00", ["a.2"]))

    assert change.why is not None
    assert (change.why.old, change.why.new) == (Decimal("8.00"), Decimal("8.57"))
    assert parts(change.why) == {
        ("criterion", "a.1"): ("-1.67", "-1.25", "+0.42"),
        ("rescaling", ""): ("-0.33", "-0.18", "+0.15"),
        ("unchanged", ""): ("10.00", "10.00", "+0.00"),
    }


def test_what_rounding_leaves_over_has_a_line_of_its_own() -> None:
    """Twice 5/3 are 3.33, but shown as 1.67 each; twice 1.25 are 2.50."""
    change = change_of(SHARES, a_sheet([("a.1", 0, 1), ("a.2", 0, 1)], "6.67"))

    assert change.why is not None
    assert (change.why.old, change.why.new) == (Decimal("6.67"), Decimal("7.50"))
    assert parts(change.why) == {
        ("criterion", "a.1"): ("-1.67", "-1.25", "+0.42"),
        ("criterion", "a.2"): ("-1.67", "-1.25", "+0.42"),
        ("unchanged", ""): ("10.00", "10.00", "+0.00"),
        ("rounding", ""): ("0.01", "0.00", "-0.01"),
    }


def test_lines_of_unmapped_criteria_are_listed_and_not_charged() -> None:
    change = change_of(MAPPED, a_sheet(BY_HAND, "0.70"), a_sheet([("5", 0, 9)], "7.30"))
    assert change.left == {Left("line", "5", 0): 2}


def test_without_a_mapping_a_clause_of_another_unit_is_listed_and_not_charged() -> None:
    written = became('merged: {"3": ["3", "4"]}\nrenamed: {"2": 2b, A2: A3}')
    change = change_of(CarryOver(OLD, NEW, written), a_sheet([("4", 0, 2)], "8.00"))

    assert change.left == {Left("line", "4", 0): 1}
    assert change.why is not None
    assert change.why.new == Decimal("10.00")


def test_a_clause_whose_points_change_keeps_its_place_by_its_words() -> None:
    assert MAPPED.became["1", 0] == ("1", 0)
    assert OLD.criterion("1").clauses[0].points != NEW.criterion("1").clauses[0].points


def test_a_group_that_does_not_apply_does_not_under_its_new_name_either() -> None:
    carried = MAPPED.carry([], ["A2"])
    assert (carried.not_applicable, carried.left) == (["A3"], [])


def test_what_does_not_apply_stays_only_where_all_that_was_merged_does_not() -> None:
    assert MAPPED.carry([], ["3"]).not_applicable == []
    assert MAPPED.carry([], ["3", "4"]).not_applicable == ["3"]
    assert MAPPED.carry([Line("4")], ["3"]).left == [Left("not_applicable", "3")]


def test_figures_go_where_the_names_of_the_new_ones_are_the_same() -> None:
    edition = load_rulebooks().editions("petrochina-shandong-2012/comprehensive")[-1]
    same = CarryOver(edition, edition, counterparts(edition, edition))
    inputs = {"1": {"of": "900", "against": "1000"}, "5": {"of": "0.18"}}
    assert same.carry([], (), inputs).inputs == inputs


def test_a_sheet_that_an_edition_refuses_is_counted_and_left_out() -> None:
    change = change_of(MAPPED, a_sheet([("9", 0, 1)], "1"), a_sheet([], "10.00"))
    assert (change.sheets, change.refused) == (1, {"unknown-criterion": 1})


def test_a_score_that_is_not_the_recorded_one_is_counted() -> None:
    assert change_of(MAPPED, a_sheet([], "9.99"), a_sheet([], "10.00")).not_as_recorded == 1


EXAMPLES = [
    load_rulebooks(Path(__file__).parent / "examples" / one)
    for one in ("depot", "franchise", "shopper")
]
DEPOT, FRANCHISE, SHOPPER = (books.editions(books.ids()[0])[-1] for books in EXAMPLES)
ITSELF = [
    OLD,
    CHANGED_LANGUAGE,
    *(load_rulebooks().editions(one)[-1] for one in load_rulebooks().ids()),
    *(DEPOT, FRANCHISE, SHOPPER),
]
"""Every construct that a total is made of: caps, weights, bonus, section caps, N/A, rounding."""
PAIRS = [
    MAPPED,
    SHARES,
    *(
        CarryOver(old, new, counterparts(old, new))
        for old, new in (
            *((one, one) for one in ITSELF),
            (OLD, CHANGED_LANGUAGE),
            *((DEPOT, SHOPPER), (SHOPPER, FRANCHISE), (FRANCHISE, DEPOT)),
        )
    ),
]

Drawn = tuple[list[tuple[str, int, int]], list[str]]


@st.composite
def sheets_of(draw: st.DrawFn, edition: Edition) -> Drawn:
    """What was found under an edition, and what does not apply."""
    clauses = [
        (one, n)
        for one, price in plan_of(edition).prices.items()
        for n in range(len(price.clauses))
    ]
    found = draw(st.lists(st.tuples(st.sampled_from(clauses), st.integers(1, 30)), max_size=20))
    criteria = {one for (one, _), _ in found}
    free = [one for one in edition.placed if one not in criteria]
    free += [
        one.id
        for one in edition.groups.values()
        if criteria.isdisjoint(each.id for each in one.criteria)
    ]
    spared = draw(st.lists(st.sampled_from(free), max_size=4)) if free else []
    return [(one, n, count) for (one, n), count in found], spared


@given(st.data())
def test_the_parts_add_up_to_both_totals_and_to_the_difference(data: st.DataObject) -> None:
    pair = data.draw(st.sampled_from(PAIRS))
    drawn = data.draw(st.lists(sheets_of(pair.old), min_size=1, max_size=4))

    change = change_of(pair, *(a_sheet(found, "", spared) for found, spared in drawn))

    if change.why is None:
        assert set(change.refused) <= {"nothing-applies", "not-applicable-forbidden"}
        return
    why = change.why
    assert sum(one.before for one in why.lines) == why.old
    assert sum(one.after for one in why.lines) == why.new
    assert sum(one.points for one in why.lines) == why.difference
    rounding = [one for one in why.lines if one.kind == "rounding"]
    touched = 2 * len(pair.old.placed) + 2 * len(pair.old.groups)
    most = Decimal("0.01") * touched + pair.old.scoring.round + pair.new.scoring.round
    assert all(abs(one.points) <= most for one in rounding)


@given(st.data())
def test_a_score_taken_apart_is_the_score(data: st.DataObject) -> None:
    edition = data.draw(st.sampled_from([NEW, *ITSELF]))
    found, spared = data.draw(sheets_of(edition))
    lines = [Line(*one) for one in found]
    try:
        total = score_lines(edition, lines, not_applicable=spared).total
    except (NothingApplies, NotApplicableForbidden):
        return

    apart = take_apart(plan_of(edition), lines, spared)
    back = sum(apart.caps.values()) + sum(apart.section_caps.values()) + apart.rescaling
    exact = plan_of(edition).total - sum(apart.lost.values()) + back

    assert apart.total == total
    assert plan_of(edition).show(exact) == total


@given(st.data())
def test_an_edition_against_itself_changes_nothing(data: st.DataObject) -> None:
    edition = data.draw(st.sampled_from(ITSELF))
    pair = CarryOver(edition, edition, counterparts(edition, edition))
    found, spared = data.draw(sheets_of(edition))

    change = change_of(pair, a_sheet(found, "", spared))

    assert change.left == {}
    if change.why is not None:
        assert change.why.difference == 0
        assert {one.kind for one in change.why.lines} <= {"unchanged", "rounding"}
        assert all(one.points == 0 for one in change.why.lines)


@pytest.mark.parametrize("word", ["2026", "2026-13", "2026-05..2026-04", "", "2026-01..", "x..y"])
def test_what_is_no_period_is_refused(word: str) -> None:
    with pytest.raises(NotAPeriod):
        Months.written(word)


def test_a_period_is_of_whole_months_at_the_station() -> None:
    assert Months.written("2026-01..2026-06").moments() == (
        "2025-12-31T16:00:00.000000Z",
        "2026-06-30T16:00:00.000000Z",
    )


@pytest.fixture
def register(tmp_path: Path, clock: Clock) -> Iterator[Register]:
    """An empty register that knows the small lists."""
    real = load_rulebooks()
    known = [each for one in real.ids() for each in real.editions(one)]
    rulebooks = Rulebooks([*known, OLD, SHARED_OLD])
    with Register.open(tmp_path / "data", clock=clock, rulebooks=rulebooks) as opened:
        yield opened


def filled(chain: Chain, edition: Edition, station: str, *found: Found) -> None:
    """An inspection by this edition, at the console."""
    form = a_form(
        rulebook=edition.id,
        edition=edition.edition,
        station=station,
        found=found,
        at=chain.clock.now,
    )
    chain.submit(form, by=CONSOLE)


def asked(chain: Chain, months: str = "2026-11", place: str | None = None) -> list[StationChange]:
    """What the register says would change."""
    from domain.register.queries import Asker

    directory = chain.register.directory
    asker = Asker(directory, chain.register.rulebooks, directory.sight(None))
    what_if = WhatIf(OLD, NEW, became(), Months.written(months), place)
    return changed_stations(chain.register, asker, what_if)


def records(register: Register) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table."""
    engine = create_engine(register.url)
    with closing(engine.raw_connection()), engine.connect() as connection:
        names = inspect(engine).get_table_names()
        rows = {
            name: [tuple(row) for row in connection.execute(text(f'SELECT * FROM "{name}"'))]
            for name in names
        }
    engine.dispose()
    return rows


def test_past_inspections_are_scored_again_station_by_station(chain: Chain) -> None:
    filled(chain, OLD, "s1", *(Found(*one) for one in BY_HAND))
    filled(chain, OLD, "s1")
    filled(chain, OLD, "s2", Found("1", 0, 2))
    filled(chain, SHARED_OLD, "s2", Found("a.1"))

    worse, better = asked(chain)

    assert (worse.station, worse.sheets) == ("s2", 1)
    assert worse.why is not None
    assert (worse.why.old, worse.why.new) == (Decimal("9.00"), Decimal("8.00"))
    assert (better.station, better.sheets) == ("s1", 2)
    assert better.why is not None
    assert (better.why.old, better.why.new) == (Decimal("5.35"), Decimal("5.50"))
    assert better.not_as_recorded == 0


def test_many_sheets_are_scored_in_a_process_of_their_own_to_the_same_end(chain: Chain) -> None:
    filled(chain, OLD, "s1", *(Found(*one) for one in BY_HAND))
    past = Past(OLD, Months.written("2026-11"))
    simulation = Simulation(chain.register.url, past, NEW, became())

    assert changes_aside(simulation) == changes_of(simulation) == asked(chain)


def test_asking_what_would_change_changes_nothing(chain: Chain) -> None:
    filled(chain, OLD, "s1", *(Found(*one) for one in BY_HAND))
    before, seal = records(chain.register), chain.register.seal

    assert asked(chain)

    assert records(chain.register) == before
    assert chain.register.seal == seal


def test_postgresql_streams_the_same_sheets(
    tmp_path: Path, clock: Clock, postgres_database: str
) -> None:
    with Register.open(
        tmp_path, postgres_database, clock=clock, rulebooks=Rulebooks([OLD])
    ) as opened:
        chain = build_chain(opened, clock)
        filled(chain, OLD, "s1", *(Found(*one) for one in BY_HAND))
        filled(chain, OLD, "s1")

        (change,) = asked(chain)

    assert change.why is not None
    assert (change.why.old, change.why.new) == (Decimal("5.35"), Decimal("5.50"))


def test_only_the_months_and_the_place_asked_for_are_scored(chain: Chain) -> None:
    filled(chain, OLD, "s1", Found("2"))
    filled(chain, OLD, "s2", Found("2"))

    assert asked(chain, "2026-10") == asked(chain, "2026-12..2027-03") == []
    assert [one.station for one in asked(chain, "2026-09..2026-12", "s2")] == ["s2"]
    assert len(asked(chain, place="a1")) == 2


def test_the_command_explains_every_station(
    chain: Chain, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    chain.submit(chain.form(found=(Found("A.a.1"), Found("A.a.2"))))
    written = (RULEBOOKS / "petrochina-shandong-2012/onsite/2012-A0.yaml").read_text("utf-8")
    new = tmp_path / "draft.yaml"
    new.write_text(written.replace("edition: 2012-A0", "edition: 2027", 1), encoding="utf-8")
    words = ["--data", str(chain.register.folder), "rulebook", "simulate", str(new)]
    words += ["--period", "2026-11", "--unit", "u1"]

    assert main([*words, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["sheets"] == 1
    (station,) = told["stations"]
    assert station["difference"] == "0.00"
    assert station["name"]["zh"] == "湖滨加油站"

    assert main([*words, "--lang", "zh"]) == 0
    assert "未写入任何数据" in capsys.readouterr().out


def test_a_new_edition_of_which_nothing_older_is_known_asks_for_the_old_one(
    chain: Chain, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["rulebook", "simulate", "petrochina-shandong-2012/video", "--period", "2026-11"]
    assert main(["--data", str(chain.register.folder), *words, "--lang", "en"]) == 2
    assert "--old" in capsys.readouterr().err


def test_a_mapping_that_says_nothing_leaves_every_id_as_it_is() -> None:
    assert counterparts(OLD, OLD, NOTHING_WRITTEN).criteria == {one: one for one in OLD.placed}
