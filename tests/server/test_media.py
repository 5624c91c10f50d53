"""Pictures and videos go out to those who see the station, and as nothing but themselves."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from domain.submission import Evidence
from tests.server.conftest import AForm, Phone, photograph
from tests.server.test_uploads import MP4


@pytest.fixture
def content() -> bytes:
    return photograph(1600, 1200)


@pytest.fixture
def picture(phone: Phone, a_form: AForm, content: bytes) -> Evidence:
    """A picture that has arrived."""
    (picture,) = phone.announce(a_form, content, name="照片.html", media_type="image/svg+xml")
    phone.upload(picture, content)
    return picture


def test_a_picture_comes_back_byte_by_byte(phone: Phone, picture: Evidence, content: bytes) -> None:
    assert phone.get(f"/media/{picture.sha256}").content == content


def test_it_is_served_as_what_it_is_and_not_as_it_was_declared(
    phone: Phone, picture: Evidence
) -> None:
    headers = phone.get(f"/media/{picture.sha256}").headers

    assert headers["Content-Type"] == "image/jpeg"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in headers["Content-Security-Policy"]
    assert headers["Content-Disposition"].endswith('.jpg"')


def test_it_may_be_kept_for_ever_but_by_nobody_between(phone: Phone, picture: Evidence) -> None:
    kept = phone.get(f"/media/{picture.sha256}").headers["Cache-Control"]

    assert ("private" in kept, "immutable" in kept) == (True, True)


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [("bytes=0-99", 0, 100), ("bytes=1000-", 1000, None), ("bytes=-10", -10, None)],
)
def test_a_part_of_a_file_can_be_asked_for(
    phone: Phone, picture: Evidence, content: bytes, asked: str, first: int, last: int | None
) -> None:
    answer = phone.get(f"/media/{picture.sha256}", headers={"Range": asked})

    assert (answer.status_code, answer.content) == (206, content[first:last])
    assert answer.headers["Content-Range"].endswith(f"/{len(content)}")


@pytest.mark.parametrize(
    "asked", ["bytes=5-2", "bytes=-0", "bytes=99999999-", "bytes=-", "pages=1-2", "x"]
)
def test_a_range_that_makes_no_sense_gets_the_whole(
    phone: Phone, picture: Evidence, content: bytes, asked: str
) -> None:
    answer = phone.get(f"/media/{picture.sha256}", headers={"Range": asked})

    assert (answer.status_code, answer.content) == (200, content)


def test_its_small_picture_is_a_jpeg_of_640_pixels(phone: Phone, picture: Evidence) -> None:
    answers = [phone.get(f"/media/{picture.sha256}/thumb") for _ in range(2)]

    with Image.open(BytesIO(answers[0].content)) as small:
        assert (small.format, small.size) == ("JPEG", (640, 480))
    assert answers[0].content == answers[1].content


def test_a_small_picture_stands_as_the_phone_was_held(phone: Phone, a_form: AForm) -> None:
    file = BytesIO()
    turned = Image.new("RGB", (1000, 500), "red")
    exif = turned.getexif()
    exif[0x0112] = 6
    turned.save(file, "JPEG", exif=exif)
    (picture,) = phone.announce(a_form, file.getvalue())
    phone.upload(picture, file.getvalue())

    with Image.open(BytesIO(phone.get(f"/media/{picture.sha256}/thumb").content)) as small:
        assert small.size == (320, 640)


def test_a_video_has_no_small_picture(phone: Phone, a_form: AForm) -> None:
    (video,) = phone.announce(a_form, MP4, kind="video")
    phone.upload(video, MP4)

    assert phone.get(f"/media/{video.sha256}").headers["Content-Type"] == "video/mp4"
    assert phone.get(f"/media/{video.sha256}/thumb").status_code == 404


@pytest.mark.parametrize("tail", ["", "/thumb"])
def test_others_do_not_see_it(
    neighbour: Phone, stranger: Phone, picture: Evidence, tail: str
) -> None:
    assert neighbour.get(f"/media/{picture.sha256}{tail}").status_code == 404
    assert stranger.get(f"/media/{picture.sha256}{tail}").status_code == 401


def test_what_has_not_arrived_is_not_here(phone: Phone, a_form: AForm) -> None:
    (picture,) = phone.announce(a_form, photograph())

    assert phone.get(f"/media/{picture.sha256}").status_code == 404
