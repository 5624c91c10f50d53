"""Scan points and their printed codes: placing, reissuing, withdrawing."""

import secrets

from domain.canonical import instant
from domain.organisation import ScanPoint
from domain.point_kinds import POINT_KINDS
from domain.procedures.naming import tidy_text
from domain.procedures.refusals import Unfit, Unknown
from domain.register.tables import CodeRow, ScanPointRow
from domain.register.work import Work
from domain.text import Text

TOKEN_BYTES = 15
"""120 random bits: nobody guesses the code of a place where they are not."""


def place_point(work: Work, point: str, station: str, kind: str, name: Text) -> str:
    """Add a scan point and issue its code.

    Returns:
        The token that the printed code carries.
    """
    name, place = tidy_text(name), work.directory.places.get(station)
    if place is None or place.kind != "station":
        raise Unknown(Text(zh="加油站", en="station"), station)
    if point in work.directory.points or kind not in POINT_KINDS:
        raise Unfit(
            Text(
                zh=f"点位“{name.zh:.40}”重复或类型不对。",
                en=f'Point "{name.en:.40}" is taken or of no known kind.',
            ),
            remedy=Text(zh="请换一个名称或类型。", en="Choose another name or kind."),
        )
    work.insert(
        ScanPointRow,
        {"id": point, "station": station, "kind": kind, "name_zh": name.zh, "name_en": name.en},
    )
    token = _issue(work, point)
    work.journal("point.placed", point)
    return token


def reissue_code(work: Work, point: str) -> str:
    """Replace the code of a point; the printed one refuses from now on."""
    _end_code(work, _point(work, point))
    token = _issue(work, point)
    work.journal("code.reissued", point)
    return token


def withdraw_code(work: Work, point: str) -> None:
    """End the code of a point without a new one."""
    known = _point(work, point)
    if known.token is None:
        raise Unknown(Text(zh="在用二维码", en="code in force for"), point)
    _end_code(work, known)
    work.journal("code.withdrawn", point)


def _point(work: Work, point: str) -> ScanPoint:
    known = work.directory.points.get(point)
    if known is None:
        raise Unknown(Text(zh="点位", en="scan point"), point)
    return known


def _issue(work: Work, point: str) -> str:
    token = secrets.token_urlsafe(TOKEN_BYTES)
    work.insert(
        CodeRow,
        {"token": token, "point": point, "issued_at": instant(work.now), "withdrawn_at": None},
    )
    return token


def _end_code(work: Work, point: ScanPoint) -> None:
    if point.token is not None:
        work.update(CodeRow, point.token, withdrawn_at=instant(work.now))
