"""The keys of Points & phones."""

from __future__ import annotations

from domain.text import Text
from tui.keys import Key, key
from tui.screens.base import PRESENCE, SHOWS_CODE

POINTS_KEYS: tuple[Key, ...] = (
    key(
        "e",
        "export",
        Text(zh="打印标签", en="Labels"),
        Text(zh="把所选加油站的二维码标签存为 PDF", en="Saves the station's labels as a PDF"),
    ),
    key("a", "add_point", Text(zh="加点位", en="Point"), Text(zh="新增点位", en="Adds a point")),
    key(
        "r",
        "reissue",
        Text(zh="换码", en="Reissue"),
        Text(zh="给点位换一个新二维码，旧码作废", en="Replaces a point's code; the old one ends"),
    ),
    key(
        "w",
        "withdraw",
        Text(zh="停用", en="Withdraw"),
        Text(zh="停用点位的二维码，或解绑手机", en="Ends a point's code or a phone's enrolment"),
    ),
    key(
        "b",
        "enrol",
        Text(zh="绑定手机", en="Enrol"),
        Text(zh="为某人绑定一部手机", en="Enrols a phone for somebody"),
    ),
    key(
        "s",
        "add_place",
        Text(zh="加单位", en="Place"),
        Text(zh="新增单位、片区或加油站", en="Adds a unit, area or station"),
    ),
    key("f2", "presence_code", PRESENCE, SHOWS_CODE, cap="F2"),
    key("o", "add_person", Text(zh="加人", en="Person"), Text(zh="新增人员", en="Adds a person")),
    key(
        "m",
        "rename",
        Text(zh="改名", en="Rename"),
        Text(
            zh="更正单位、加油站、点位或人员的名称",
            en="Corrects the name of a place, point or person",
        ),
    ),
    key(
        "h",
        "hand_on",
        Text(zh="换岗", en="Hand on"),
        Text(
            zh="某人离岗或换岗：岗位和它的任务交给谁",
            en="Ends somebody's role and hands the post on, with its duties",
        ),
    ),
)
