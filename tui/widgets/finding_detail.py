"""One finding in full: what, where, who, when, its cost, presence and picture."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from domain.text import Text
from tui.widgets.cells import safe, safe_lines
from tui.widgets.picture import Picture
from tui.words import GRADES, KINDS, SEVERITIES, WAYS, long_time, lost, presence_reasons, who

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PIL.Image import Image
    from textual.app import ComposeResult

    from domain.text import Lang
    from domain.views import EvidenceItem, FindingLine, InspectionSheet

COUNTED = Text(zh="次数", en="Count")
COST = Text(zh="扣分", en="Points")
NOTE = Text(zh="备注", en="Note")
SEEN_AT = Text(zh="录像时间", en="On the recording")
STATION = Text(zh="地点", en="Where")
PERSON = Text(zh="检查人", en="Who")
INSPECTION = Text(zh="检查", en="Inspection")
PRESENCE = Text(zh="到场证据", en="Presence")
PICTURES = Text(zh="图片", en="Pictures")
ON_ITS_WAY = Text(zh="图片还在上传途中…", en="The picture is still on its way…")
UNREADABLE = Text(zh="这个文件无法显示为图片", en="This file cannot be shown as a picture")
NONE_CHOSEN = Text(zh="还没有问题。", en="There are no findings yet.")


class Seen(NamedTuple):
    """A finding, the inspection that it belongs to, and its first picture if it is here."""

    line: FindingLine
    sheet: InspectionSheet | None = None
    image: Image | None = None

    @property
    def evidence(self) -> list[EvidenceItem]:
        """Pictures and videos of this finding."""
        every = self.sheet.evidence if self.sheet else ()
        return [item for item in every if item.finding == self.line.number]


class FindingDetail(VerticalScroll):
    """The finding under the cursor."""

    can_focus = False

    def compose(self) -> ComposeResult:
        """Words above, the picture below them."""
        yield Static(classes="words")
        with Vertical(classes="picture"):
            yield Picture()

    def show(self, seen: Seen | None, lang: Lang, *, brief: bool = False) -> None:
        """Show a finding, or that there is none; `brief` without what its inspection says."""
        words, picture = self.query_one(".words", Static), self.query_one(".picture")
        if seen is None:
            words.update(Content(NONE_CHOSEN.in_(lang)).stylize("$foreground-muted"))
            picture.display = False
            return
        words.update(finding_text(seen, lang, brief=brief))
        picture.display = seen.image is not None or bool(seen.line.pictures)
        self.query_one(Picture).draw(seen.image, picture_words(seen, lang))

    def show_words(self, said: str) -> None:
        """Show words about something else than a finding."""
        self.query_one(".words", Static).update(Content(safe_lines(said)))
        self.query_one(".picture").display = False


def picture_words(seen: Seen, lang: Lang) -> str:
    """What stands in place of a picture that cannot be shown."""
    if not seen.evidence:
        return ""
    arrived = any(item.arrived_at for item in seen.evidence)
    return (UNREADABLE if arrived else ON_ITS_WAY).in_(lang)


def finding_text(seen: Seen, lang: Lang, *, brief: bool = False) -> Content:
    """All that is known of a finding, line by line."""
    line = seen.line
    head = Content.assemble(
        (f"{line.criterion}  ", "bold $accent"),
        (f"[{SEVERITIES[line.severity].in_(lang)}]  ", "bold"),
        safe(line.text.in_(lang)),
    )
    return Content("\n").join(
        (head, *(_fact(label, said, lang) for label, said in _facts(seen, lang, brief=brief)))
    )


def _fact(label: Text, said: str, lang: Lang) -> Content:
    return Content.assemble((f"{label.in_(lang)}  ", "$foreground-muted"), said)


def _facts(seen: Seen, lang: Lang, *, brief: bool) -> Iterator[tuple[Text, str]]:
    line, sheet = seen.line, seen.sheet
    if not brief:
        point = sheet.point_name if sheet else None
        place = safe(line.station_name.in_(lang))
        yield STATION, f"{place} · {safe(point.in_(lang))}" if point else place
        yield PERSON, f"{safe(who(line.person, lang))} · {long_time(line.received_at)}"
    cost = f"{lost(line.points)}  ({COUNTED.in_(lang)} {line.count})"
    yield COST, cost
    if line.at:
        yield SEEN_AT, line.at
    if line.note:
        yield NOTE, safe_lines(line.note)
    if sheet and not brief:
        way = WAYS.get(sheet.line.via)  # type: ignore[call-overload]
        said = f"#{line.inspection} · {KINDS[line.kind].in_(lang)}"
        yield INSPECTION, f"{said} · {way.in_(lang)}" if way else said
        reasons = " · ".join(presence_reasons(sheet.presence, lang))
        grade = GRADES[sheet.presence.grade].in_(lang)
        yield PRESENCE, f"{grade}: {reasons}" if reasons else grade
    if line.pictures:
        yield PICTURES, f"{line.pictures_here}/{line.pictures}"
