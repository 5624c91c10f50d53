"""This register's own name; the first seal of a journal hangs on it."""

import msgspec
from sqlalchemy import select
from sqlalchemy.engine import Connection
from sqlmodel import col

from domain.register.tables import NodeRow
from domain.text import Text


class Node(msgspec.Struct, frozen=True):
    """A register: its id, random and never reused, and what people call it."""

    id: str
    name: Text


def read_node(connection: Connection) -> Node:
    """The one row that every register has."""
    asked = select(col(NodeRow.id), col(NodeRow.name_zh), col(NodeRow.name_en))
    row = connection.execute(asked).one()
    return Node(row.id, Text(row.name_zh, row.name_en))
