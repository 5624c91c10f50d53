"""The demonstration chain: as large as promised, repeatable, audited on time, with causes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from math import ceil
from pathlib import Path
from statistics import fmean
from typing import Any

import pytest

from domain.canonical import digest, moment
from domain.journal import first_broken
from domain.procedures.weighing import CHINA
from domain.register.duties import duty_board
from domain.register.journal_table import entries
from domain.register.queries import Asker, Page, findings, inspections
from domain.register.register import Register
from domain.register.sheets import inspection_sheet
from domain.views import FindingLine, InspectionLine
from domain.windows import Span
from tui.demo.build import build_demo, open_demo
from tui.demo.lore import lore

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("demo")]
TODAY = date(2026, 11, 20)
SEED = 7
ALL = Page(100_000)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    """The whole demonstration, a year of it."""
    with open_demo(tmp_path_factory.mktemp("demo"), SEED, TODAY) as register:
        yield register


@pytest.fixture(scope="module")
def audits(demo: Register) -> list[InspectionLine]:
    """All audits of the year, the newest first."""
    with demo.read() as connection:
        return inspections(connection, everything(demo), ALL)


@pytest.fixture(scope="module")
def found(demo: Register) -> list[FindingLine]:
    """All findings of the year, the newest first."""
    with demo.read() as connection:
        return findings(connection, everything(demo), ALL)


def everything(register: Register) -> Asker:
    return Asker(register.directory, register.rulebooks, register.directory.sight(None))


def test_the_chain_is_as_large_as_the_one_it_is_modelled_on(demo: Register) -> None:
    kinds = Counter(place.kind for place in demo.directory.places.values())

    assert (kinds["unit"], kinds["station"]) == (8, 71)
    assert len(demo.directory.people) > 500


def test_every_station_has_a_manager_with_a_phone_and_pumps_to_scan(demo: Register) -> None:
    directory = demo.directory
    owners = {device.person for device in directory.devices.values()}
    managed = {
        role.place
        for person in directory.people.values()
        for role in person.roles
        if role.name == "station_manager" and person.id in owners
    }
    pumped = {point.station for point in directory.points.values() if point.kind == "pump"}

    assert managed == pumped == {station.id for station in directory.stations}


def test_nobody_shares_a_name(demo: Register) -> None:
    names = Counter(person.name for person in demo.directory.people.values())

    assert max(names.values()) == 1


def test_all_seals_of_the_journal_hold(demo: Register) -> None:
    with demo.read() as connection:
        assert first_broken(entries(connection)) is None


def test_the_journal_runs_forward_through_the_year_before_today(demo: Register) -> None:
    with demo.read() as connection:
        moments = [moment(entry.header.at) for entry in entries(connection)]

    assert moments == sorted(moments)
    assert moments[-1] == datetime(2026, 11, 20, tzinfo=CHINA)
    assert moments[-1] - moments[0] > timedelta(days=365)


def by_month(audits: list[InspectionLine]) -> dict[str, list[InspectionLine]]:
    """The audits of each of the twelve whole months."""
    months: defaultdict[str, list[InspectionLine]] = defaultdict(list)
    for audit in audits:
        months[day_of(audit).strftime("%Y-%m")].append(audit)
    months.pop("2026-11")
    return months


def day_of(audit: InspectionLine) -> date:
    return moment(audit.started_at).astimezone(CHINA).date()


def role_of(demo: Register, audit: InspectionLine) -> Any:
    (person,) = [each for each in demo.directory.people.values() if each.name == audit.person]
    return person.roles[0]


def test_area_managers_audit_every_station_each_month_in_both_ways(
    demo: Register, audits: list[InspectionLine]
) -> None:
    stations = {station.id for station in demo.directory.stations}
    months = by_month(audits)

    assert len(months) == 12
    for done in months.values():
        for kind in ("video_audit", "onsite_audit"):
            seen = Counter(
                audit.station
                for audit in done
                if audit.kind == kind and role_of(demo, audit).name == "area_manager"
            )
            assert seen == Counter(dict.fromkeys(stations, 1))


@pytest.mark.parametrize(("kind", "last"), [("video_audit", 20), ("onsite_audit", 25)])
def test_units_audit_three_in_ten_stations_each_month_in_time(
    demo: Register, audits: list[InspectionLine], kind: str, last: int
) -> None:
    units = [place.id for place in demo.directory.places.values() if place.kind == "unit"]
    for done in by_month(audits).values():
        for unit in units:
            mine = [a for a in done if a.kind == kind and role_of(demo, a).place == unit]
            assert len({audit.station for audit in mine}) >= ceil(
                0.3 * len(demo.directory.under(unit))
            )
            assert max(day_of(audit).day for audit in mine) <= last


def test_every_form_came_in_when_it_was_sent_or_soon_after(audits: list[InspectionLine]) -> None:
    waits = [moment(audit.received_at) - moment(audit.submitted_at) for audit in audits]

    assert min(waits) > -timedelta(minutes=15)  # some phones' clocks are wrong
    assert max(waits) < timedelta(hours=3)


def test_what_is_watched_or_takes_hours_is_entered_at_a_console_and_the_rest_by_phone(
    audits: list[InspectionLine],
) -> None:
    ways = {(audit.kind, audit.via) for audit in audits}

    assert ways == {
        ("video_audit", "console"),
        ("comprehensive", "console"),
        ("onsite_audit", "phone"),
    }


def test_stations_differ_and_the_weakest_keep_being_weak(audits: list[InspectionLine]) -> None:
    months = by_month(audits)
    first, second = list(months)[6:], list(months)[:6]
    before, after = (mean_scores(months, half) for half in (first, second))

    worst = sorted(before, key=before.__getitem__)[:10]
    assert fmean(after.values()) - fmean(after[each] for each in worst) > 2
    assert max(before.values()) - min(before.values()) > 5


def mean_scores(months: dict[str, list[InspectionLine]], half: list[str]) -> dict[str, float]:
    scores: defaultdict[str, list[float]] = defaultdict(list)
    for month in half:
        for audit in months[month]:
            scores[audit.station].append(float(100 * audit.score / audit.max))
    return {station: fmean(each) for station, each in scores.items()}


def test_the_chain_gets_better_over_the_year(audits: list[InspectionLine]) -> None:
    months = by_month(audits)
    ordered = sorted(months)
    early, late = (
        fmean(mean_scores(months, half).values()) for half in (ordered[:3], ordered[-3:])
    )

    assert late > early


def test_inspectors_are_not_alike_and_units_are_stricter_than_areas(
    demo: Register, audits: list[InspectionLine]
) -> None:
    lost: defaultdict[str, list[int]] = defaultdict(list)
    for audit in audits:
        lost[role_of(demo, audit).name].append(audit.findings)

    assert fmean(lost["unit_staff"]) > 1.2 * fmean(lost["area_manager"])


def test_one_inspector_is_done_in_minutes_and_finds_next_to_nothing(
    audits: list[InspectionLine],
) -> None:
    hasty = [a for a in audits if moment(a.submitted_at) - moment(a.started_at) < timedelta(0, 300)]

    assert len({audit.person for audit in hasty}) == 1
    assert fmean(audit.findings for audit in hasty) < 1.5


def test_notes_are_typed_for_the_criterion_they_stand_at(found: list[FindingLine]) -> None:
    assert all(finding.note and "{" not in finding.note for finding in found)
    assert len({finding.note for finding in found}) > 500


def test_every_criterion_has_its_lore(demo: Register) -> None:
    criteria = {
        criterion
        for rulebook in ("video", "onsite")
        for edition in demo.rulebooks.editions(f"petrochina-shandong-2012/{rulebook}")
        for criterion in edition.placed
    }

    assert set(lore()) == criteria


def test_recordings_are_quoted_by_the_time_of_day(found: list[FindingLine]) -> None:
    assert all((finding.at is not None) == (finding.kind == "video_audit") for finding in found)


def test_some_criteria_do_not_apply_somewhere(demo: Register, audits: list[InspectionLine]) -> None:
    assert any(audit.applied_max < audit.max for audit in audits)
    assert any(audit.applied_max == audit.max for audit in audits)


def test_a_few_dozen_pictures_are_really_there(demo: Register, found: list[FindingLine]) -> None:
    shown = [finding for finding in found if finding.pictures_here]
    assert 24 <= len(shown) <= 100

    with demo.read() as connection:
        sheet = inspection_sheet(connection, everything(demo), shown[0].inspection)
    assert sheet is not None
    picture = next(item for item in sheet.evidence if item.finding == shown[0].number)
    content = demo.media.path(picture.sha256).read_bytes()
    assert (digest(content), len(content)) == (picture.sha256, picture.size)
    assert content.startswith(b"\xff\xd8\xff")


def told(folder: Path, seed: int) -> dict[str, Any]:
    """What a month of a demonstration tells; secrets and what hangs on them left out."""
    with Register.open(folder) as register:
        build_demo(register, seed=seed, today=TODAY, months=0)
        asker = everything(register)
        with register.read() as connection:
            audits = inspections(connection, asker, ALL)
            lines = findings(connection, asker, ALL)
            pictures = {
                item.sha256
                for number in {line.inspection for line in lines if line.pictures}
                if (sheet := inspection_sheet(connection, asker, number))
                for item in sheet.evidence
            }
        directory = register.directory
        return {
            "places": directory.places,
            "people": directory.people,
            "points": set(directory.points),
            "audits": audits,
            "findings": lines,
            "pictures": pictures,
        }


def test_the_same_seed_gives_the_same_chain_scores_findings_and_pictures(tmp_path: Path) -> None:
    one, two = told(tmp_path / "one", 5), told(tmp_path / "two", 5)

    # One by one: pytest would take a minute to spell out how two such long values differ.
    differing = [what for what in one if one[what] != two[what]]
    assert differing == []


def test_another_seed_gives_another_chain_and_other_scores(tmp_path: Path) -> None:
    one, other = told(tmp_path / "one", 5), told(tmp_path / "two", 6)

    assert one["people"] != other["people"]
    assert [audit.score for audit in one["audits"]] != [audit.score for audit in other["audits"]]


def test_a_demonstration_is_built_once_and_opened_after_that(demo: Register) -> None:
    with open_demo(demo.folder, SEED + 1, TODAY) as again:
        assert (again.journal_seq, again.seal) == (demo.journal_seq, demo.seal)
        assert again.node.name.zh == "齐原公司（演示）"


def test_an_interrupted_build_leaves_no_half_chain(tmp_path: Path) -> None:
    def interrupt(done: int, of: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        open_demo(tmp_path / "demo", 5, TODAY, progress=interrupt)

    assert not (tmp_path / "demo").exists()


def test_most_duties_are_done_some_are_late_or_missed_and_todays_are_open(demo: Register) -> None:
    with demo.read() as connection:
        month = Span(TODAY.replace(day=1), TODAY)
        board = duty_board(connection, everything(demo), month, TODAY)
    tally = Counter(line.state for line in board.lines if line.due < TODAY)

    assert tally["done"] > 0.8 * tally.total()
    assert min(tally["missed"], tally["done_late"], tally["excused"]) > 0
    daily = [line for line in board.lines if line.obligation == "I9" and line.due == TODAY]
    assert {line.state for line in daily} == {"due"}
