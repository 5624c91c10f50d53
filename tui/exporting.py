"""Writes workbooks and label sheets to files, for screens and for the command line.

An export only reads, so it leaves no entry in the journal; the journal's head on every sheet says
from when it is. Everything here blocks: screens call it in a thread.
"""

from __future__ import annotations

import re
from contextlib import suppress
from itertools import count
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, NamedTuple

from domain.canonical import instant
from domain.exports.cells import station_time
from domain.text import Lang, Text
from domain.views import FindingFilter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import IO

    from domain.exports.inspection import Inspected
    from domain.organisation import Directory, ScanPoint, Sight
    from domain.register.media import Media
    from domain.register.queries import Asker
    from domain.register.register import Register
    from domain.views import InspectionSheet

MANY = 5_000
"""Rows beyond which a child process writes them: the console's keys must not wait."""
_UNSAFE = re.compile(r'[<>:"/\\|?*\x00-\x1f]+')


class Export(NamedTuple):
    """A list of findings to be written, as a child process is told of it."""

    folder: Path
    database: str
    sight: Sight
    where: FindingFilter
    made_at: str
    lang: Lang


def export_inspection(
    register: Register,
    number: int,
    lang: Lang,
    to: Path | None = None,
    *,
    asker: Asker | None = None,
) -> Path:
    """Write one inspection as a workbook and say where.

    Args:
        to: A folder or a file; the data folder's `exports` by default.
        asker: Whose sight counts; the console's own by default.

    Raises:
        NothingToShow: There is no such inspection in sight.
    """
    from domain.exports.inspection import inspection_workbook

    inspected = _inspected(register, number, asker)
    line = inspected.sheet.line
    day = f"{station_time(line.started_at):%Y-%m-%d}"
    what = Text(zh="检查", en="Inspection").in_(lang)
    name = f"{what}_{line.station_name.in_(lang)}_{day}_{number}.xlsx"
    content = inspection_workbook(inspected, lang)
    return write_aside(place_of_export(register, to, name), lambda file: file.write(content))


def export_findings(
    register: Register, asker: Asker, where: FindingFilter, lang: Lang, to: Path | None = None
) -> Path:
    """Write the findings in sight that a filter leaves, the newest first, and say where.

    Args:
        to: A folder or a file; the data folder's `exports` by default.
    """
    from domain.register.child import Child
    from domain.register.queries import count_findings

    made_at = instant(register.clock())
    stamp = f"{station_time(made_at):%Y%m%d-%H%M%S}"
    place = place_of_export(
        register, to, f"{Text(zh='问题清单', en='Findings').in_(lang)}_{stamp}.xlsx"
    )
    export = Export(register.folder, register.url, asker.sight, where, made_at, lang)
    with register.read() as connection:
        rows = count_findings(connection, asker, where)
    if rows <= MANY:
        return write_aside(place, lambda file: write_findings(register, export, file))
    return write_aside(
        place, lambda file: Child("tui.exporting_aside", (export, file.name)).answer()
    )


def export_labels(
    register: Register,
    points: Iterable[ScanPoint],
    base_url: str,
    lang: Lang,
    to: Path | None = None,
) -> Path:
    """Write the labels of scan points as a PDF and say where; points without a code are left out.

    Args:
        base_url: Where phones reach the receiver, such as `http://192.168.1.10:8600`.
        to: A folder or a file; the data folder's `exports` by default.

    Raises:
        NothingToShow: None of them has a code.
    """
    from domain.exports.labels import Label, label_sheet
    from domain.exports.looks import Seal
    from domain.exports.terminal_code import code_url
    from domain.register.codes import issued
    from domain.register.journal_table import head
    from tui.commands.refusals import NothingToShow

    directory = register.directory
    with register.read() as connection:
        moments, seal = issued(connection), Seal(*head(connection))
    known = [point for point in points if point.token in moments]
    if not known:
        raise NothingToShow(Text(zh="有二维码的点位", en="scan point with a code"), "—")
    labels = [
        Label(
            point.name,
            directory.station_name(point.station),
            code_url(base_url, point.token or ""),
            moments[point.token or ""],
        )
        for point in known
    ]
    made_at = instant(register.clock())
    stations = {point.station for point in known}
    name = directory.station_name(known[0].station).in_(lang) if len(stations) == 1 else "Forecourt"
    stamp = f"{station_time(made_at):%Y%m%d-%H%M%S}"
    content = label_sheet(labels, seal, made_at, lang)
    what = Text(zh="二维码标签", en="Labels").in_(lang)
    return write_aside(
        place_of_export(register, to, f"{what}_{name}_{stamp}.pdf"),
        lambda file: file.write(content),
    )


def _inspected(register: Register, number: int, asker: Asker | None) -> Inspected:
    from domain.exports.inspection import Inspected
    from domain.exports.looks import Seal
    from domain.register.journal_table import head
    from domain.register.queries import Asker
    from domain.register.sheets import inspection_sheet
    from domain.scoring import score_lines
    from domain.submission import Found
    from tui.commands.refusals import NothingToShow

    directory = register.directory
    asker = asker or Asker(directory, register.rulebooks, directory.sight(None))
    with register.read() as connection:
        sheet = inspection_sheet(connection, asker, number)
        seal = Seal(*head(connection))
    if sheet is None:
        raise NothingToShow(Text(zh="检查", en="inspection"), number)
    edition = register.rulebooks.edition(sheet.line.rulebook, sheet.line.edition)
    found = [
        Found(line.criterion, clause, line.count)
        for line, clause in zip(sheet.found, sheet.clauses, strict=True)
    ]
    card = score_lines(edition, found, not_applicable=sheet.not_applicable, inputs=sheet.inputs)
    pictures = _small_pictures(register.media, sheet)
    return Inspected(sheet, edition, card, pictures, seal, instant(register.clock()))


def _small_pictures(media: Media, sheet: InspectionSheet) -> dict[str, bytes]:
    """A small copy of every picture that has arrived, by the digest of the original."""
    from domain.register.pictures import small_copy

    shown = {i.sha256 for i in sheet.evidence if i.kind == "picture" and i.arrived_at}
    copies = {sha256: small_copy(media, sha256) for sha256 in shown}
    return {sha256: copy.read_bytes() for sha256, copy in copies.items() if copy}


def write_findings(register: Register, export: Export, file: IO[bytes]) -> None:
    """Write the list as one moment of the records shows it."""
    from domain.exports.findings import Heading, findings_workbook
    from domain.exports.looks import Seal
    from domain.register.journal_table import head
    from domain.register.listing import all_findings
    from domain.register.queries import Asker, count_findings

    asker = Asker(register.directory, register.rulebooks, export.sight)
    with register.read() as connection:
        heading = Heading(
            narrowed=_narrowed(register.directory, export.where),
            findings=count_findings(connection, asker, export.where),
            made_at=export.made_at,
            head=Seal(*head(connection)),
        )
        lines = all_findings(connection, asker, export.where)
        findings_workbook(lines, heading, export.lang, file)


def _narrowed(directory: Directory, where: FindingFilter) -> Text | None:
    """What the list is narrowed to, as people say it; None where it is not."""
    from domain.exports.words import SEVERITIES

    parts = []
    if where.place:
        parts.append(directory.station_name(where.place))
    if where.severity:
        parts.append(SEVERITIES[where.severity])
    if not parts:
        return None
    return Text(zh="、".join(each.zh for each in parts), en=", ".join(each.en for each in parts))


def place_of_export(register: Register, to: Path | None, name: str) -> Path:
    """The file to write: the one named, or a new one of that name in a folder."""
    if to is not None and not to.is_dir():
        return to
    folder = to or register.folder / "exports"
    folder.mkdir(parents=True, exist_ok=True)
    safe = Path(_UNSAFE.sub("-", name))
    stem = safe.stem.strip(". ")[:120]
    for n in count(1):
        place = folder / f"{stem}{f' ({n})' if n > 1 else ''}{safe.suffix}"
        if not place.exists():
            return place
    raise AssertionError("unreachable")


def write_aside(place: Path, write: Callable[[IO[bytes]], object]) -> Path:
    """Write aside and rename, so that nobody ever opens half a file."""
    with NamedTemporaryFile(dir=place.parent, prefix=".", suffix=".part", delete=False) as aside:
        try:
            write(aside)
            aside.close()
            Path(aside.name).chmod(0o644)
            Path(aside.name).replace(place)
        except BaseException:
            aside.close()
            with suppress(OSError):
                Path(aside.name).unlink()
            raise
    return place
