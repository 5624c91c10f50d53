"""The electronic log over HTTP: notes, hand-overs between phones, what is read or declined."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from server.rates import Limits
from tests.server.conftest import AForm, Phone, enrolled, phone_of
from tests.things import Chain, new_id
from tui.receiver import Receiver

NOON = "2026-11-20T12:00:00+08:00"


@pytest.fixture
def successor(receiver: Receiver, chain: Chain) -> Iterator[Phone]:
    """The area manager's phone."""
    with phone_of(receiver, enrolled(chain.register, chain.area_manager)) as phone:
        yield phone


def a_note(**changes: Any) -> dict[str, Any]:
    note = {"id": new_id(), "station": "s1", "written_at": NOON, "text": "3号枪已停用并报修"}
    return note | changes


def a_handover(**changes: Any) -> dict[str, Any]:
    lines = {"matters": ["3号枪待修"], "readings": ["备用金 2000 元", "钥匙 6 把"]}
    return a_note(kind="handover", text="中班交夜班", to_person="p-li", **lines) | changes


def log(phone: Phone, **asked: str) -> list[dict[str, Any]]:
    answer = phone.get("/api/stations/s1/log", params=asked)
    assert answer.status_code == 200, answer.text
    lines: list[dict[str, Any]] = answer.json()["lines"]
    return lines


def test_a_note_is_taken_once_and_stands_in_the_log(phone: Phone) -> None:
    note = a_note()
    first, again = (phone.post("/api/notes", json=note) for _ in range(2))

    assert (first.status_code, again.json()) == (201, first.json())
    assert first.json()["id"] == note["id"]
    (line,) = log(phone)
    assert (line["kind"], line["says"]["zh"], line["person"]) == ("note", note["text"], "王强")


def test_another_text_under_the_same_id_is_declined(phone: Phone) -> None:
    note = a_note()
    phone.post("/api/notes", json=note)

    refused = phone.post("/api/notes", json=note | {"text": "没有"}, params={"lang": "en"})

    assert (refused.status_code, refused.json()["type"]) == (409, "note-differs")
    assert "corrects" in refused.json()["detail"]


def test_a_shift_goes_from_one_phone_to_another(phone: Phone, successor: Phone) -> None:
    note = a_handover()
    phone.post("/api/notes", json=note)
    (waiting,) = successor.get("/api/handovers").json()
    assert (waiting["id"], waiting["person"]) == (note["id"], "王强")
    assert waiting["handover"]["readings"] == note["readings"]

    acceptance = {"id": new_id(), "written_at": NOON, "remark": "已点清"}
    place = f"/api/handovers/{note['id']}/acceptance"
    own = phone.post(place, json=acceptance)
    taken = successor.post(place, json=acceptance)

    assert (own.status_code, own.json()["type"]) == (403, "own-handover")
    assert (taken.status_code, taken.json()["id"]) == (201, acceptance["id"])
    assert successor.get("/api/handovers").json() == []
    assert log(phone)[0]["handover"]["accepted_by"] == "李敏"


def test_the_log_has_forms_too_and_is_searched(phone: Phone, a_form: AForm) -> None:
    phone.submit(a_form())
    phone.post("/api/notes", json=a_note())

    assert {line["kind"] for line in log(phone)} == {"note", "self_check"}
    assert [line["kind"] for line in log(phone, words="3号枪")] == ["note"]
    assert [line["kind"] for line in log(phone, kind="self_check")] == ["self_check"]
    assert log(phone, first="2026-10-01", last="2026-10-31") == []


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"first": "2026-11-20", "last": "2026-11-19"}, 422),
        ({"first": "2026-01-01", "last": "2026-11-20"}, 422),
        ({"last": "0001-01-01"}, 422),
        ({"last": "9999-12-31"}, 422),
        ({"first": "yesterday"}, 400),
        ({"kind": "gossip"}, 400),
    ],
)
def test_days_and_kinds_that_there_are_not_are_declined(
    phone: Phone, asked: dict[str, str], status: int
) -> None:
    answer = phone.get("/api/stations/s1/log", params=asked)

    assert answer.status_code == status
    assert answer.json()["detail"]


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"text": ""}, 400),
        ({"text": "长" * 2001}, 400),
        ({"id": "mine"}, 400),
        ({"kind": "gossip"}, 400),
        ({"written_at": "2026-11-20T12:00:00"}, 400),
        ({"matters": ["x"] * 21}, 400),
        ({"readings": ["x" * 201]}, 400),
        ({"edited": True}, 400),
        ({"station": "s2"}, 403),
        ({"station": "nowhere"}, 404),
        ({"written_at": "0001-01-01T00:00:00+08:00"}, 422),
        ({"kind": "handover"}, 422),
        ({"text": "x" * (70 << 10)}, 413),
    ],
)
def test_a_note_that_does_not_fit_is_declined_with_a_remedy(
    phone: Phone, changes: dict[str, Any], status: int
) -> None:
    answer = phone.post("/api/notes", json=a_note(**changes))

    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["detail"]


def test_the_log_of_another_station_and_of_none_is_declined(
    neighbour: Phone, stranger: Phone
) -> None:
    assert neighbour.get("/api/stations/s1/log").status_code == 403
    assert neighbour.get("/api/stations/x/log").status_code == 404
    assert neighbour.get("/api/stations/a1/log").status_code == 404
    for path in ("/api/stations/s1/log", "/api/handovers"):
        assert stranger.get(path).status_code == 401
    assert stranger.post("/api/notes", json=a_note()).status_code == 401


class TestAHastyPhone:
    @pytest.fixture
    def limits(self) -> Limits:
        """Two at once, and none after for a long time."""
        return Limits(forms_at_once=2, forms_refill_s=100_000)

    def test_is_slowed_down(self, phone: Phone) -> None:
        answers = [phone.post("/api/notes", json=a_note()) for _ in range(3)]

        assert [one.status_code for one in answers] == [201, 201, 429]
        assert int(answers[2].headers["Retry-After"]) > 0
