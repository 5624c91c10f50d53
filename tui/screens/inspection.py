"""One inspection down to the deduction, its score computed again before your eyes."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Container
from textual.widgets import Static

from domain.refusals import Refusal
from domain.text import Text
from tui.keys import key
from tui.screens.base import BACK, EXPORT, RegisterScreen
from tui.widgets.columns import Column
from tui.widgets.dialogs import Notice
from tui.widgets.finding_detail import FindingDetail, Seen
from tui.widgets.inspection_head import Examined, examined, head_text, record_text
from tui.widgets.long_table import LongTable
from tui.widgets.score_tree import TreeLine, tree_lines

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PIL.Image import Image
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from domain.text import Lang

WIDE = 120
"""Columns from which on there is room beside the list."""
INDENT = {"section": "", "group": " ", "criterion": "   ", "finding": "      └ ", "other": ""}
NO_FINDING = Text(zh="没有发现问题。", en="Nothing was found.")


class NotInSight(Refusal):
    """There is no such inspection, or it is not for this reader."""

    code = "unknown"
    status = 404

    def __init__(self, number: int) -> None:
        super().__init__(
            Text(zh=f"看不到检查 #{number}。", en=f"There is no inspection #{number} in sight."),
            remedy=Text(zh="请核对编号与权限。", en="Check the number and your role."),
        )


COLUMNS: tuple[Column[TreeLine], ...] = (
    Column(
        Text(zh="项目 / 分项 / 条目 / 问题", en="Section / group / entry / finding"),
        40,
        lambda line, _: INDENT[line.level] + line.text,
        grow=1,
        style=lambda line: "heading" if line.level in {"section", "group"} else "minor",
    ),
    Column(Text(zh="说明", en="Remark"), 14, lambda line, _: line.remark),
    Column(Text(zh="得分或扣分", en="Kept or lost"), 12, lambda line, _: line.figure, right=True),
)


class InspectionScreen(RegisterScreen[Examined]):
    """Shows an inspection; `finding` is the one to begin with."""

    NAME = Text(zh="一次检查", en="An inspection")
    ABOUT = Text(
        zh="从总分一直看到每一处扣分。分项得分不低于零，扣到标准分为止（“已到上限”）。"
        "打开时按存档的问题重新计分，与存档分数不符会标出。",
        en="From the total down to each deduction. A group loses at most its cap. The score is "
        "computed again from what is stored; a difference is shown.",
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        BACK,
        key(
            "a",
            "whole",
            Text(zh="全部条目", en="All"),
            Text(zh="显示全部条目，或只看有问题的", en="Shows all entries, or those with findings"),
        ),
        key(
            "v",
            "record",
            Text(zh="证据封签", en="Evidence"),
            Text(
                zh="完整封签、证据清单、异议表单",
                en="The whole seal, the evidence, contested forms",
            ),
        ),
        key(
            "p",
            "picture",
            Text(zh="看图", en="Pics"),
            Text(zh="满屏查看图片", en="Shows the pictures on the whole screen"),
        ),
        EXPORT,
    ]

    def __init__(self, number: int, finding: int | None = None) -> None:
        super().__init__()
        self.number = number
        self._begin_with = finding
        self._whole = False
        self._lines: list[TreeLine] = []
        self._chosen: TreeLine | None = None
        self._image_of: tuple[int, Image | None] | None = None

    def compose_body(self) -> ComposeResult:
        """The head, the tree, and the finding under the cursor."""
        yield Static(classes="head")
        with Container(classes="pair"):
            yield LongTable(COLUMNS, lambda _: 0)
            yield FindingDetail()

    @property
    def table(self) -> LongTable[TreeLine]:
        """The tree."""
        return self.query_one(LongTable)

    def on_mount(self) -> None:
        """The keys go to the tree."""
        super().on_mount()
        self.table.focus()

    def say(self, lang: Lang) -> None:
        """The tree's own words."""
        self.table.speak(lang)

    def read(self) -> Examined:
        """The inspection, and its score computed again."""
        from domain.register.sheets import inspection_sheet

        with self.register.read() as connection:
            sheet = inspection_sheet(connection, self.asker, self.number)
        if sheet is None:
            raise NotInSight(self.number)
        return examined(self.register.rulebooks, sheet)

    def show(self, answer: Examined) -> None:
        """Draw head and tree."""
        lang = self.lang
        self.query_one(".head", Static).update(
            head_text(answer, lang, reasons=self.size.width >= WIDE)
        )
        self._lines = list(
            tree_lines(answer.edition, answer.card, answer.sheet, whole=self._whole, lang=lang)
        )
        self.table.hold(self._lines, self._place_of(self._chosen))
        self._detail()

    def _place_of(self, kept: TreeLine | None) -> int:
        """Where the cursor goes: to the line it was on, or to the finding to begin with."""
        wanted = kept.key if kept else str(self._begin_with)
        return next((n for n, line in enumerate(self._lines) if line.key == wanted), 0)

    @on(LongTable.Highlighted)
    def _highlighted(self, event: LongTable.Highlighted) -> None:
        self._chosen = event.line
        self._detail()

    def _detail(self) -> None:
        answer, chosen = self._answer, self._chosen
        if answer is None or chosen is None:
            return
        detail = self.query_one(FindingDetail)
        if chosen.finding is None:
            detail.show_words(f"{chosen.text}\n{chosen.remark} {chosen.figure}")
            return
        seen = Seen(chosen.finding, answer.sheet)
        if self._image_of and self._image_of[0] == chosen.finding.number:
            seen = seen._replace(image=self._image_of[1])
        elif any(item.arrived_at for item in seen.evidence):
            self.off_screen(partial(self._picture, seen), self._pictured)
        detail.show(seen, self.lang, brief=True)

    def _picture(self, seen: Seen) -> tuple[int, Image | None]:
        from tui.pictures import small_picture

        here = (one for one in seen.evidence if one.arrived_at and one.kind == "picture")
        first = next(here, None)
        image = small_picture(self.register.media, first.sha256) if first else None
        return seen.line.number, image

    def _pictured(self, image_of: tuple[int, Image | None]) -> None:
        self._image_of = image_of
        if self._chosen and self._chosen.finding and self._chosen.finding.number == image_of[0]:
            self._detail()

    def action_whole(self) -> None:
        """All criteria, or those with findings."""
        self._whole = not self._whole
        if self._answer is not None:
            self.show(self._answer)

    def action_record(self) -> None:
        """Seal, evidence and contested forms."""
        if self._answer is not None:
            title = Text(zh="证据与封签", en="Evidence and seal").in_(self.lang)
            self.app.push_screen(Notice(title, record_text(self._answer, self.lang), self.lang))

    def action_picture(self) -> None:
        """The pictures of the finding, or of the inspection."""
        from tui.screens.pictures import PicturesScreen

        if self._answer is None:
            return
        sheet, finding = self._answer.sheet, self._chosen and self._chosen.finding
        evidence = Seen(finding, sheet).evidence if finding else list(sheet.evidence)
        if not evidence:
            self.tell(Text(zh="这里没有图片。", en="There is no picture here."))
            return
        self.app.push_screen(PicturesScreen(evidence, self.register.media, self.lang))

    def export_job(self) -> Callable[[], Path]:
        """This inspection."""
        from tui.exporting import export_inspection

        return partial(export_inspection, self.register, self.number, self.lang, asker=self.asker)
