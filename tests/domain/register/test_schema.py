"""Opening a data folder: new, known, newer than this version; a copy before a step."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlmodel import SQLModel

from domain.register.refusals import NewerData
from domain.register.register import Register
from domain.register.schema import KNOWN, MIGRATIONS, REVISION, keep_a_copy
from tests.things import NOON


def test_the_steps_make_exactly_the_tables_that_the_code_knows(register: Register) -> None:
    with register.read() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), SQLModel.metadata)

    assert differences == []


def test_the_newest_step_is_the_one_that_the_code_expects() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    steps = ScriptDirectory.from_config(config)

    assert steps.get_current_head() == REVISION
    assert {step.revision for step in steps.walk_revisions()} == set(KNOWN)


def test_a_folder_keeps_its_node_when_opened_again(tmp_path: Path) -> None:
    with Register.open(tmp_path) as first:
        node = first.node.id
    with Register.open(tmp_path) as second:
        assert second.node.id == node


def test_a_fresh_folder_opened_by_several_at_once_is_made_once(tmp_path: Path) -> None:
    def node(_: int) -> str:
        with Register.open(tmp_path) as opened:
            return opened.node.id

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(node, range(4)))) == 1


def test_data_of_a_newer_version_are_refused_untouched(tmp_path: Path) -> None:
    Register.open(tmp_path).close()
    with closing(sqlite3.connect(tmp_path / "forecourt.sqlite3")) as database, database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")

    with pytest.raises(NewerData, match="9999"):
        Register.open(tmp_path)


def test_a_copy_made_before_a_step_holds_the_data(tmp_path: Path) -> None:
    Register.open(tmp_path).close()

    copy = keep_a_copy(tmp_path, "0000", NOON)

    with closing(sqlite3.connect(copy)) as database:
        assert database.execute("SELECT count(*) FROM node").fetchone() == (1,)
