"""The calendar as people write it: what is refused, with its line, and how readings are put in."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import EveryMonth, NamedMonths
from domain.checking import check_shelf
from domain.register.shelf import RULEBOOKS, BrokenRulebooks, load_rulebooks

OWN = """\
id: test/own
edition: "1"
title: {zh: 自定任务, en: Own duties}
source: {document: 公司通知, part: {zh: 第一条, en: Article 1}}
in_force: {from: 2026-01-01}
readings:
  - id: R1
    point: L20
    says: {zh: 没有说, en: It does not say}
    read: by
    because: {zh: 写的是完成, en: Completion is set}
obligations:
  - id: Q1
    title: {zh: 油罐抽查, en: Tank check}
    kind: special
    clause: "1.1"
    about: unit
    run_by: {level: unit, post: unit_staff, department: {zh: 安全科, en: Safety}}
    rulebooks: []
    cadence: {every: month, day: 15, sense: {reading: R1}}
    coverage: {cover: share, percent: 50, rounding: up}
"""
STANDARD = (RULEBOOKS / "petrochina-shandong-2012" / "calendar.yaml").read_text(encoding="utf-8")


def said(text: str, **more: str) -> list[str]:
    files = {"calendar.yaml": text, **{f"{name}.yaml": other for name, other in more.items()}}
    shelf = check_shelf({name: each.encode() for name, each in files.items()})
    return [problem.sentence("en") for problem in shelf.problems]


def test_the_standards_calendar_has_all_eleven_kinds() -> None:
    (calendar,) = load_rulebooks().calendars.editions

    facts = {fact for one in calendar.obligations for fact in one.facts}
    assert {f"I{n}" for n in range(1, 12)} <= facts
    assert [one.id for one in calendar.obligations] == [
        "I1", "I2", "I3", "I3-unit", "I4", "I5", "I6", "I7", "I8-video", "I8-onsite",
        "I9", "I10", "I11",
    ]  # fmt: skip


def test_every_reading_names_its_point_says_why_and_is_used() -> None:
    (calendar,) = load_rulebooks().calendars.editions

    assert {one.point for one in calendar.readings} == {
        "X1", "X2", "I12", "L17", "L18", "L19", "L20", "L33"
    }  # fmt: skip
    assert all(one.because.zh and one.says.zh for one in calendar.readings)


def test_a_calendar_that_is_right_has_its_readings_put_in() -> None:
    shelf = check_shelf({"calendar.yaml": OWN.encode()})

    assert shelf.problems == []
    assert shelf.editions == []
    (calendar,) = shelf.calendars
    assert calendar.obligations[0].cadence == EveryMonth(day=15, sense="by")


@pytest.mark.parametrize(
    ("right", "wrong", "said_then"),
    [
        ("clause:", "claus:", 'calendar.yaml:16: Unknown key "claus"'),
        ("every: month", "every: moon", "calendar.yaml:20: obligations[0].cadence.every does not"),
        ("read: by", "read: near", "calendar.yaml:10: obligations[0].cadence.sense does not fit"),
        ("{reading: R1}", "{reading: R2}", 'calendar.yaml:20: There is no reading "R2"'),
        ("{reading: R1}", "by", 'calendar.yaml:7: No obligation refers to the reading "R1"'),
        ("    read: by\n", "", 'calendar.yaml:7: readings[0] lacks "read"'),
        ("id: R1", "id: [R1]", 'calendar.yaml:20: There is no reading "R1"'),
        ("{reading: R1}", "{reading: [R1]}", "calendar.yaml:20: There is no reading"),
        ("day: 15", "day: 32", "calendar.yaml:20: 32 is out of range"),
        ("percent: 50", "percent: 0", "calendar.yaml:21: 0 is out of range"),
        ("about: unit", "about: company", "calendar.yaml:18: A post at unit level cannot answer"),
        ("about: unit", "about: station", "calendar.yaml:21: A duty about one station has nothing"),
        ("post: unit_staff", "post: staff", "calendar.yaml:18: There is no staff at unit level"),
        ("id: Q1", "id: Q/1", "calendar.yaml:13: obligations[0].id is no usable id"),
        ("en: Tank check", "en: ''", "calendar.yaml:14: obligations[0].title.en is empty"),
    ],
)  # fmt: skip
def test_a_slip_is_named_with_file_and_line(right: str, wrong: str, said_then: str) -> None:
    assert any(one.startswith(said_then) for one in said(OWN.replace(right, wrong, 1)))


@pytest.mark.parametrize(
    ("months", "by", "wrong"),
    [
        ("[3, 6, 9]", "end_of_month", "one, two or four"),
        ("[3, 6, 9, 13]", "end_of_month", "13 is out of range"),
        ("[4, 6, 9, 12]", "end_of_month", "4 is out of range"),
        ("[1, 6, 9, 12]", "before_month", "1 is out of range"),
    ],
)
def test_named_months_lie_each_in_its_part_of_the_year(months: str, by: str, wrong: str) -> None:
    spoilt = OWN.replace(
        "{every: month, day: 15, sense: {reading: R1}}",
        f"{{every: named_months, months: {months}, by: {{reading: R1}}}}",
    ).replace("read: by", f"read: {by}")

    (problem,) = said(spoilt)
    assert wrong in problem


def test_a_slip_that_a_reading_brings_is_named_at_the_reading() -> None:
    spoilt = OWN.replace("{every: month, day: 15, sense: {reading: R1}}", "{reading: R1}").replace(
        "read: by", "read: {every: month, day: 40, sense: by}"
    )

    assert said(spoilt) == [
        "calendar.yaml:10: 40 is out of range. Write a number from 1 to 31.",
    ]


def test_two_calendars_cannot_use_one_id_for_two_duties() -> None:
    other = OWN.replace("test/own", "test/other")

    shelf = check_shelf({"a/calendar.yaml": OWN.encode(), "b/calendar.yaml": other.encode()})

    assert [one.file for one in shelf.problems] == ["b/calendar.yaml"]
    assert "already used by a/calendar.yaml" in shelf.problems[0].reason.en


def test_two_editions_of_a_calendar_cannot_hold_on_one_day() -> None:
    newer = OWN.replace('edition: "1"', 'edition: "2"').replace("2026-01-01", "2027-01-01")
    ended = OWN.replace("from: 2026-01-01", "from: 2026-01-01, to: 2026-12-31")

    overlapping = check_shelf({"calendar.yaml": OWN.encode(), "calendar-2027.yaml": newer.encode()})
    following = check_shelf({"calendar.yaml": ended.encode(), "calendar-2027.yaml": newer.encode()})

    assert len(overlapping.problems) == 1
    assert following.problems == []
    assert len(following.calendars) == 2


def test_a_calendar_that_names_a_rulebook_nobody_has_is_refused(tmp_path: Path) -> None:
    video = RULEBOOKS / "petrochina-shandong-2012" / "video" / "2012-A0.yaml"
    (tmp_path / "1.yaml").write_bytes(video.read_bytes())
    named = OWN.replace("rulebooks: []", "rulebooks: [test/nowhere]")
    (tmp_path / "calendar.yaml").write_text(named, encoding="utf-8")

    with pytest.raises(BrokenRulebooks, match=r'calendar\.yaml:19: There is no rulebook "test/now'):
        load_rulebooks(tmp_path)


def test_a_data_folder_adds_duties_and_working_days_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "calendar.yaml").write_text(OWN, encoding="utf-8")
    years = 'years: {"2027": {source: {zh: 通知, en: notice}}}'
    (tmp_path / "working_days.yaml").write_text(years, encoding="utf-8")

    rulebooks = load_rulebooks(own=tmp_path)

    assert {one.id for one in rulebooks.calendars.editions} == {
        "petrochina-shandong-2012/calendar", "test/own"
    }  # fmt: skip
    assert rulebooks.working_days.published(2027)


@pytest.mark.parametrize(
    ("read", "by"), [("end_of_month", "end_of_month"), ("before_month", "before_month")]
)
def test_a_reading_decides_the_value_of_the_obligations_that_refer_to_it(
    read: str, by: str
) -> None:
    changed = STANDARD.replace("read: end_of_month", f"read: {read}", 1)

    (calendar,) = check_shelf({"calendar.yaml": changed.encode()}).calendars

    obligation = calendar.obligation("I2")
    assert obligation
    assert isinstance(obligation.cadence, NamedMonths)
    assert obligation.cadence.by == by


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("short: {zh: 每月现场检查的简称, en: Monthly}", "9 characters"),
        ("short: {zh: 每月, en: Monthly inspection}", "18 characters"),
        ("short: {zh: 公司录像稽查, en: Audit}", "already used by"),
    ],
)
def test_a_short_name_that_would_be_cut_or_confused_is_refused(line: str, problem: str) -> None:
    of_i6 = "short: {zh: 单位录像稽查, en: Unit video audit}"

    shelf = check_shelf({"calendar.yaml": STANDARD.replace(of_i6, line).encode()})

    assert [one for one in shelf.problems if problem in str(one)]


SCRAPS = st.recursive(
    st.text(max_size=3) | st.sampled_from(["R1", "by", "month", "all"]),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(
            st.sampled_from(["id", "read", "reading", "readings", "obligations", "every", "cover"]),
            inner,
            max_size=3,
        )
    ),
    max_leaves=6,
)


@given(st.sampled_from(["readings", "obligations", "in_force", "id", "title"]), SCRAPS)
def test_whatever_stands_in_a_calendar_is_answered_with_problems(key: str, scrap: object) -> None:
    """Nothing that people can write stops the check itself."""
    document = yaml.safe_load(OWN.replace("2026-01-01", "'2026-01-01'")) | {key: scrap}
    written = yaml.safe_dump(document, allow_unicode=True)

    shelf = check_shelf({"calendar.yaml": written.encode()})

    assert shelf.problems or shelf.calendars


def test_a_slip_in_a_data_folders_own_calendar_says_which_file_to_check(tmp_path: Path) -> None:
    file = tmp_path / "calendar.yaml"
    file.write_text(OWN.replace("day: 15", "day: 32"), encoding="utf-8")

    with pytest.raises(BrokenRulebooks) as refused:
        load_rulebooks(own=tmp_path)

    assert refused.value.remedy.en.endswith(f"rulebook check {file}.")
