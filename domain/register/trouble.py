"""What a database's complaint means to a reader; imports no database by itself."""

import sqlite3

from domain.refusals import Refusal
from domain.register.refusals import DatabaseAway, DatabaseBusy, DatabaseDamaged, DiskFull

DAMAGED = ("not a database", "malformed", "corrupt")


def refusal_of(error: BaseException) -> Refusal | None:
    """The refusal for a complaint of SQLite's or PostgreSQL's, SQLAlchemy's wrapping or not.

    None where it is none, or one that a mistake of ours has caused.
    """
    said = str(getattr(error, "orig", None) or error).lower()
    ours = isinstance(error, sqlite3.Error) or hasattr(error, "orig")
    if not ours:
        return None
    if any(word in said for word in DAMAGED):
        return DatabaseDamaged()
    if "OperationalError" not in {kind.__name__ for kind in type(error).__mro__}:
        return None
    if "full" in said or "no space" in said:
        return DiskFull()
    if "locked" in said or "busy" in said:
        return DatabaseBusy()
    return DatabaseAway()
