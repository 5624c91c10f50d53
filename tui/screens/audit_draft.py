"""What every screen does that fills in a draft: keep it, give it up, review it, send it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from domain.refusals import Refusal
from domain.text import Text
from tui.drafts import Book, Draft, Drafts, Notebook, submit_draft
from tui.screens import audit_words as words
from tui.screens.base import RegisterScreen
from tui.widgets.audit_rows import running
from tui.widgets.dialogs import Question

if TYPE_CHECKING:
    from domain.rulebook import Edition
    from domain.submission import Receipt


class DraftScreen(RegisterScreen[Any]):
    """A screen around a draft that is on disk until it is sent or given up."""

    def __init__(self, draft: Draft, edition: Edition, drafts: Drafts) -> None:
        super().__init__()
        self._book: Book = Notebook(draft, drafts)
        self._edition, self._drafts = edition, drafts
        self._sent = False

    @property
    def draft(self) -> Draft:
        """The audit as it stands."""
        return self._book.draft

    def on_unmount(self) -> None:
        """Whatever the last key did is on disk."""
        if not self._sent and not self.draft.empty:
            self._book.save()

    @property
    def unsaved(self) -> Text | None:
        """The draft is safe, but it has not been sent."""
        return None if self._sent or self.draft.empty else words.UNSENT

    def action_back(self) -> None:
        """Leave; the draft is kept."""
        if self.draft.empty:
            self._drafts.remove(self.draft)
        else:
            self.tell(Text(zh="草稿已保存，按 n 可继续。", en="The draft is kept; n goes on."))
        super().action_back()

    def action_discard(self) -> None:
        """Give the draft up, once sure."""
        self.app.push_screen(
            Question(words.DISCARD, words.GIVE_UP, words.KEEP, self.lang), self._discarded
        )

    def _discarded(self, sure: bool | None) -> None:
        if sure:
            self._sent = True
            self._drafts.remove(self.draft)
            super().action_back()

    def action_review(self) -> None:
        """Show what will be sent; Enter sends it."""
        card = running(self._edition, self.draft)
        if isinstance(card, Refusal):
            self.refuse(card)
            return
        station = self.register.directory.station_name(self.draft.station)
        asked = words.review(self.draft, self._edition, card, station)
        self.app.push_screen(Question(asked, words.SEND, words.KEEP, self.lang), self._reviewed)

    def _reviewed(self, sure: bool | None) -> None:
        if sure:
            job = partial(submit_draft, self.register, self.draft)
            self.off_screen(job, self._submitted)

    def _submitted(self, receipt: Receipt) -> None:
        from tui.screens.inspection import InspectionScreen

        self._sent = True
        self._drafts.remove(self.draft)
        self.app.switch_screen(InspectionScreen(receipt.number))
        self.app.push_screen(words.receipt_notice(receipt, self.lang))
