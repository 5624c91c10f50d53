"""What a scanned code stands for, and the check lists behind it."""

from __future__ import annotations

import msgspec

from domain.procedures.points import reissue_code, withdraw_code
from domain.rulebook import Edition
from tests.server.conftest import Phone
from tests.things import COMPREHENSIVE, CONSOLE, EDITION, ONSITE, PATROL, VIDEO, Chain, a_form


def test_a_code_names_its_place_and_what_can_be_filled_in(phone: Phone, chain: Chain) -> None:
    told = phone.get(f"/api/points/{chain.token}").json()

    assert told["point"]["name"] == {"zh": "1号加油机", "en": "Pump 1"}
    assert told["station"] == {"id": "s1", "name": {"zh": "湖滨加油站", "en": "Lakeside"}}
    assert [(form["id"], form["entries"]) for form in told["rulebooks"]] == [
        (PATROL, 5),
        (COMPREHENSIVE, 292),
        (ONSITE, 69),
        (VIDEO, 44),
    ]


def test_a_replaced_code_asks_for_the_new_label(phone: Phone, chain: Chain) -> None:
    token = chain.register.carry_out(reissue_code, chain.point, by=CONSOLE)

    assert phone.get(f"/api/points/{chain.token}").status_code == 410
    assert phone.get(f"/api/points/{token}").status_code == 200


def test_a_withdrawn_code_says_so(phone: Phone, chain: Chain) -> None:
    chain.register.carry_out(withdraw_code, chain.point, by=CONSOLE)

    assert phone.get(f"/api/points/{chain.token}").json()["type"] == "code-withdrawn"


def test_an_unknown_code_says_so(phone: Phone) -> None:
    assert phone.get("/api/points/nobody").json()["type"] == "unknown-code"


def test_a_code_out_of_sight_is_refused(neighbour: Phone, chain: Chain) -> None:
    assert neighbour.get(f"/api/points/{chain.token}").status_code == 403


def test_an_edition_is_the_rulebook_itself(phone: Phone, chain: Chain) -> None:
    answer = phone.get("/api/editions", params={"rulebook": ONSITE, "edition": EDITION})

    read = msgspec.json.decode(answer.content, type=Edition)
    known = chain.register.rulebooks.edition(ONSITE, EDITION)
    assert msgspec.json.encode(read) == msgspec.json.encode(known)
    assert "immutable" in answer.headers["Cache-Control"]


def test_a_code_names_the_rounds_of_whoever_scans_it(phone: Phone, chain: Chain) -> None:
    chain.clock.forward(hours=-4)

    told = phone.get(f"/api/points/{chain.token}").json()

    rounds = [(one["id"], one["state"], one["here"]) for one in told["rounds"]]
    assert rounds == [("morning", "open", True), ("evening", "ahead", True)]
    assert [stop["at"] for stop in told["rounds"][0]["stops"]] == [None]


def test_what_was_scanned_is_seen_at_the_next_scan(phone: Phone, chain: Chain) -> None:
    chain.clock.forward(hours=-4)
    form = a_form(
        token=chain.token, at=chain.clock.now, rulebook=PATROL, edition="2026-1", found=()
    )
    chain.submit(form)

    (morning, _) = phone.get(f"/api/points/{chain.token}").json()["rounds"]

    assert morning["state"] == "done"
    assert morning["stops"][0]["by"] == "王强"
