"""Whose pictures and uploads are whose: nobody gets at another's by knowing its name."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from domain.procedures.points import place_point
from domain.submission import Evidence
from domain.text import Text
from tests.server.conftest import AForm, Form, Phone, enrolled, phone_of, photograph
from tests.server.test_uploads import half_sent, stored
from tests.things import CONSOLE, Chain
from tui.receiver import Receiver


@pytest.fixture
def second_phone(receiver: Receiver, chain: Chain) -> Iterator[Phone]:
    """Another phone of the manager of the first station."""
    with phone_of(receiver, enrolled(chain.register, "p-wang")) as phone:
        yield phone


@pytest.fixture
def next_door(chain: Chain, a_form: AForm) -> AForm:
    """Makes forms of the other station."""
    name = Text(zh="2号加油机", en="Pump 2")
    token = chain.register.carry_out(place_point, "s2-p", "s2", "pump", name, by=CONSOLE)

    def make(**changes: object) -> Form:
        return a_form(token=token, **changes)

    return make


def test_naming_a_digest_opens_nobodys_picture(
    phone: Phone, neighbour: Phone, a_form: AForm, next_door: AForm
) -> None:
    content = photograph()
    (picture,) = phone.announce(a_form, content)
    phone.upload(picture, content)
    (guess,) = neighbour.announce(next_door, content)

    place = neighbour.create(guess).headers["Location"]

    assert neighbour.offset(place) == 0
    assert neighbour.get(f"/media/{picture.sha256}").status_code == 404
    assert neighbour.get(f"/media/{picture.sha256}/thumb").status_code == 404


def test_who_has_the_bytes_may_send_them_as_their_own(
    phone: Phone, neighbour: Phone, a_form: AForm, next_door: AForm
) -> None:
    content = photograph()
    (picture,) = phone.announce(a_form, content)
    phone.upload(picture, content)
    (same,) = neighbour.announce(next_door, content)

    assert neighbour.upload(same, content).status_code == 204
    assert neighbour.get(f"/media/{picture.sha256}").content == content


@pytest.mark.parametrize("changes", [{"size": 7}, {"kind": "video"}])
def test_what_is_announced_as_something_else_is_not_what_is_here(
    phone: Phone, a_form: AForm, changes: dict[str, object]
) -> None:
    content = photograph()
    (picture,) = phone.announce(a_form, content)
    phone.upload(picture, content)
    (other,) = phone.announce(a_form, content, **changes)

    assert phone.offset(phone.create(other).headers["Location"]) == 0


def half_of(phone: Phone, a_form: AForm) -> tuple[bytes, Evidence, str]:
    """A picture of which a connection is about to send a part."""
    content = photograph(900, 900)
    (picture,) = phone.announce(a_form, content)
    return content, picture, phone.create(picture).headers["Location"]


def test_another_phone_of_the_same_person_takes_over(
    receiver: Receiver, phone: Phone, second_phone: Phone, a_form: AForm, chain: Chain
) -> None:
    content, picture, place = half_of(phone, a_form)
    with half_sent(receiver, chain, place, content, sent=30_000) as hanging:
        offset = second_phone.offset(place)
        second_phone.piece(place, offset, content[offset:])
        told = hanging.recv(65_536)

    assert offset == 30_000
    assert told.startswith(b"HTTP/1.1 423 ")
    assert stored(chain, picture) == content


def test_a_phone_of_somebody_else_does_not_even_disturb_it(
    receiver: Receiver, phone: Phone, neighbour: Phone, a_form: AForm, chain: Chain
) -> None:
    content, picture, place = half_of(phone, a_form)
    with half_sent(receiver, chain, place, content, sent=30_000) as sending:
        refused = [
            neighbour.create(picture).status_code,
            neighbour.head(place, headers={"Tus-Resumable": "1.0.0"}).status_code,
            neighbour.piece(place, 30_000, content[30_000:]).status_code,
        ]
        sending.sendall(content[30_000:])
        told = sending.recv(65_536)

    assert refused == [403] * 3
    assert told.startswith(b"HTTP/1.1 204 ")
    assert stored(chain, picture) == content


def test_a_torn_picture_has_no_small_one_and_is_served_as_it_is(
    phone: Phone, a_form: AForm
) -> None:
    torn = photograph(900, 900)[:5000]
    (picture,) = phone.announce(a_form, torn)
    phone.upload(picture, torn)

    assert phone.get(f"/media/{picture.sha256}/thumb").json()["type"] == "no-preview"
    assert phone.get(f"/media/{picture.sha256}").content == torn
