"""Phones while PostgreSQL was cut off, is away, and comes back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url

from domain.register.register import Register
from server.rates import Limits
from tests.postgres import plain
from tests.server.conftest import AForm, Phone
from tests.things import Chain, Clock, build_chain, new_id


@pytest.fixture
def chain(tmp_path: Path, postgres_database: str, clock: Clock) -> Iterator[Chain]:
    """The small chain on PostgreSQL."""
    with Register.open(tmp_path / "data", postgres_database, clock=clock) as register:
        yield build_chain(register, clock)


@pytest.fixture
def limits() -> Limits:
    """As many looks for unknown keys as a test asks for."""
    return Limits(looks_a_second=1000)


class Administrator:
    """Somebody who maintains the database while people work."""

    def __init__(self, server: str, database: str) -> None:
        self._server = plain(server)
        self._database = make_url(database).database

    def cut(self) -> None:
        """End all connections to it."""
        self._do(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            f"WHERE datname = '{self._database}'"
        )

    def close(self) -> None:
        """Let nobody in."""
        self._do(f"ALTER DATABASE {self._database} ALLOW_CONNECTIONS false")
        self.cut()

    def open(self) -> None:
        """Let everybody in."""
        self._do(f"ALTER DATABASE {self._database} ALLOW_CONNECTIONS true")

    def _do(self, command: str) -> None:
        with psycopg.connect(self._server, autocommit=True) as connection:
            connection.execute(command.encode())


@pytest.fixture
def administrator(postgres_url: str, postgres_database: str) -> Administrator:
    return Administrator(postgres_url, postgres_database)


def test_the_first_call_after_a_cut_is_answered(
    phone: Phone, a_form: AForm, administrator: Administrator
) -> None:
    form = a_form()
    phone.submit(form)
    assert phone.get(f"/api/submissions/{form['id']}").status_code == 200
    administrator.cut()

    assert phone.get(f"/api/submissions/{form['id']}").status_code == 200
    assert phone.submit(a_form()).status_code == 201


def test_a_database_that_is_away_is_said_and_waited_for(
    phone: Phone, stranger: Phone, a_form: AForm, administrator: Administrator
) -> None:
    phone.submit(a_form())
    administrator.close()
    guessed = {"Authorization": "Bearer guessed"}
    answers = [
        phone.submit(a_form(), params={"lang": "en"}),
        phone.get(f"/api/submissions/{new_id()}", params={"lang": "en"}),
        phone.get(f"/media/{'0' * 64}", params={"lang": "en"}),
        phone.head(f"/api/uploads/{new_id()}", headers={"Tus-Resumable": "1.0.0"}),
        stranger.get("/api/me", params={"lang": "en"}, headers=guessed),
    ]

    assert [each.status_code for each in answers] == [503] * 5
    for answer in answers:
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert int(answer.headers["Retry-After"]) > 0
        if answer.request.method != "HEAD":
            assert answer.json()["type"] == "database-away"
            assert "Try again in a moment" in answer.json()["detail"]
    assert phone.get("/api/me").status_code == 200
    administrator.open()
    assert phone.submit(a_form()).status_code == 201
