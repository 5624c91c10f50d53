"""Brings a database to the tables of this version: a backup first, then Alembic's steps.

Alembic is imported only when there is a step to take, which keeps an ordinary start quick.
"""

import secrets
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from sqlalchemy import inspect, select, text
from sqlalchemy.engine import Connection

from domain.canonical import instant
from domain.register.engine import writing_engine
from domain.register.refusals import NewerData
from domain.register.tables import NodeRow

REVISION = "0008"
"""The step that this version's tables are at: the newest in migrations/versions."""
KNOWN = ("0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008")
MIGRATIONS = Path(__file__).parent / "migrations"
NODE = NodeRow.__table__  # type: ignore[attr-defined]


def bring_up_to_date(url: str, folder: Path, now: datetime) -> None:
    """Make or migrate the tables, under the write lock so that two starts do not race.

    Raises:
        NewerData: The tables are at a step that this version does not know.
    """
    engine = writing_engine(url)
    try:
        with engine.begin() as connection:
            at = revision_of(connection)
            if at is not None and at not in KNOWN:
                raise NewerData(at)
            if at != REVISION:
                if at is not None and url.startswith("sqlite"):
                    # Other databases have backups of their own.
                    keep_a_copy(folder, at, now)
                _upgrade(connection)
            _name_the_node(connection, now)
    finally:
        engine.dispose()


def revision_of(connection: Connection) -> str | None:
    """The step that the tables are at; None in an empty database."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def keep_a_copy(folder: Path, at: str, now: datetime) -> Path:
    """Copy the SQLite file as it is before a step, beside the data.

    Args:
        at: The step that the tables are at.

    Returns:
        Where the copy is.
    """
    backups = folder / "backups"
    backups.mkdir(exist_ok=True)
    copied = backups / f"{instant(now)[:19].replace(':', '')}-at-{at}.sqlite3"
    with (
        closing(sqlite3.connect(folder / "forecourt.sqlite3")) as source,
        closing(sqlite3.connect(copied)) as copy,
    ):
        source.backup(copy)
    return copied


def _upgrade(connection: Connection) -> None:
    from alembic import command  # noqa: PLC0415 - a third of a second, rarely needed
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _name_the_node(connection: Connection, now: datetime) -> None:
    if connection.execute(select(NODE.c.id)).first() is None:
        name = {"name_zh": "本站", "name_en": "This node"}
        connection.execute(
            NODE.insert(), {"id": secrets.token_hex(8), "created_at": instant(now), **name}
        )
