"""Verifying the journal on disk: as strict as the plain way, whatever was done to the file."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.canonical import canonical, digest
from domain.journal import GENESIS, Break, Entry, Header, first_broken, seal
from domain.register import reading
from domain.register.backup import DATABASE
from domain.register.matching import first_row_changed, verify_database
from domain.register.reading import verify_file
from domain.register.register import Register
from domain.submission import Found
from tests.postgres import plain
from tests.things import Chain, Clock, build_chain

COLUMNS = ("action", "actor", "at", "body_sha256", "node", "prev", "subject", "seal")


@contextmanager
def tampered(file: Path) -> Iterator[sqlite3.Connection]:
    """The file as somebody opens it who owns it and means ill."""
    with closing(sqlite3.connect(file)) as connection:
        yield connection
        connection.commit()


@pytest.fixture
def file(chain: Chain) -> Path:
    """A journal with a dozen entries."""
    for note in ("油", 'a "quoted" \\ note\n', ""):
        chain.submit(chain.form(found=(Found("A.a.1", note=note), Found("A.b.1"))))
    return chain.register.folder / DATABASE


def test_a_journal_left_alone_holds(chain: Chain, file: Path) -> None:
    verified = verify_file(file)

    register = chain.register
    assert (verified.seq, verified.seal) == (register.journal_seq, register.seal)
    assert verified.entries == verified.seq
    assert verified.broken is None


@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize("processes", [1, 3])
def test_an_edited_column_is_found_on_any_number_of_cores(
    file: Path, column: str, processes: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "WORTH_A_PROCESS", 10**6 if processes == 1 else 1)
    monkeypatch.setattr("os.cpu_count", lambda: processes)
    with tampered(file) as connection:
        connection.execute(f"UPDATE journal SET {column} = {column} || '!' WHERE seq = 5")

    broken = verify_file(file).broken

    assert broken is not None
    assert broken.seq == 5


@pytest.mark.parametrize(
    ("spoilt", "broken"),
    [
        ("UPDATE journal_body SET body = body || ' ' WHERE seq = 4", (4, "cannot be read")),
        (
            "UPDATE journal_body SET body = x'00' WHERE seq = 4",
            (4, "body does not match its digest"),
        ),
        ("DELETE FROM journal WHERE seq = 4", (4, "missing")),
        ("DELETE FROM journal WHERE seq = 1", (1, "missing")),
        ("UPDATE journal SET seq = -3 WHERE seq = 4", (4, "missing")),
        ("UPDATE journal SET actor = cast(x'ff' AS TEXT) WHERE seq = 4", (4, "cannot be read")),
    ],
)
def test_what_was_done_to_the_file_is_named(
    file: Path, spoilt: str, broken: tuple[int, str]
) -> None:
    with tampered(file) as connection:
        connection.execute(spoilt)

    found = verify_file(file).broken

    assert found is not None
    assert found.seq == broken[0]
    assert found.reason == broken[1] or "body" in spoilt


def test_two_entries_that_changed_places_are_found(file: Path) -> None:
    with tampered(file) as connection:
        for before, after in ((4, -1), (5, 4), (-1, 5)):
            connection.execute("UPDATE journal SET seq = ? WHERE seq = ?", (after, before))

    assert (verify_file(file).broken or Break(0, "")).seq == 4


def test_an_end_cut_off_is_found_by_the_inspections_that_are_left(file: Path) -> None:
    with tampered(file) as connection:
        (last,) = connection.execute("SELECT max(seq) FROM journal").fetchone()
        connection.execute("DELETE FROM journal WHERE seq > ?", (last - 2,))

    assert verify_file(file).broken == Break(last - 1, "cut off")


def test_a_body_that_retention_removed_breaks_nothing(file: Path) -> None:
    with tampered(file) as connection:
        connection.execute("DELETE FROM journal_body WHERE seq IN (2, 9)")

    assert verify_file(file).broken is None


def test_the_stream_of_any_database_says_the_same(chain: Chain, file: Path) -> None:
    with chain.register.read() as connection:
        assert verify_database(connection) == verify_file(file)


def test_rows_that_are_as_the_journal_says_hold(chain: Chain, file: Path) -> None:
    with chain.register.read() as connection:
        assert file.exists()
        assert first_row_changed(connection) is None


@pytest.mark.parametrize(
    ("table", "spoilt"),
    [
        ("inspection", "UPDATE inspection SET score = '70.00' WHERE number = {}"),
        ("finding", "UPDATE finding SET note = 'nothing' WHERE number = {} * 1000 + 1"),
        ("finding", "DELETE FROM finding WHERE number = {} * 1000 + 2"),
        ("finding", "UPDATE finding SET number = {} * 1000 + 7 WHERE number = {} * 1000 + 2"),
    ],
)
def test_an_edited_row_is_found_although_every_seal_holds(
    chain: Chain, file: Path, table: str, spoilt: str
) -> None:
    number = chain.register.journal_seq - 1
    with tampered(file) as connection:
        connection.execute(spoilt.format(number, number))

    with chain.register.read() as connection:
        found = first_row_changed(connection)

    assert verify_file(file).broken is None
    assert found == Break(number, f"rows of {table} differ")


texts = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=8) | st.sampled_from(
    ['"', "\\", '","actor":"', "\\u0000", "\x00", "\x7f", "\u2028", "é油😀"]
)


def stored(entries: list[Entry], file: Path) -> None:
    """Write entries into a file with the register's tables."""
    with tampered(file) as connection:
        connection.executescript(
            "DELETE FROM journal; DELETE FROM journal_body; DELETE FROM inspection;"
            "DELETE FROM finding; DELETE FROM contest;"
        )
        for entry in entries:
            header = entry.header
            values: list[Any] = [getattr(header, name) for name in (*COLUMNS[:-1], "seq")]
            connection.execute(
                f"INSERT INTO journal ({', '.join(COLUMNS[:-1])}, seq, seal) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [*values, entry.seal],
            )
            connection.execute(
                "INSERT INTO journal_body (seq, body) VALUES (?, ?)", (header.seq, entry.body)
            )


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with the register's tables and nothing in them."""
    folder = tmp_path_factory.mktemp("bare")
    Register.open(folder).close()
    return folder / DATABASE


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(texts, texts, texts, texts), min_size=1, max_size=5),
    st.integers(0, 4),
    st.sampled_from(["", "action", "actor", "node", "subject", "at"]),
    texts,
)
def test_the_quick_way_says_what_the_plain_one_says(
    bare: Path, happened: list[tuple[str, str, str, str]], at: int, column: str, put: str
) -> None:
    entries: list[Entry] = []
    for seq, (action, actor, node, subject) in enumerate(happened, start=1):
        body = canonical({"facts": {"said": subject}, "rows": []})
        header = Header(
            action=action,
            actor=actor,
            at="2026-11-22T00:00:00.000000Z",
            body_sha256=digest(body),
            node=node,
            prev=entries[-1].seal if entries else GENESIS,
            seq=seq,
            subject=subject,
        )
        entries.append(Entry(header, seal(header), body))
    if column:
        import msgspec

        n = at % len(entries)
        spoilt = msgspec.structs.replace(entries[n].header, **{column: put})
        entries[n] = msgspec.structs.replace(entries[n], header=spoilt)
    stored(entries, bare)

    assert verify_file(bare).broken == first_broken(entries)


def test_another_database_is_verified_as_one_stream(
    postgres_database: str, tmp_path: Path, clock: Clock
) -> None:
    with Register.open(tmp_path, postgres_database, clock=clock) as register:
        chain = build_chain(register, clock)
        number = chain.submit(chain.form()).number
        chain.submit(chain.form())
        with register.read() as connection:
            verified = verify_database(connection)
            assert first_row_changed(connection) is None
        assert (verified.seq, verified.broken) == (register.journal_seq, None)

        with psycopg.connect(plain(postgres_database), autocommit=True) as owner:
            owner.execute(b"UPDATE finding SET points = '0' WHERE number = %s", [number * 1000 + 1])
            owner.execute(b"UPDATE journal SET actor = 'nobody' WHERE seq = %s", [number + 1])
        with register.read() as connection:
            assert first_row_changed(connection) == Break(number, "rows of finding differ")
            broken = verify_database(connection).broken

        assert broken == Break(number + 1, "header does not match its seal")
