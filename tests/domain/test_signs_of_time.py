"""Clocks, waiting forms and walks: what is a sign, and what honest people do."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from domain.signs import Limits
from domain.traces import History, Shot, Trace
from domain.worth import doubts
from tests.presence.traces import MORNING, STEPS, a_round, heard, kinds, trace, worth

HOUR = 3600.0


def test_nobody_is_doubted_where_nothing_was_sent() -> None:
    assert doubts(History([])) == {}


def test_an_honest_round_is_not_worth_a_look() -> None:
    assert kinds(a_round(1, 0, STEPS)) == set()


def test_what_a_console_entered_is_never_doubted() -> None:
    at_once = [trace(n, n, spent_s=0, presence=heard(network="console")) for n in range(1, 12)]

    assert kinds(at_once) == set()


def test_forms_that_waited_hours_for_a_network_are_not_worth_a_look() -> None:
    """They come together, so each is less late than the one before."""
    walk = a_round(1, 0, STEPS)
    end = walk[-1].submitted_at + timedelta(hours=4)
    waited = [_received(one, end + timedelta(seconds=0.5 * n)) for n, one in enumerate(walk)]

    assert kinds(waited) == set()


def test_forms_one_by_one_each_equally_late_were_sent_with_the_clock_set_back() -> None:
    walk = a_round(1, 0, STEPS, late_s=5 * HOUR)

    assert worth(walk) == [one.number for one in walk]
    assert "backdated" in kinds(walk)


def test_a_clock_set_back_shows_beside_honest_forms_of_the_same_day() -> None:
    honest = a_round(1, 6 * HOUR, STEPS)
    back = a_round(50, 0, STEPS, late_s=7 * HOUR)

    assert worth(honest + back) == [one.number for one in back]


def test_a_form_that_knows_a_later_receipt_was_backdated() -> None:
    before = trace(7, 5 * HOUR)
    late = trace(9, 0, late_s=6 * HOUR, presence=heard(after=7))

    assert worth([before, late]) == [9]


def test_a_receipt_of_before_a_backup_was_restored_accuses_nobody() -> None:
    """The phone knows number 9 of old; since then another phone was given it."""
    knows = trace(5, 0, presence=heard(page="A", after=9))
    anew = trace(9, 3 * HOUR, person="li", presence=heard(page="B"))

    assert kinds([knows, anew]) == set()


def test_a_picture_by_the_clock_of_a_members_phone_takes_company() -> None:
    alone = trace(1, 0, shots=(Shot("x", MORNING - timedelta(days=2)),))
    team = msgspec.structs.replace(alone, received_at=alone.submitted_at)

    assert worth([alone]) == [1]
    assert worth([team]) == []


def test_a_clock_three_minutes_off_is_nothing() -> None:
    assert kinds(a_round(1, 0, STEPS, late_s=-180)) == set()
    assert kinds(a_round(1, 0, STEPS, late_s=180)) == set()


def test_a_clock_nine_minutes_ahead_takes_company() -> None:
    walk = a_round(1, 0, STEPS, late_s=-540)

    assert kinds(walk) == {"clock"}
    assert worth(walk) == []


def test_ten_points_in_forty_seconds_are_worth_a_look() -> None:
    walk = a_round(1, 0, [4.4] * 4 + [3.6] * 5, spent_s=2)

    assert worth(walk) == [one.number for one in walk]


def test_below_the_minutes_of_the_patrol_takes_company() -> None:
    walk = a_round(1, 0, (25, 61, 90), spent_s=8)

    assert kinds(walk) == {"too_fast"}
    assert worth(walk) == []


def test_a_walk_in_a_third_of_the_time_of_three_others_is_worth_a_look() -> None:
    others = [
        one
        for n, who in enumerate(("li", "zhao", "sun", "li", "zhao", "sun"))
        for one in a_round(100 + 20 * n, n * HOUR, STEPS, person=who)
    ]
    quick = a_round(1, 9 * HOUR, [step * 0.33 for step in STEPS])
    hurried = a_round(30, 12 * HOUR, [step * 0.55 for step in STEPS])

    assert worth(others + quick + hurried) == [one.number for one in quick]


def test_one_slow_colleague_is_no_measure() -> None:
    other = [one for n in range(6) for one in a_round(100 + 20 * n, n * HOUR, STEPS, person="li")]
    quick = a_round(1, 9 * HOUR, [step * 0.33 for step in STEPS], walk=0)

    assert worth(other + quick) == []


def test_where_few_walk_the_patrols_own_minutes_are_the_measure() -> None:
    """Of the minute that it demands, sixteen seconds are too few and half a minute is haste."""
    quick = a_round(1, 0, (16, 12, 21, 15, 18, 14, 17), spent_s=8)
    hurried = a_round(20, HOUR, (28, 35, 25, 31, 40, 26, 33), spent_s=12)

    assert worth(quick + hurried) == [one.number for one in quick]


def test_points_each_seventy_five_seconds_are_a_machine() -> None:
    assert worth(a_round(1, 0, (75, 76, 75, 74, 75, 75))) == list(range(1, 8))


def test_five_points_are_too_few_to_tell_a_machine() -> None:
    assert worth(a_round(1, 0, (75, 75, 75, 75))) == []


def test_another_station_after_a_minute_is_two_places_at_once() -> None:
    there = trace(2, 80, station="s2", point="s2-1")

    assert worth([trace(1, 0), there]) == [2]


def test_another_station_after_a_minute_shows_though_its_form_was_held_back_for_days() -> None:
    there = trace(2, 80, late_s=50 * HOUR, station="s2", point="s2-1")

    assert worth([trace(1, 0), there]) == [2]


def test_another_station_after_a_quarter_of_an_hour_is_help() -> None:
    assert kinds([trace(1, 0), trace(2, 900, station="s2", point="s2-1")]) == set()


def test_a_form_left_open_at_another_station_takes_company() -> None:
    """Such as a team's inspection that goes on the next day; where it is finished nobody knows."""
    left_open = trace(1, 0, spent_s=26 * HOUR, station="s1")
    elsewhere = trace(2, 8 * HOUR, station="s2")

    assert kinds([left_open, elsewhere]) == {"two_places"}
    assert worth([left_open, elsewhere]) == []
    assert worth([left_open, trace(2, 100, station="s2")]) == [2]


def test_two_phones_of_one_person_are_compared_by_one_clock() -> None:
    ahead = trace(1, 600, late_s=-599, device="ten minutes ahead")
    right = trace(2, 840, station="s2", device="right")

    assert kinds([ahead, right]) == {"clock"}


def test_what_a_team_made_does_not_go_by_the_clock_of_the_leaders_phone() -> None:
    """This node says when it was opened and closed: the phone may be an hour ahead."""
    before = trace(1, HOUR, late_s=-HOUR, presence=heard(page="A"))
    closing = trace(2, 0, spent_s=0.7 * HOUR, late_s=0, presence=heard(page="A", after=1))

    assert worth([before, closing]) == [1]


def test_a_long_form_within_seconds_is_worth_a_look_and_a_short_one_takes_company() -> None:
    long = trace(1, 0, spent_s=40, entries=69)
    short = trace(2, 4000, spent_s=2)

    assert worth([long, short]) == [1]
    assert kinds([short]) == {"hasty"}


@pytest.mark.parametrize("year", [1, 9999])
def test_a_phone_that_says_an_absurd_year_breaks_nothing(year: int) -> None:
    said = datetime(year, 1, 1, tzinfo=UTC)
    odd = trace(2, 60, started_at=said, submitted_at=said)
    other = trace(3, 90, submitted_at=datetime(9999, 1, 1, tzinfo=UTC))

    assert doubts(History([trace(1, 0), odd, other])) != {}


def test_a_form_that_was_sent_before_it_was_begun_is_too_fast() -> None:
    assert worth([trace(1, 0, spent_s=-500, entries=30)]) == [1]


def test_nobody_named_and_no_phone_breaks_nothing() -> None:
    nobody = [trace(n, n * 3, person=None, device=None, point=None) for n in range(1, 9)]

    assert worth(nobody) == []


def test_a_company_may_allow_more() -> None:
    long = trace(1, 0, spent_s=40, entries=69)

    assert doubts(History([long]), Limits(entry_ms=500)) == {}


def test_the_changing_code_speaks_against_being_elsewhere() -> None:
    there = trace(2, 80, station="s2", point="s2-1", presence=heard(proved_at=MORNING))

    assert worth([trace(1, 0), there]) == []


def test_the_changing_code_does_not_say_that_somebody_walked() -> None:
    proof = heard(proved_at=MORNING)
    walk = a_round(1, 0, (4, 5, 3, 4, 5), spent_s=9, presence=proof)

    assert worth(walk) == [one.number for one in walk]


def _received(one: Trace, at: datetime) -> Trace:
    return msgspec.structs.replace(one, received_at=at)
