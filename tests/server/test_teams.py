"""A team inspection over HTTP: several phones at once, one of them slow, the receiver restarted."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Any

import msgspec
import pytest

from domain.organisation import Role
from domain.procedures.organisation import add_person
from domain.scoring import score_lines
from domain.submission import Found
from server.rates import Limits
from tests.server.conftest import Phone, enrolled, phone_of, photograph
from tests.server.test_proofs import presence_of, proof_from
from tests.things import COMPREHENSIVE, CONSOLE, EDITION, Chain, a_picture, new_id
from tui.receiver import Receiver

Step = dict[str, Any]


@pytest.fixture
def members(receiver: Receiver, chain: Chain) -> Iterator[list[Phone]]:
    """The phones of three departments and of the station's manager, who comes last."""
    for person, name in (("p-chen", "陈静"), ("p-sun", "孙浩")):
        role = Role("unit_staff", "u1")
        chain.register.carry_out(add_person, person, name, (role,), by=CONSOLE)
    keys = [enrolled(chain.register, one) for one in ("p-li", "p-chen", "p-sun", "p-wang")]
    phones = [phone_of(receiver, key) for key in keys]
    yield phones
    for phone in phones:
        phone.close()


@pytest.fixture
def team(members: list[Phone], chain: Chain) -> str:
    """A comprehensive inspection that the area manager opened at the first station."""
    opening = {"id": new_id(), "rulebook": COMPREHENSIVE, "token": chain.token}
    answer = members[0].post("/api/teams", json=opening)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def found(criterion: str, count: int = 1, **more: Any) -> Step:
    line = {"criterion": criterion, "count": count}
    return {"kind": "found", "id": new_id(), "found": line} | more


def send(phone: Phone, team: str, *steps: Step) -> dict[str, Any]:
    answer = phone.post(f"/api/teams/{team}/steps", json={"steps": steps})
    assert answer.status_code == 200, answer.text
    declined: dict[str, Any] = answer.json()["declined"]
    return declined


def submit_all(phone: Phone, team: str, sections: list[str]) -> None:
    steps = [{"kind": "section_submitted", "id": new_id(), "section": one} for one in sections]
    assert send(phone, team, *steps) == {}


@pytest.mark.slow
def test_four_phones_fill_in_one_inspection_and_nothing_is_lost(
    members: list[Phone], team: str, chain: Chain
) -> None:
    edition = chain.register.rulebooks.edition(COMPREHENSIVE, EDITION)
    countable = [one for one, at in edition.placed.items() if at.criterion.clauses]
    shares = [countable[n::4] for n in range(4)]

    def fill_in(phone: Phone, share: list[str]) -> None:
        for criterion in share:
            step = found(criterion)
            # Every step is sent twice, as by a phone whose answer was lost.
            assert send(phone, team, step) == {}
            assert send(phone, team, step) == {}

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(fill_in, members, shares))

    told = members[1].get(f"/api/teams/{team}").json()
    assert sorted(told["members"].values()) == sorted(len(share) for share in shares)
    card = score_lines(edition, [Found(one) for one in countable])
    assert Decimal(told["score"]["score"]) == card.total
    submit_all(members[0], team, list(card.sections))
    receipt = members[0].post(f"/api/teams/{team}/close").json()
    assert (Decimal(receipt["score"]), receipt["findings"]) == (card.total, len(countable))
    assert members[0].get(f"/api/submissions/{team}").json() == receipt


def test_progress_tells_only_what_is_new(members: list[Phone], team: str) -> None:
    send(members[1], team, found("7"))
    first = members[2].get(f"/api/teams/{team}").json()
    send(members[1], team, found("8", 3))

    news = members[2].get(f"/api/teams/{team}", params={"after": first["last"]}).json()

    assert [one["step"]["found"]["criterion"] for one in first["steps"]] == ["7"]
    assert [one["step"]["found"]["criterion"] for one in news["steps"]] == ["8"]
    assert news["people"]["p-chen"] == "陈静"
    assert sum(one["entries"] for one in news["sections"]) == 2
    assert set(news["figures"]) == {"1", "2", "3", "4", "5", "6"}


def test_a_declined_step_says_why_in_the_readers_language(members: list[Phone], team: str) -> None:
    wrong, right = found("no-such"), found("7")

    declined = send(members[1], team, wrong, right)

    assert list(declined) == [wrong["id"]]
    assert declined[wrong["id"]]["type"] == "unknown-criterion"
    assert "没有编号" in declined[wrong["id"]]["title"]


def test_it_goes_on_after_the_receiver_was_restarted(
    members: list[Phone], team: str, chain: Chain
) -> None:
    send(members[1], team, found("7"))
    key = members[2].headers["Authorization"].removeprefix("Bearer ")
    other = Receiver(chain.register, "127.0.0.1", 0, Limits())
    other.start()
    try:
        with phone_of(other, key) as phone:
            assert send(phone, team, found("8")) == {}
            assert phone.get(f"/api/teams/{team}").json()["members"] == {"p-chen": 1, "p-sun": 1}
    finally:
        other.stop()


def test_pictures_arrive_while_it_is_open(members: list[Phone], team: str, chain: Chain) -> None:
    content = photograph()
    picture = a_picture(content)
    line = {"criterion": "7", "evidence": [picture.id]}
    step = {"found": line, "evidence": [msgspec.to_builtins(picture)]}

    assert send(members[1], team, {"kind": "found", "id": new_id()} | step) == {}
    assert members[1].upload(picture, content).status_code == 204

    edition = chain.register.rulebooks.edition(COMPREHENSIVE, EDITION)
    submit_all(members[0], team, [one.id for one in edition.sections])
    receipt = members[0].post(f"/api/teams/{team}/close").json()
    assert receipt["evidence_waiting"] == []
    assert members[0].get(f"/media/{picture.sha256}").content == content


def test_whoever_closes_sends_the_page_its_receipts_and_the_proof_of_presence(
    members: list[Phone], team: str, chain: Chain
) -> None:
    edition = chain.register.rulebooks.edition(COMPREHENSIVE, EDITION)
    submit_all(members[0], team, [one.id for one in edition.sections])
    said = {"page": new_id(), "after": 7, "proof": proof_from(members[0], chain)}

    presence = presence_of(chain, members[0].post(f"/api/teams/{team}/close", json=said))

    assert (presence.page, presence.after) == (said["page"], 7)
    assert (presence.grade, presence.proved_at) == ("proven", chain.clock.now)


def test_the_manager_countersigns_on_the_managers_own_phone(
    members: list[Phone], team: str, chain: Chain
) -> None:
    edition = chain.register.rulebooks.edition(COMPREHENSIVE, EDITION)
    submit_all(members[0], team, [one.id for one in edition.sections])
    members[0].post(f"/api/teams/{team}/close")
    sign = f"/api/inspections/{team}/countersignature"

    assert members[1].post(sign, json={}).status_code == 403
    assert members[3].post(sign, json={"note": "情况属实"}).status_code == 201

    told = members[0].get(f"/api/teams/{team}").json()
    assert told["countersigned"]["by"] == {"id": "p-wang", "name": "王强"}
    assert members[0].get("/api/teams", params={"station": "s1"}).json() == []


def test_open_ones_are_found_at_their_station_by_those_who_see_it(
    members: list[Phone], neighbour: Phone, stranger: Phone, team: str
) -> None:
    listed = members[3].get("/api/teams", params={"station": "s1"}).json()

    assert [(one["id"], one["leader"]["name"]) for one in listed] == [(team, "李敏")]
    assert neighbour.get("/api/teams", params={"station": "s1"}).status_code == 403
    assert neighbour.get(f"/api/teams/{team}").status_code == 404
    assert neighbour.post(f"/api/teams/{team}/steps", json={"steps": []}).status_code == 403
    assert stranger.get(f"/api/teams/{team}").status_code == 401


@pytest.mark.parametrize(
    ("steps", "status"),
    [
        ([{"kind": "paid", "id": "x"}], 400),
        ([{"kind": "found", "id": "no-id", "found": {"criterion": "7"}}], 400),
        ([{"kind": "found", "found": {"criterion": "7"}}], 400),
        ([found("7")] * 51, 400),
        ("all of them", 400),
    ],
)
def test_what_is_no_step_is_refused_whole(
    members: list[Phone], team: str, steps: object, status: int
) -> None:
    answer = members[1].post(f"/api/teams/{team}/steps", json={"steps": steps})

    assert (answer.status_code, answer.headers["content-type"]) == (
        status,
        "application/problem+json",
    )
    assert members[1].get(f"/api/teams/{team}").json()["steps"] == []


def test_a_path_that_is_no_id_is_none(members: list[Phone]) -> None:
    assert members[0].get("/api/teams/..%2F..").status_code == 404
    assert members[0].post("/api/teams/nothing/close").status_code == 404
