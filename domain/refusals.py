"""Every «no» that Forecourt says: a reason and a remedy, in both languages.

A refusal means that the request was understood and declined and that nothing was lost.
Phone, console and command line show the same words; the phone gets them as problem
details (RFC 9457) with `status` and `code`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from domain.text import Lang, Text


class Refusal(Exception):
    """The request was understood and declined; nothing was changed.

    Attributes:
        code: Slug of the kind of refusal, stable for programs.
        status: HTTP status that tells a program the same.
        reason: What is wrong.
        remedy: What the reader can do about it.
        field: JSON path of the value that is wrong, where one is.
    """

    code = "refused"
    status = 409

    def __init__(self, reason: Text, *, remedy: Text, field: str | None = None) -> None:
        super().__init__(f"{reason.en} {remedy.en}")
        self.reason = reason
        self.remedy = remedy
        self.field = field

    def sentence(self, lang: Lang) -> str:
        """Reason and remedy as one line for a terminal."""
        return f"{self.reason.in_(lang)} {self.remedy.in_(lang)}"
