"""Taking in a form: scored, stored, journalled, safe to repeat, refused with a remedy."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from domain.organisation import Actor
from domain.presence import Arrival
from domain.procedures.enrolment import withdraw_device
from domain.procedures.points import reissue_code, withdraw_code
from domain.procedures.refusals import (
    AnswersDiffer,
    CodeWithdrawn,
    DeviceWithdrawn,
    EditionNotInForce,
    OutOfSight,
    Unfit,
    Unknown,
    UnknownCode,
)
from domain.procedures.submission import submit_inspection
from domain.procedures.weighing import weigh
from domain.refusals import Refusal
from domain.register.queries import Asker, Page, findings
from domain.register.sheets import inspection_sheet
from domain.submission import Found
from domain.views import FindingFilter, InspectionSheet
from tests.things import CONSOLE, Chain, a_form, a_picture, new_id


def asker(chain: Chain, person: str | None = None) -> Asker:
    directory = chain.register.directory
    return Asker(directory, chain.register.rulebooks, directory.sight(person))


def sheet(chain: Chain, number: int) -> InspectionSheet:
    with chain.register.read() as connection:
        found = inspection_sheet(connection, asker(chain), number)
    assert found is not None
    return found


def test_a_form_gets_a_receipt_with_its_score_and_seal(chain: Chain) -> None:
    receipt = chain.submit(chain.form())

    assert (receipt.score, receipt.max, receipt.findings) == ("69.00", "70.00", 1)
    assert receipt.seal == sheet(chain, receipt.number).seal


def test_every_line_of_a_form_becomes_a_finding(chain: Chain) -> None:
    lines = (Found("A.a.1", note="一"), Found("A.a.1", note="二"), Found("E.b.2", count=3))
    receipt = chain.submit(chain.form(found=lines))

    stored = sheet(chain, receipt.number).found
    assert [(f.criterion, f.count, f.note) for f in stored] == [
        ("A.a.1", 1, "一"),
        ("A.a.1", 1, "二"),
        ("E.b.2", 3, ""),
    ]
    assert [f.points for f in stored][:2] == [Decimal("1.00"), Decimal("0.00")]


def test_the_same_form_sent_again_gets_the_same_receipt_and_is_stored_once(chain: Chain) -> None:
    form = chain.form()

    assert chain.submit(form) == chain.submit(form)
    assert chain.register.journal_seq == sheet(chain, chain.register.journal_seq).line.number


def test_other_answers_under_the_same_id_are_refused_and_both_are_kept(chain: Chain) -> None:
    first = chain.submit(chain.form(id=(same_id := new_id())))
    other = chain.form(id=same_id, found=())

    answer = send(chain, other)

    assert isinstance(answer, AnswersDiffer)
    kept = sheet(chain, first.number)
    assert len(kept.found) == 1
    assert [contest.person for contest in kept.contests] == ["王强"]


def test_a_contested_form_sent_twice_is_kept_once(chain: Chain) -> None:
    first = chain.submit(chain.form(id=(same_id := new_id())))
    other = chain.form(id=same_id, found=())
    send(chain, other)
    send(chain, other)

    assert len(sheet(chain, first.number).contests) == 1


def send(chain: Chain, form: object, by: Actor | None = None) -> object:
    weighed = weigh(chain.register.rulebooks, form)  # type: ignore[arg-type]
    return chain.register.carry_out(submit_inspection, weighed, None, by=by or chain.by_phone)


def test_the_old_code_of_a_reissued_label_is_refused(chain: Chain) -> None:
    chain.register.carry_out(reissue_code, chain.point, by=CONSOLE)

    refused(chain, chain.form(), CodeWithdrawn)


def test_a_withdrawn_code_is_refused(chain: Chain) -> None:
    chain.register.carry_out(withdraw_code, chain.point, by=CONSOLE)

    refused(chain, chain.form(), CodeWithdrawn)


def test_a_code_that_was_never_issued_is_refused(chain: Chain) -> None:
    refused(chain, a_form(token="never-issued"), UnknownCode)


def test_a_withdrawn_phone_is_refused(chain: Chain) -> None:
    chain.register.carry_out(withdraw_device, chain.phone.device, by=CONSOLE)

    refused(chain, chain.form(), DeviceWithdrawn)


def test_a_station_out_of_sight_is_refused(chain: Chain) -> None:
    refused(chain, a_form(station=chain.other_station), OutOfSight)


def test_a_station_that_does_not_exist_is_refused(chain: Chain) -> None:
    refused(chain, a_form(station="s99"), Unknown)


def test_a_form_without_a_place_is_refused(chain: Chain) -> None:
    refused(chain, a_form(), Unknown)


def test_a_form_for_another_edition_is_told_which_one_holds(chain: Chain) -> None:
    refused(chain, chain.form(edition="1999"), EditionNotInForce)


def test_a_picture_named_twice_is_refused(chain: Chain) -> None:
    picture = a_picture(b"x")
    found = (Found("A.a.1", evidence=(picture.id,)), Found("A.a.2", evidence=(picture.id,)))

    refused(chain, chain.form(found=found, evidence=(picture,)), Unfit)


def test_a_picture_that_is_not_announced_is_refused(chain: Chain) -> None:
    refused(chain, chain.form(found=(Found("A.a.1", evidence=(new_id(),)),)), Unfit)


def test_a_criterion_that_the_edition_does_not_have_is_refused(chain: Chain) -> None:
    refused(chain, chain.form(found=(Found("Z.z.9"),)), Refusal)


def refused(chain: Chain, form: object, kind: type[Refusal]) -> None:
    before = chain.register.journal_seq
    with pytest.raises(kind) as refusal:
        send(chain, form)
    assert refusal.value.remedy.zh
    assert chain.register.journal_seq == before


def test_a_phone_clock_that_is_a_year_off_is_evidence_not_a_refusal(chain: Chain) -> None:
    last_year = datetime(2025, 11, 20, 4, 0, tzinfo=UTC)
    form = a_form(token=chain.token, at=last_year)
    arrival = Arrival("192.168.1.20", chain.clock.now)
    weighed = weigh(chain.register.rulebooks, form)
    receipt = chain.register.carry_out(submit_inspection, weighed, arrival, by=chain.by_phone)

    presence = sheet(chain, receipt.number).presence  # type: ignore[union-attr]
    assert presence.clock_off_s == -365 * 24 * 3600
    assert presence.grade == "fair"


def test_a_form_from_the_stations_network_by_an_enrolled_phone_is_strong_evidence(
    chain: Chain,
) -> None:
    weighed = weigh(chain.register.rulebooks, chain.form())
    arrival = Arrival("192.168.1.20", chain.clock.now)
    receipt = chain.register.carry_out(submit_inspection, weighed, arrival, by=chain.by_phone)

    assert sheet(chain, receipt.number).presence.grade == "strong"  # type: ignore[union-attr]


def test_findings_come_newest_first_and_page_by_number(chain: Chain) -> None:
    for _ in range(5):
        chain.submit(chain.form(found=(Found("A.a.1"), Found("A.a.2"))))
    with chain.register.read() as connection:
        everything = findings(connection, asker(chain), Page(100))
        second = findings(connection, asker(chain), Page(4, before=everything[3].number))
        back = findings(connection, asker(chain), Page(4, after=everything[4].number))

    assert [f.number for f in everything] == sorted((f.number for f in everything), reverse=True)
    assert second == everything[4:8]
    assert back == everything[0:4]


def test_lists_show_only_what_is_in_sight(chain: Chain) -> None:
    chain.submit(chain.form())
    chain.submit(a_form(station=chain.other_station), by=Actor("console"))
    with chain.register.read() as connection:
        seen = {
            who: {f.station for f in findings(connection, asker(chain, who), Page(10))}
            for who in (None, "p-li", "p-wang", "p-zhao")
        }
        narrowed = findings(connection, asker(chain, "p-wang"), Page(9), FindingFilter(place="s2"))

    assert seen == {None: {"s1", "s2"}, "p-li": {"s1", "s2"}, "p-wang": {"s1"}, "p-zhao": {"s2"}}
    assert narrowed == []


def test_one_inspection_out_of_sight_is_not_shown(chain: Chain) -> None:
    receipt = chain.submit(chain.form())
    with chain.register.read() as connection:
        assert inspection_sheet(connection, asker(chain, "p-zhao"), receipt.number) is None
