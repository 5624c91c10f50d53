"""Notices commits of other processes: SQLite by its data version, PostgreSQL by a notification."""

import logging
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

import psycopg
from sqlalchemy import make_url

from domain.register.journal_table import CHANNEL

LOOK_EVERY_S = 0.05
AGAIN_S = 1.0
log = logging.getLogger(__name__)
HEAD = "SELECT max(seq) FROM journal"


def watch(url: str, changed: Callable[[int], None]) -> Callable[[], None]:
    """Call `changed(seq)` soon after any commit to the database, with the journal's number.

    It is also called at the beginning, and again after trouble: what was missed is told then.

    Returns:
        A function that ends the watch.
    """
    stopped = threading.Event()
    look = _watch_sqlite if url.startswith("sqlite") else _watch_postgresql

    def keep_looking() -> None:
        while not stopped.is_set():
            try:
                look(url, changed, stopped)
            except Exception:
                # A busy or restarted database, or a caller's own trouble.
                log.exception("Watching the journal failed; trying again")
                stopped.wait(AGAIN_S)

    thread = threading.Thread(target=keep_looking, name="forecourt-watcher", daemon=True)
    thread.start()

    def stop() -> None:
        stopped.set()
        thread.join()

    return stop


def _watch_sqlite(url: str, changed: Callable[[int], None], stopped: threading.Event) -> None:
    path = Path(make_url(url).database or "").absolute()
    connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
    try:
        seen = None
        while not stopped.is_set():
            now = connection.execute("PRAGMA data_version").fetchone()
            if now != seen:
                seen = now
                (seq,) = connection.execute(HEAD).fetchone()
                changed(seq or 0)
            stopped.wait(LOOK_EVERY_S)
    finally:
        connection.close()


def _watch_postgresql(url: str, changed: Callable[[int], None], stopped: threading.Event) -> None:
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain, autocommit=True) as connection:
        connection.execute(f"LISTEN {CHANNEL}")
        news = True
        while not stopped.is_set():
            if news:
                row = connection.execute(HEAD).fetchone()
                changed((row[0] if row else None) or 0)
            news = bool(list(connection.notifies(timeout=2 * LOOK_EVERY_S, stop_after=1)))
