"""The watcher goes on after trouble, and nothing that happened meanwhile is missed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from domain.register import watcher
from domain.register.register import Register
from domain.register.watcher import watch
from tests.postgres import plain
from tests.things import Chain, Clock, build_chain, wait_until


@pytest.fixture(autouse=True)
def again_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watcher, "AGAIN_S", 0.05)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def anywhere(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Chain]:
    """The small chain, on either database."""
    url = request.getfixturevalue("postgres_database") if request.param == "postgresql" else None
    clock = Clock()
    with Register.open(tmp_path / "data", url, clock=clock) as register:
        yield build_chain(register, clock)


def test_news_that_a_listener_could_not_take_is_told_again(anywhere: Chain) -> None:
    told: list[int] = []
    trouble = iter([False, True])

    def take(seq: int) -> None:
        if next(trouble, False):
            raise RuntimeError
        told.append(seq)

    stop = watch(anywhere.register.url, take)
    try:
        wait_until(lambda: len(told) == 1)
        seq = anywhere.submit(anywhere.form()).seq
        wait_until(lambda: told[-1] == seq)
    finally:
        stop()


def test_a_commit_while_the_watcher_was_cut_off_is_told(
    tmp_path: Path, postgres_database: str
) -> None:
    with Register.open(tmp_path / "data", postgres_database, clock=Clock()) as register:
        chain = build_chain(register, Clock())
        told: list[int] = []
        stop = watch(register.url, told.append)
        try:
            wait_until(lambda: told != [])
            with psycopg.connect(plain(postgres_database), autocommit=True) as administrator:
                administrator.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE pid <> pg_backend_pid() AND datname = current_database()"
                )
            seq = chain.submit(chain.form()).seq
            wait_until(lambda: told[-1] == seq)
        finally:
            stop()


def test_it_stops_in_the_midst_of_trouble(anywhere: Chain) -> None:
    def fail(_: int) -> None:
        raise RuntimeError

    watch(anywhere.register.url, fail)()
