"""Reads since when a post is held; the directory knows only who holds it now."""

from sqlalchemy import select
from sqlalchemy.engine import Connection

from domain.organisation import Role
from domain.register.tables import RoleRow
from domain.register.work import table_of

ROLE = table_of(RoleRow)


def held_since(connection: Connection, person: str, role: Role) -> tuple[str, ...]:
    """The moments since which a person holds a role; one, or none where it is not held."""
    column = ROLE.c
    asked = select(column.since).where(
        column.person == person,
        column.name == role.name,
        column.place == role.place,
        column.until.is_(None),
    )
    return tuple(connection.execute(asked).scalars())
