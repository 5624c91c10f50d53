"""The keys of a team inspection, beside those of an inspection by clauses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.text import Text
from tui.keys import key
from tui.screens.clause_audit_keys import CLAUSE_KEYS

if TYPE_CHECKING:
    from textual.binding import BindingType

TEAM_KEYS: tuple[BindingType, ...] = (
    *CLAUSE_KEYS[:2],
    key(
        "s",
        "review",
        Text(zh="交项目", en="Submit"),
        Text(zh="提交光标所在的项目；已提交的可重新打开", en="Submits this section, or reopens it"),
    ),
    key(
        "p",
        "share_out",
        Text(zh="分派", en="Share"),
        Text(zh="组长把本项目分给一位成员", en="The leader gives this section to a member"),
    ),
    key(
        "c",
        "close",
        Text(zh="结束", en="Close"),
        Text(
            zh="全部项目提交后，组长结束检查并生成成绩",
            en="Once all sections are submitted the leader closes the inspection",
        ),
    ),
    key(
        "delete",
        "discard",
        Text(zh="撤回", en="Take back"),
        Text(zh="撤回光标所在的记录", en="Takes back what is on this line"),
        show=False,
        cap="Del",
    ),
    *CLAUSE_KEYS[3:],
)
