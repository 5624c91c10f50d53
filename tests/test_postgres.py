"""The PostgreSQL that the tests start for themselves."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import psycopg

from tests.postgres import plain


def test_the_server_answers(postgres_url: str) -> None:
    with psycopg.connect(plain(postgres_url)) as connection:
        assert connection.execute("select 1").fetchone() == (1,)


def test_every_test_gets_a_database_of_its_own(postgres_database: str, postgres_url: str) -> None:
    with psycopg.connect(plain(postgres_database)) as connection:
        connection.execute("create table here_only (id int)")

    with psycopg.connect(plain(postgres_url)) as connection:
        found = connection.execute("select to_regclass('here_only')").fetchone()
    assert found == (None,)


def test_the_server_keeps_chinese_as_it_is(postgres_url: str) -> None:
    with psycopg.connect(plain(postgres_url)) as connection:
        row = connection.execute("select %s::text", ["加油站"]).fetchone()
    assert row == ("加油站",)


def test_nobody_can_reach_the_server_over_the_network(postgres_url: str) -> None:
    with psycopg.connect(plain(postgres_url)) as connection:
        row = connection.execute("select inet_server_addr(), current_setting('listen_addresses')")
        assert row.fetchone() == (None, "")
    folder = Path(parse_qs(urlsplit(postgres_url).query)["host"][0])
    assert list(folder.glob(".s.PGSQL.*"))
