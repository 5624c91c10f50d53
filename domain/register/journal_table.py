"""The journal on disk: its tail while a transaction writes, and its entries to read."""

from collections.abc import Generator, Sequence

from sqlalchemy import or_, select
from sqlalchemy.engine import Connection

from domain.journal import GENESIS, Entry, Header
from domain.register.statements import Driver, Lookup
from domain.register.tables import JournalBodyRow, JournalRow

JOURNAL = JournalRow.__table__  # type: ignore[attr-defined]
CHANNEL = "forecourt_journal"
"""PostgreSQL notification that the journal moved."""
BODY = JournalBodyRow.__table__  # type: ignore[attr-defined]
_last = select(JOURNAL.c.seq, JOURNAL.c.seal).order_by(JOURNAL.c.seq.desc()).limit(1)
_head = Lookup(_last)
_one_seal = select(JOURNAL.c.seal)


class JournalTail:
    """The end of the journal inside a transaction: the head, and entries still to be written."""

    def __init__(self, seq: int, seal: str) -> None:
        self.seq, self.seal = seq, seal
        self._waiting: list[Entry] = []

    @classmethod
    def locked(cls, driver: Driver) -> "JournalTail":
        """The head, held so that nobody else seals an entry until this transaction ends."""
        driver.lock_journal()
        newest = driver.first(_head)
        return cls(*(newest or (0, GENESIS)))

    def extend(self, entries: Sequence[Entry]) -> None:
        """Take entries that follow the head; `write` puts all of them on disk together."""
        if entries:
            self._waiting.extend(entries)
            self.seq, self.seal = entries[-1].header.seq, entries[-1].seal

    def seal_of(self, connection: Connection, seq: int) -> str:
        """The seal of an entry, written or waiting."""
        waiting = next((e.seal for e in self._waiting if e.header.seq == seq), None)
        return waiting or str(
            connection.execute(_one_seal.where(JOURNAL.c.seq == seq)).scalar_one()
        )

    def write(self, driver: Driver) -> None:
        """Insert the waiting entries."""
        if self._waiting:
            driver.insert(JOURNAL, [_header_values(e) for e in self._waiting])
            driver.insert(BODY, [{"seq": e.header.seq, "body": e.body} for e in self._waiting])
            driver.announce(CHANNEL)


def organisation_changed(connection: Connection, *, after: int) -> bool:
    """Whether an entry after this number may have changed places, people, points or phones."""
    action = JOURNAL.c.action
    other = ~or_(action.startswith("inspection."), action.startswith("evidence."))
    asked = select(JOURNAL.c.seq).where(JOURNAL.c.seq > after, other).limit(1)
    return connection.execute(asked).first() is not None


def _header_values(entry: Entry) -> dict[str, object]:
    header = entry.header
    return {
        "seq": header.seq,
        "node": header.node,
        "at": header.at,
        "actor": header.actor,
        "action": header.action,
        "subject": header.subject,
        "body_sha256": header.body_sha256,
        "prev": header.prev,
        "seal": entry.seal,
    }


def head(connection: Connection) -> tuple[int, str]:
    """Number and seal of the newest entry; (0, GENESIS) before the first."""
    newest = connection.execute(_last).first()
    return (newest.seq, newest.seal) if newest else (0, GENESIS)


_all_entries = (
    select(
        JOURNAL.c.action,
        JOURNAL.c.actor,
        JOURNAL.c.at,
        JOURNAL.c.body_sha256,
        JOURNAL.c.node,
        JOURNAL.c.prev,
        JOURNAL.c.seq,
        JOURNAL.c.subject,
        JOURNAL.c.seal,
        BODY.c.body,
    )
    .join_from(JOURNAL, BODY, JOURNAL.c.seq == BODY.c.seq, isouter=True)
    .order_by(JOURNAL.c.seq)
)


def entries(connection: Connection, *, after: int = 0) -> Generator[Entry, None, None]:
    """All entries with their bodies, in order, as a stream; `close` it if it is left early."""
    asked = _all_entries.where(JOURNAL.c.seq > after)
    with connection.execution_options(yield_per=2000).execute(asked) as rows:
        for row in rows:
            yield Entry(Header(*row[:8]), row[8], _as_stored(row[9]))


def _as_stored(body: bytes | str | None) -> bytes | None:
    """The body's bytes; SQLite gives text back where somebody edited it by an SQL function."""
    return body.encode() if isinstance(body, str) else body
