"""Networks, copied keys, phones in one pocket, and the changing code."""

from __future__ import annotations

from itertools import chain

import msgspec

from domain.traces import Trace
from tests.presence.traces import MORNING, STEPS, a_round, heard, kinds, trace, worth

HOUR = 3600.0
DAY = 86_400.0


def rounds(*people: str, first: int = 100, day: float = 0) -> list[Trace]:
    """A round by each, an hour apart."""
    walks = (
        a_round(first + 20 * n, day + n * HOUR, STEPS, person=who) for n, who in enumerate(people)
    )
    return list(chain.from_iterable(walks))


def test_from_outside_where_nobody_else_is_outside_is_worth_a_look() -> None:
    away = a_round(1, 9 * HOUR, STEPS, presence=heard(network="outside"))

    assert worth(rounds("li", "zhao") + away) == [one.number for one in away]


def test_a_station_without_a_network_of_its_own_is_not_held_against_anybody() -> None:
    all_away = [*rounds("li"), *a_round(1, 9 * HOUR, STEPS)]
    away = [_with(one, network="outside") for one in all_away]

    assert kinds(away) == set()


def test_where_others_lose_the_wifi_too_it_takes_company() -> None:
    some = [_with(one, network="outside") for one in rounds("li")[:2]]
    inside = rounds("zhao", "sun", "li", first=300, day=4 * HOUR)
    away = [_with(one, network="outside") for one in a_round(1, 9 * HOUR, STEPS)]

    assert worth(some + inside + away) == []


def test_one_key_on_two_phones_by_turns_is_worth_a_look() -> None:
    days = [trace(n, n * DAY, presence=heard(page=page)) for n, page in enumerate("ABAB", start=1)]

    assert worth(days) == [2, 3, 4]


def test_a_browser_that_was_cleared_takes_company() -> None:
    days = [trace(n, n * DAY, presence=heard(page=page)) for n, page in enumerate("AABBCC", 1)]

    assert kinds(days) == {"two_pages"}
    assert worth(days) == []


def test_a_new_phone_that_was_enrolled_is_nothing() -> None:
    old = trace(1, 0, presence=heard(page="A"))
    new = trace(2, DAY, device="new phone", presence=heard(page="B", after=1))

    assert kinds([old, new]) == set()


def test_phones_that_do_not_say_their_page_are_not_compared() -> None:
    days = [
        trace(n, n * DAY, presence=heard(page=page)) for n, page in enumerate(("A", "", "A"), 1)
    ]

    assert kinds(days) == set()


def test_two_phones_with_one_storage_do_not_know_of_each_other() -> None:
    """Each knows only receipts of its own, hours after the other's."""
    known = (None, 1, 1, 2, 3, 4)
    days = [
        trace(n, n * DAY, presence=heard(page="A", after=after))
        for n, after in enumerate(known, start=1)
    ]

    assert worth(days) == [3, 4, 5, 6]


def test_an_answer_that_was_lost_once_takes_company() -> None:
    known = (None, 1, 1, 3, 4)
    days = [
        trace(n, n * DAY, presence=heard(page="A", after=after))
        for n, after in enumerate(known, start=1)
    ]

    assert worth(days) == []


def test_points_in_quick_order_need_not_know_the_last_receipt() -> None:
    walk = a_round(1, 0, STEPS, presence=heard(page="A", after=1))

    assert kinds(walk) == set()


def together(day: int) -> list[Trace]:
    own = a_round(100 * day, day * DAY, STEPS)
    other = a_round(100 * day + 50, day * DAY + 6, STEPS, person="li")
    return own + other


def test_two_phones_in_step_again_and_again_are_one_person() -> None:
    both = together(1) + together(2)

    assert worth(both) == sorted(one.number for one in both)


def test_a_superior_who_walks_along_once_takes_company() -> None:
    assert kinds(together(1)) == {"in_step"}
    assert worth(together(1)) == []


def test_phones_in_step_show_though_a_clock_is_off() -> None:
    both = [
        *together(1),
        *a_round(200, 4 * DAY, STEPS),
        *a_round(250, 4 * DAY + 6 + 200, STEPS, person="li", late_s=-199),
    ]

    assert worth(both) == sorted(one.number for one in both)


def test_a_round_that_two_people_share_is_nothing() -> None:
    shared = [one for one in together(1) if (one.number % 2 == 0) == (one.person == "li")]

    assert kinds(shared) == set()


def test_without_the_changing_code_where_the_others_scan_it_is_worth_a_look() -> None:
    others = [_with(one, proved_at=MORNING) for one in rounds("li", "zhao", "sun")]
    without = a_round(1, 9 * HOUR, STEPS)

    assert worth(others + without) == [one.number for one in without]


def test_without_the_changing_code_is_nothing_where_nobody_uses_it() -> None:
    one_did = [_with(one, proved_at=MORNING) for one in rounds("li")]

    assert kinds(one_did + rounds("zhao", "sun", first=300, day=4 * HOUR)) == set()


def _with(one: Trace, **changes: object) -> Trace:
    return msgspec.structs.replace(one, presence=heard(**changes))
