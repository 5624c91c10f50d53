"""Reads the organisation into one immutable snapshot."""

from sqlalchemy import select
from sqlalchemy.engine import Connection
from sqlmodel import col

from domain.organisation import Device, Directory, Person, Place, Role, ScanPoint
from domain.register.tables import (
    CodeRow,
    DeviceRow,
    PersonRow,
    PlaceRow,
    RoleRow,
    ScanPointRow,
)
from domain.text import Text


def read_directory(connection: Connection) -> Directory:
    """The organisation, its scan points and phones, as they are in this transaction."""
    tokens, old_tokens, placed = _tokens(connection)
    return Directory(
        places=_places(connection),
        people=_people(connection),
        points=_points(connection, tokens, placed),
        devices=_devices(connection),
        old_tokens=old_tokens,
    )


def _places(connection: Connection) -> dict[str, Place]:
    found = connection.execute(
        select(
            col(PlaceRow.id),
            col(PlaceRow.kind),
            col(PlaceRow.name_zh),
            col(PlaceRow.name_en),
            col(PlaceRow.path),
            col(PlaceRow.parent),
            col(PlaceRow.stars),
        )
    )
    return {
        r.id: Place(r.id, r.kind, Text(r.name_zh, r.name_en), r.path, r.parent, r.stars)
        for r in found
    }


def _people(connection: Connection) -> dict[str, Person]:
    roles: dict[str, list[Role]] = {}
    held = select(col(RoleRow.person), col(RoleRow.name), col(RoleRow.place)).where(
        col(RoleRow.until).is_(None)
    )
    for r in connection.execute(held):
        roles.setdefault(r.person, []).append(Role(r.name, r.place))
    people = connection.execute(select(col(PersonRow.id), col(PersonRow.name)))
    return {p.id: Person(p.id, p.name, tuple(roles.get(p.id, ()))) for p in people}


def _tokens(
    connection: Connection,
) -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """Codes in force by point, points by codes of old, and when each point had its first."""
    in_force: dict[str, str] = {}
    old: dict[str, str] = {}
    placed: dict[str, str] = {}
    asked = select(
        col(CodeRow.token), col(CodeRow.point), col(CodeRow.withdrawn_at), col(CodeRow.issued_at)
    )
    for token, point, withdrawn_at, issued_at in connection.execute(asked):
        placed[point] = min(issued_at, placed.get(point, issued_at))
        if withdrawn_at is None:
            in_force[point] = token
        else:
            old[token] = point
    return in_force, old, placed


def _points(
    connection: Connection, tokens: dict[str, str], placed: dict[str, str]
) -> dict[str, ScanPoint]:
    asked = select(
        col(ScanPointRow.id),
        col(ScanPointRow.station),
        col(ScanPointRow.kind),
        col(ScanPointRow.name_zh),
        col(ScanPointRow.name_en),
    )
    return {
        p.id: ScanPoint(
            p.id,
            p.station,
            p.kind,
            Text(p.name_zh, p.name_en),
            tokens.get(p.id),
            placed.get(p.id, ""),
        )
        for p in connection.execute(asked)
    }


def _devices(connection: Connection) -> dict[str, Device]:
    asked = select(
        col(DeviceRow.id),
        col(DeviceRow.person),
        col(DeviceRow.name),
        col(DeviceRow.key_sha256),
        col(DeviceRow.enrolled_at),
        col(DeviceRow.withdrawn_at),
    )
    return {d.id: Device(*d) for d in connection.execute(asked)}
