"""When the codes in force were issued."""

from sqlalchemy import select
from sqlalchemy.engine import Connection

from domain.register.tables import CodeRow
from domain.register.work import table_of

CODE = table_of(CodeRow)


def issued(connection: Connection) -> dict[str, str]:
    """The moment of issue of every code in force, by its token."""
    asked = select(CODE.c.token, CODE.c.issued_at).where(CODE.c.withdrawn_at.is_(None))
    return {row.token: row.issued_at for row in connection.execute(asked)}
