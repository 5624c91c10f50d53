"""Other answers under a known id: kept for the manager to compare, from the right people only."""

from __future__ import annotations

from typing import Any

import pytest

from domain.organisation import Actor
from domain.procedures.enrolment import Enrolled, enrol, offer_enrolment, withdraw_device
from domain.procedures.points import place_point, withdraw_code
from domain.procedures.refusals import AnswersDiffer, CodeWithdrawn, DeviceWithdrawn, IdTaken
from domain.procedures.submission import CONTESTS_KEPT, submit_inspection
from domain.procedures.weighing import weigh
from domain.refusals import Refusal
from domain.register.queries import Asker
from domain.register.sheets import inspection_sheet
from domain.submission import Found, Receipt
from domain.text import Text
from tests.things import CONSOLE, Chain, a_form


@pytest.fixture
def first(chain: Chain) -> Receipt:
    """The form that came first under its id."""
    return chain.submit(chain.form())


def contest(chain: Chain, first: Receipt, by: Actor | None = None, **changes: Any) -> object:
    """Send other answers under the id of the first."""
    form = a_form(**({"token": chain.token, "id": first.id, "found": ()} | changes))
    weighed = weigh(chain.register.rulebooks, form)
    return chain.register.carry_out(submit_inspection, weighed, None, by=by or chain.by_phone)


def kept(chain: Chain, first: Receipt) -> int:
    directory = chain.register.directory
    asker = Asker(directory, chain.register.rulebooks, directory.sight(None))
    with chain.register.read() as connection:
        sheet = inspection_sheet(connection, asker, first.number)
    assert sheet is not None
    return len(sheet.contests)


def phone_of(chain: Chain, person: str) -> Enrolled:
    code = chain.register.carry_out(offer_enrolment, person, by=CONSOLE)
    return chain.register.carry_out(enrol, code, "另一部手机", by=Actor("phone"))


def test_no_more_than_a_few_are_kept_and_the_rest_is_still_refused(
    chain: Chain, first: Receipt
) -> None:
    answers = [
        contest(chain, first, found=(Found("A.a.1", count=count),))
        for count in range(2, CONTESTS_KEPT + 4)
    ]
    seq = chain.register.journal_seq

    assert all(isinstance(answer, AnswersDiffer) for answer in answers)
    assert kept(chain, first) == CONTESTS_KEPT
    assert seq == first.seq + CONTESTS_KEPT


def test_who_is_told_that_it_was_not_kept_is_told_so(chain: Chain, first: Receipt) -> None:
    told = [
        str(contest(chain, first, found=(Found("A.a.1", count=count),)))
        for count in range(2, CONTESTS_KEPT + 3)
    ]

    assert ["this one is not" in each for each in told] == [False] * CONTESTS_KEPT + [True]


def test_who_does_not_see_the_station_contests_nothing(chain: Chain, first: Receipt) -> None:
    theirs = Text(zh="2号加油机", en="Pump 2")
    token = chain.register.carry_out(place_point, "s2-p", "s2", "pump", theirs, by=CONSOLE)
    by = Actor("phone", "p-zhao", phone_of(chain, "p-zhao").device)

    stores_nothing(chain, first, IdTaken, by=by, token=token)


def test_a_withdrawn_phone_contests_nothing(chain: Chain, first: Receipt) -> None:
    chain.register.carry_out(withdraw_device, chain.phone.device, by=CONSOLE)

    stores_nothing(chain, first, DeviceWithdrawn)


def test_nothing_is_contested_by_a_withdrawn_code(chain: Chain, first: Receipt) -> None:
    chain.register.carry_out(withdraw_code, chain.point, by=CONSOLE)

    stores_nothing(chain, first, CodeWithdrawn)


def stores_nothing(chain: Chain, first: Receipt, kind: type[Refusal], **changes: Any) -> None:
    before = chain.register.journal_seq
    with pytest.raises(kind):
        contest(chain, first, **changes)
    assert (kept(chain, first), chain.register.journal_seq) == (0, before)
