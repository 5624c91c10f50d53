"""The changing code and the proof: what was made is read back, what was not is refused."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.changing_code import (
    CodeChanged,
    NoSuchCode,
    Scanned,
    address_of,
    check_age,
    code_of,
    proof_of,
    proved_at,
    read_code,
    seconds_left,
    step_at,
)
from domain.exports.terminal_code import terminal_code
from domain.presence import Presence
from domain.register.secret import KEPT, folder_secret

SECRET = bytes(range(32))
NOON = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
CODE = code_of(SECRET, "s1", step_at(NOON))
stations = st.from_regex(r"[a-z0-9][a-z0-9-]{0,19}", fullmatch=True) | st.just("站-7")


@given(stations, st.integers(0, 2**39))
def test_a_code_says_its_station_and_step(station: str, step: int) -> None:
    assert read_code(SECRET, code_of(SECRET, station, step)) == Scanned(station, step)


@given(st.integers(0, len(CODE) - 1), st.characters(exclude_categories=["Cs"]))
def test_a_code_with_any_sign_changed_is_refused(place: int, sign: str) -> None:
    changed = CODE[:place] + sign + CODE[place + 1 :]
    if changed != CODE:
        with pytest.raises(NoSuchCode):
            read_code(SECRET, changed)


@given(st.text(max_size=60))
def test_what_nobody_made_is_refused(text: str) -> None:
    with pytest.raises(NoSuchCode):
        read_code(SECRET, text)
    assert proved_at(SECRET, text, "d-1", "s1") is None


def test_the_code_of_one_station_is_not_that_of_another() -> None:
    _, step, mac = CODE.split(".")

    with pytest.raises(NoSuchCode):
        read_code(SECRET, f"s2.{step}.{mac}")


@pytest.mark.parametrize("seconds", [0, 29, 30, 59])
def test_a_code_is_good_while_shown_and_for_the_step_after(seconds: int) -> None:
    check_age(read_code(SECRET, CODE), NOON + timedelta(seconds=seconds))


@pytest.mark.parametrize("seconds", [-1, 60, 86_400])
def test_before_and_after_it_is_not(seconds: int) -> None:
    with pytest.raises(CodeChanged):
        check_age(read_code(SECRET, CODE), NOON + timedelta(seconds=seconds))


def test_the_code_changes_at_the_half_minute() -> None:
    moments = [NOON + timedelta(seconds=s) for s in (0, 29, 30)]

    assert [seconds_left(at) for at in moments] == [30, 1, 30]
    assert [step_at(at) - step_at(NOON) for at in moments] == [0, 0, 1]


def test_a_proof_says_when_to_the_second() -> None:
    proof = proof_of(SECRET, "d-1", "s1", NOON + timedelta(microseconds=500_000))

    assert proved_at(SECRET, proof, "d-1", "s1") == NOON


@pytest.mark.parametrize(
    ("secret", "device", "station"),
    [(b"other", "d-1", "s1"), (SECRET, "d-2", "s1"), (SECRET, "d-1", "s2"), (SECRET, "d-1s", "1")],
)
def test_a_proof_is_for_one_phone_at_one_station(secret: bytes, device: str, station: str) -> None:
    assert proved_at(secret, proof_of(SECRET, "d-1", "s1", NOON), device, station) is None


def test_a_code_is_no_proof_and_a_proof_no_code() -> None:
    step, second = step_at(NOON), int(NOON.timestamp())
    proof = code_of(SECRET, "s1", second).partition(".")[2]

    assert proved_at(SECRET, proof, "s1", str(step)) is None
    with pytest.raises(NoSuchCode):
        read_code(SECRET, f"s1.{proof_of(SECRET, 's1', 's1', NOON)}")


def test_its_address_fits_beside_words_on_the_smallest_terminal() -> None:
    address = address_of("http://192.168.100.100:65535/", code_of(SECRET, "u10a10s10", 60_000_000))

    drawn = terminal_code(address)

    assert (len(drawn) <= 20, len(drawn[0]) <= 40) == (True, True)


def test_the_secret_is_made_once_and_shared(tmp_path: Path) -> None:
    first, second = folder_secret(tmp_path), folder_secret(tmp_path)

    assert (first == second, len(first)) == (True, 32)
    assert [file.name for file in (tmp_path / "secrets").iterdir()] == [KEPT.name]


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps no modes")
def test_only_its_owner_may_read_the_secret(tmp_path: Path) -> None:
    folder_secret(tmp_path)

    assert (tmp_path / KEPT).stat().st_mode & 0o077 == 0


def test_presence_recorded_before_there_were_proofs_reads_as_it_was() -> None:
    row = (
        b'{"address":"10.0.0.7","clock_off_s":3,"enrolled":true,"grade":"strong",'
        b'"network":"local","pictures":1,"scanned":true,"spent_s":600}'
    )

    presence = msgspec.json.decode(row, type=Presence)

    assert (presence.grade, presence.proved_at, presence.proof) == ("strong", None, "")
    assert msgspec.json.encode(presence, order="sorted") == row
