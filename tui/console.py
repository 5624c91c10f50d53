"""The console's main screens, its own keys and its colours."""

from __future__ import annotations

from textual.theme import Theme

from domain.text import Text
from tui.keys import Key, key
from tui.widgets.frame import Tab

TABS = (
    Tab("live", "1", Text(zh="动态", en="Live")),
    Tab("inspections", "2", Text(zh="检查", en="Inspections")),
    Tab("points", "3", Text(zh="点位与手机", en="Points & phones")),
    Tab("health", "4", Text(zh="健康", en="Health")),
    Tab("patrols", "5", Text(zh="巡检", en="Patrols")),
    Tab("duties", "6", Text(zh="任务", en="Duties")),
)
LOG = Text(zh="电子日志", en="Log")
GO_TO_LOG = "go('log')"
FORECOURT = Theme(
    name="forecourt",
    primary="#1f6f8b",
    secondary="#3f8f6b",
    accent="#f2b134",
    warning="#f2b134",
    error="#e0604c",
    success="#6fbf73",
    foreground="#e4e6e3",
    background="#11161a",
    surface="#182026",
    panel="#212b33",
    dark=True,
)

CONSOLE_KEYS: tuple[Key, ...] = (
    *(
        key(
            tab.key,
            f"go('{tab.mode}')",
            tab.name,
            Text(zh=f"转到“{tab.name.zh}”", en=f"Goes to {tab.name.en}"),
            show=False,
        )
        for tab in TABS
    ),
    key(
        "7",
        GO_TO_LOG,
        LOG,
        Text(zh="电子日志：自查、巡检、记录、交接班", en="The log: checks, rounds, notes, shifts"),
        show=False,
    ),
    key(
        "question_mark",
        "explain",
        Text(zh="说明", en="Help"),
        Text(zh="说明本屏的按键", en="Explains the keys of this screen"),
    ),
    key(
        "l",
        "change_language",
        Text(zh="English", en="中文"),
        Text(zh="切换为英文 / Switch to English", en="Switch to Chinese / 切换为中文"),
    ),
    key(
        "q",
        "leave",
        Text(zh="退出", en="Quit"),
        Text(zh="退出控制台", en="Leaves the console"),
    ),
    key(
        "ctrl+p",
        "command_palette",
        Text(zh="全部命令", en="Commands"),
        Text(zh="查找任何命令", en="Finds any command"),
        show=False,
    ),
)
