"""Uploads by tus: resumed, contested, broken off, and never believed."""

from __future__ import annotations

import hashlib
import os
import socket
import struct
import time
import zlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from domain.submission import Evidence
from server.arriving import SILENT_S
from tests.server.conftest import PIECE, TUS, AForm, Phone, photograph
from tests.things import PATIENCE_S, Chain, new_id, wait_until
from tui.receiver import Receiver

MP4 = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom"
UNANNOUNCED = "01a2053e-f80a-7d4f-8123-1aa16dc5da52"


def stored(chain: Chain, evidence: Evidence) -> bytes:
    return chain.register.media.path(evidence.sha256).read_bytes()


def test_a_picture_arrives_and_is_journalled(phone: Phone, a_form: AForm, chain: Chain) -> None:
    content = photograph()
    (picture,) = phone.announce(a_form, content)

    answer = phone.upload(picture, content)

    assert (answer.status_code, answer.headers["Upload-Offset"]) == (204, str(len(content)))
    assert stored(chain, picture) == content
    assert not list(chain.register.media.incoming.iterdir())


def test_a_receipt_says_what_it_still_waits_for(phone: Phone, a_form: AForm) -> None:
    first, second = photograph(), photograph()
    form = a_form()
    pictures = phone.announce(lambda **changes: form | changes, first, second)
    phone.upload(pictures[0], first)

    receipt = phone.get(f"/api/submissions/{form['id']}").json()

    assert receipt["evidence_waiting"] == [pictures[1].id]


def test_pieces_are_joined_in_their_order(phone: Phone, a_form: AForm, chain: Chain) -> None:
    content = photograph(900, 900)
    (picture,) = phone.announce(a_form, content)
    place = phone.create(picture).headers["Location"]

    for offset in range(0, len(content), 10_000):
        phone.piece(place, offset, content[offset : offset + 10_000])

    assert stored(chain, picture) == content


def test_creating_again_finds_the_same_upload(phone: Phone, a_form: AForm) -> None:
    content = photograph()
    (picture,) = phone.announce(a_form, content)
    place = phone.create(picture).headers["Location"]
    phone.piece(place, 0, content[:100])

    again = phone.create(picture)

    assert (again.status_code, again.headers["Location"]) == (201, place)
    assert phone.offset(place) == 100


def test_an_upload_goes_on_after_the_receiver_was_started_again(
    phone: Phone, a_form: AForm, chain: Chain, receiver: Receiver
) -> None:
    content = photograph()
    (picture,) = phone.announce(a_form, content)
    place = phone.create(picture).headers["Location"]
    phone.piece(place, 0, content[:500])
    receiver.stop()
    other = Receiver(chain.register, "127.0.0.1", 0)
    other.start()
    try:
        with Phone(base_url=other.url, headers=phone.headers) as later:
            later.piece(place, later.offset(place), content[500:])
    finally:
        other.stop()

    assert stored(chain, picture) == content


@pytest.mark.parametrize("ask", ["HEAD", "PATCH", "POST"])
def test_a_file_that_came_whole_before_a_crash_is_finished_when_asked_about(
    phone: Phone, a_form: AForm, chain: Chain, ask: str
) -> None:
    content = photograph()
    (picture,) = phone.announce(a_form, content)
    chain.register.media.part(picture.id).write_bytes(content)
    place = f"/api/uploads/{picture.id}"

    if ask == "HEAD":
        assert phone.offset(place) == len(content)
    elif ask == "PATCH":
        assert phone.piece(place, len(content), b"").status_code == 204
    else:
        assert phone.create(picture).status_code == 201
    assert stored(chain, picture) == content
    assert phone.offset(place) == len(content)


def test_the_same_content_is_not_sent_twice(phone: Phone, a_form: AForm) -> None:
    content = photograph()
    (first,) = phone.announce(a_form, content)
    phone.upload(first, content)
    (second,) = phone.announce(a_form, content)

    place = phone.create(second).headers["Location"]

    assert phone.offset(place) == len(content)


def test_a_picture_may_come_with_the_request_that_creates_it(
    phone: Phone, a_form: AForm, chain: Chain
) -> None:
    content = photograph()
    (picture,) = phone.announce(a_form, content)

    answer = phone.create(picture, content=content)

    assert (answer.status_code, answer.headers["Upload-Offset"]) == (201, str(len(content)))
    assert stored(chain, picture) == content


def test_a_creation_may_bring_the_beginning_alone(
    phone: Phone, a_form: AForm, chain: Chain
) -> None:
    content = photograph()
    (picture,) = phone.announce(a_form, content)

    answer = phone.create(picture, content=content[:1000])
    phone.piece(answer.headers["Location"], 1000, content[1000:])

    assert answer.headers["Upload-Offset"] == "1000"
    assert stored(chain, picture) == content


def test_a_second_creation_says_where_to_go_on_and_takes_nothing(
    phone: Phone, a_form: AForm, chain: Chain
) -> None:
    content = photograph()
    (picture,) = phone.announce(a_form, content)
    phone.create(picture, content=content[:1000])

    again = phone.create(picture, content=content)
    phone.piece(again.headers["Location"], 1000, content[1000:])

    assert (again.status_code, again.headers["Upload-Offset"]) == (201, "1000")
    assert stored(chain, picture) == content


@pytest.mark.parametrize(
    ("change", "status"),
    [(lambda content: content[:-1] + b"!", 460), (lambda content: content + b"!", 413)],
    ids=["other_content", "more_than_announced"],
)
def test_what_comes_with_a_creation_is_checked_like_any_piece(
    phone: Phone, a_form: AForm, change: Callable[[bytes], bytes], status: int
) -> None:
    content = photograph()
    (picture,) = phone.announce(a_form, content)

    assert phone.create(picture, content=change(content)).status_code == status
    assert phone.create(picture, content=content).status_code == 201


def test_what_breaks_off_is_kept_as_far_as_it_came(
    receiver: Receiver, phone: Phone, a_form: AForm, chain: Chain
) -> None:
    content = photograph(900, 900)
    (picture,) = phone.announce(a_form, content)
    place = phone.create(picture).headers["Location"]
    with half_sent(receiver, chain, place, content, sent=40_000):
        pass

    wait_until(lambda: phone.offset(place) == 40_000)
    phone.piece(place, 40_000, content[40_000:])
    assert stored(chain, picture) == content


def test_who_comes_back_takes_over_from_the_connection_that_hangs(
    receiver: Receiver, phone: Phone, a_form: AForm, chain: Chain
) -> None:
    content = photograph(900, 900)
    (picture,) = phone.announce(a_form, content)
    place = phone.create(picture).headers["Location"]
    with half_sent(receiver, chain, place, content, sent=30_000) as hanging:
        began = time.monotonic()
        offset = phone.offset(place)
        assert time.monotonic() - began < SILENT_S
        phone.piece(place, offset, content[offset:])
        told = hanging.recv(65_536)

    assert told.startswith(b"HTTP/1.1 423 ")
    assert stored(chain, picture) == content


def listened_to(receiver: Receiver, place: str) -> bool:
    """Whether the receiver waits for more of an upload."""
    assert receiver._reception is not None
    upload = receiver._reception.uploads._open.get(place.rpartition("/")[2])
    return upload is not None and upload.patience is not None


class half_sent:  # noqa: N801 - reads as a word
    """A piece whose connection stays open after part of its bytes."""

    def __init__(
        self, receiver: Receiver, chain: Chain, place: str, content: bytes, sent: int
    ) -> None:
        host, port = receiver.address.split(":")
        self.socket = socket.create_connection((host, int(port)), timeout=PATIENCE_S)
        head = (
            f"PATCH {place} HTTP/1.1\r\nHost: {host}\r\nContent-Length: {len(content)}\r\n"
            f"Authorization: Bearer {chain.phone.key}\r\nTus-Resumable: 1.0.0\r\n"
            f"Content-Type: {PIECE}\r\nUpload-Offset: 0\r\n\r\n"
        )
        self.socket.sendall(head.encode() + content[:sent])
        wait_until(lambda: listened_to(receiver, place))

    def __enter__(self) -> socket.socket:
        return self.socket

    def __exit__(self, *_: object) -> None:
        self.socket.close()


def test_two_senders_at_once_cannot_spoil_a_file(phone: Phone, a_form: AForm, chain: Chain) -> None:
    content = photograph(1200, 1200)
    (picture,) = phone.announce(a_form, content)
    place = phone.create(picture).headers["Location"]

    def insist(_: int) -> None:
        with Phone(base_url=phone.base_url, headers=phone.headers) as one:
            while (offset := one.offset(place)) < len(content):
                one.piece(place, offset, content[offset : offset + 50_000])

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(insist, range(4)))

    assert stored(chain, picture) == content


def test_other_bytes_than_announced_are_dropped_and_can_be_sent_again(
    phone: Phone, a_form: AForm, chain: Chain
) -> None:
    content = photograph()
    (picture,) = phone.announce(a_form, content)
    wrong = bytes(reversed(content))

    answer = phone.upload(picture, wrong)

    place = f"/api/uploads/{picture.id}"
    assert (answer.status_code, answer.json()["type"]) == (460, "checksum-differs")
    assert phone.offset(place) == 0
    assert phone.upload(picture, content).status_code == 204
    assert stored(chain, picture) == content


def png(width: int, height: int) -> bytes:
    """A PNG whose head promises so many pixels."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    size = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    packed = zlib.compress(bytes(1000))
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", size) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    "content",
    [
        b"<html><script>alert(1)</script>",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"\xff\xd8\xff not really",
        b"%PDF-1.7",
        MP4,
        png(60_000, 60_000),
        os.urandom(64),
    ],
    ids=["page", "svg", "torn", "pdf", "video", "bomb", "noise"],
)
def test_a_picture_that_is_none_is_refused(phone: Phone, a_form: AForm, content: bytes) -> None:
    (picture,) = phone.announce(a_form, content)

    answer = phone.upload(picture, content)

    assert (answer.status_code, answer.json()["type"]) == (415, "not-a-picture")


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("picture", png(4, 4)),
        ("picture", b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic"),
        ("video", MP4),
        ("video", b"\x00\x00\x00\x14ftypqt  \x00\x00\x00\x00qt  "),
        ("video", b"\x00\x00\x00\x14ftyp3gp5\x00\x00\x00\x003gp5"),
        ("video", b"\x1aE\xdf\xa3\x9fB\x86\x81\x01B\x82\x84webm"),
        ("video", b"\x1aE\xdf\xa3\x9fB\x86\x81\x01B\x82\x88matroska"),
    ],
    ids=["png", "heic", "mp4", "mov", "3gp", "webm", "mkv"],
)
def test_what_phones_record_is_taken(
    phone: Phone, a_form: AForm, kind: str, content: bytes
) -> None:
    (evidence,) = phone.announce(a_form, content, kind=kind)

    assert phone.upload(evidence, content).status_code == 204


@pytest.mark.parametrize(
    "name", ["../../../etc/passwd", "..\\..\\boot.ini", "/etc/shadow", "CON", "a\nb", "x" * 200]
)
def test_a_name_never_becomes_a_path(phone: Phone, a_form: AForm, chain: Chain, name: str) -> None:
    content = photograph()
    (picture,) = phone.announce(a_form, content, name=name)
    phone.upload(picture, content)

    folder = chain.register.folder
    written = {path.name for path in folder.rglob("*") if path.is_file()}
    assert picture.sha256 in written
    assert all("passwd" not in each and "boot" not in each for each in written)


@pytest.mark.parametrize(
    "upload", [UNANNOUNCED, "..%2F..%2Fforecourt.sqlite3", "x", "%00", "a" * 300]
)
def test_an_upload_that_no_form_announced_is_not_known(phone: Phone, upload: str) -> None:
    assert phone.head(f"/api/uploads/{upload}", headers=TUS).status_code == 404


def test_evidence_must_be_announced_first(phone: Phone) -> None:
    unknown = Evidence(new_id(), "picture", "x.jpg", "image/jpeg", 10, "0" * 64)

    answer = phone.create(unknown)

    assert (answer.status_code, answer.json()["type"]) == (404, "not-announced")


def test_only_the_person_who_sent_the_form_uploads_for_it(
    phone: Phone, neighbour: Phone, a_form: AForm
) -> None:
    content = photograph()
    (picture,) = phone.announce(a_form, content)

    assert neighbour.create(picture).status_code == 403
    assert neighbour.piece(f"/api/uploads/{picture.id}", 0, content).status_code == 403


def test_a_stranger_uploads_nothing(phone: Phone, stranger: Phone, a_form: AForm) -> None:
    (picture,) = phone.announce(a_form, photograph())

    assert stranger.create(picture).status_code == 401


def test_another_length_than_announced_is_refused(phone: Phone, a_form: AForm) -> None:
    (picture,) = phone.announce(a_form, photograph())

    assert phone.create(picture, length=picture.size + 1).status_code == 422


def test_more_bytes_than_announced_are_not_kept(phone: Phone, a_form: AForm) -> None:
    content = photograph()
    (picture,) = phone.announce(a_form, content)
    place = phone.create(picture).headers["Location"]

    assert phone.piece(place, 0, content + b"more").status_code == 413
    assert phone.offset(place) == 0


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Tus-Resumable": "0.2.0"}, 412),
        ({"Tus-Resumable": ""}, 412),
        ({"Upload-Offset": "7"}, 409),
        ({"Upload-Offset": "-1"}, 400),
        ({"Upload-Offset": "٣"}, 400),
        ({"Upload-Offset": "9" * 40}, 400),
        ({"Content-Type": "application/octet-stream"}, 415),
    ],
)
def test_a_piece_must_keep_to_the_protocol(
    phone: Phone, a_form: AForm, headers: dict[str, str], status: int
) -> None:
    (picture,) = phone.announce(a_form, photograph())
    place = phone.create(picture).headers["Location"]
    about: dict[Any, Any] = TUS | {"Upload-Offset": "0", "Content-Type": PIECE} | headers
    spelt = {name.encode(): value.encode() for name, value in about.items()}

    answer = phone.patch(place, content=b"x", headers=spelt)

    assert (answer.status_code, answer.headers["Tus-Resumable"]) == (status, "1.0.0")


def test_the_protocol_describes_itself(stranger: Phone) -> None:
    answer = stranger.options("/api/uploads")

    assert answer.status_code == 204
    assert answer.headers["Tus-Version"] == "1.0.0"
    assert answer.headers["Tus-Extension"] == "creation,creation-with-upload"


def test_a_network_that_knows_no_patch_can_post(phone: Phone, a_form: AForm, chain: Chain) -> None:
    content = photograph()
    (picture,) = phone.announce(a_form, content)
    place = phone.create(picture).headers["Location"]
    about = {"X-HTTP-Method-Override": "PATCH", "Upload-Offset": "0", "Content-Type": PIECE}

    assert phone.post(place, content=content, headers=TUS | about).status_code == 204
    assert stored(chain, picture) == content


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a disk that is always full")
def test_a_full_disk_is_said_and_survived(phone: Phone, a_form: AForm, chain: Chain) -> None:
    content = photograph()
    (picture,) = phone.announce(a_form, content)
    place = phone.create(picture).headers["Location"]
    part = chain.register.media.part(picture.id)
    part.symlink_to("/dev/full")

    answer = phone.piece(place, 0, content)

    assert (answer.status_code, answer.json()["type"]) == (507, "disk-full")
    part.unlink()
    assert phone.piece(place, 0, content).status_code == 204
    assert stored(chain, picture) == content


def test_uploads_do_not_wait_for_each_other(phone: Phone, a_form: AForm, chain: Chain) -> None:
    contents = [photograph() for _ in range(12)]
    pictures = phone.announce(a_form, *contents)

    def send(number: int) -> int:
        with Phone(base_url=phone.base_url, headers=phone.headers) as one:
            return one.upload(pictures[number], contents[number]).status_code

    with ThreadPoolExecutor(6) as pool:
        assert set(pool.map(send, range(12))) == {204}
    digests = {hashlib.sha256(stored(chain, each)).hexdigest() for each in pictures}
    assert digests == {each.sha256 for each in pictures}
