"""What a reader is told when something failed that should not have."""

from __future__ import annotations

import logging

from domain.refusals import Refusal
from domain.text import Text
from tui.commands.refusals import declined

log = logging.getLogger(__name__)


class BrokenDown(Refusal):
    """Something failed that should not have."""

    code = "broken-down"
    status = 500

    def __init__(self, error: BaseException) -> None:
        said = f"{type(error).__name__}: {error}"[:300]
        super().__init__(
            Text(zh=f"程序内部出错：{said}", en=f"Something inside failed: {said}"),
            remedy=Text(
                zh="请重试；再次出现时运行 forecourt doctor 并联系支持人员。",
                en="Try again; if it comes back, run forecourt doctor and tell support.",
            ),
        )


def as_refusal(error: Exception) -> Refusal:
    """What to tell the reader about an exception of a thread."""
    if isinstance(error, Refusal):
        return error
    from domain.register.trouble import refusal_of

    if told := refusal_of(error):
        return told
    if isinstance(error, OSError) and error.filename:
        return declined(error)
    log.error("Work off the screen failed", exc_info=error)
    return BrokenDown(error)
