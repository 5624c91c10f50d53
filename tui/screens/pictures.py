"""Pictures of a finding on the whole screen, one at a time."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen

from domain.text import Text
from tui.pictures import small_picture
from tui.widgets.cells import safe
from tui.widgets.finding_detail import ON_ITS_WAY, UNREADABLE
from tui.widgets.picture import Picture
from tui.words import long_time

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from domain.register.media import Media
    from domain.text import Lang
    from domain.views import EvidenceItem

KEYS = Text(zh="←→ 换一张 · Esc 关闭", en="←→ next picture · Esc closes")
VIDEO = Text(zh="录像不在终端中播放；文件：{}", en="Videos do not play in a terminal; the file: {}")
TAKEN = Text(zh="拍摄于 {}", en="taken {}")


class PicturesScreen(ModalScreen[None]):
    """Looks through pictures and videos."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,p,q,enter", "dismiss", show=False),
        Binding("right,down,space", "turn(1)", show=False),
        Binding("left,up", "turn(-1)", show=False),
    ]

    def __init__(self, evidence: Sequence[EvidenceItem], media: Media, lang: Lang) -> None:
        super().__init__()
        self._evidence, self._media, self._lang, self._at = evidence, media, lang, 0

    def compose(self) -> ComposeResult:
        """One picture in a frame."""
        with Vertical(classes="whole") as frame:
            frame.border_subtitle = KEYS.in_(self._lang)
            yield Picture()

    def on_mount(self) -> None:
        """The first one."""
        self._look()

    def action_turn(self, by: int) -> None:
        """The next one, round and round."""
        self._at = (self._at + by) % len(self._evidence)
        self._look()

    def _look(self) -> None:
        item, lang = self._evidence[self._at], self._lang
        taken = f" · {TAKEN.in_(lang).format(long_time(item.taken_at))}" if item.taken_at else ""
        title = f"{self._at + 1}/{len(self._evidence)} · {safe(item.name)}{taken}"
        self.query_one(".whole", Vertical).border_title = title
        picture = self.query_one(Picture)
        if item.arrived_at is None:
            picture.draw(None, ON_ITS_WAY.in_(lang))
        elif item.kind == "video":
            picture.draw(None, VIDEO.in_(lang).format(self._media.path(item.sha256)))
        else:
            self.run_worker(self._load(item), exclusive=True)

    async def _load(self, item: EvidenceItem) -> None:
        image = await asyncio.to_thread(small_picture, self._media, item.sha256)
        self.query_one(Picture).draw(image, UNREADABLE.in_(self._lang))
