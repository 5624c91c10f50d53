"""A filled-in sheet as a file: JSON of unknown origin becomes a `Sheet` or a refusal."""

from __future__ import annotations

import json
from typing import cast

import msgspec

from domain.refusals import Refusal
from domain.shape import shape_slips
from domain.sheet import Sheet
from domain.text import Text

LARGEST_SHEET = 1_048_576
"""Bytes of one sheet: as much as a form may have."""


class NotASheet(Refusal):
    """The file is no filled-in sheet."""

    code = "not-a-sheet"
    status = 400


class _Twice(ValueError):
    """A key stands twice in one object; JSON would quietly keep the last."""


def read_sheet(raw: bytes) -> Sheet:
    """The sheet in this JSON (UTF-8), or `NotASheet`, which names the first slips of its shape."""
    filled = _json(raw)
    try:
        return msgspec.convert(filled, Sheet)
    except msgspec.ValidationError as slip:
        raise _wrong_shape(filled, slip) from None


def _json(raw: bytes) -> object:
    """The JSON as plain values; every way in which it is none has its own words."""
    if len(raw) > LARGEST_SHEET:
        raise NotASheet(
            Text(zh="评分表超过 1 MiB。", en="The sheet is larger than 1 MiB."),
            remedy=Text(zh="请确认文件没有拿错。", en="Make sure that this is the right file."),
        )
    if not raw.strip():
        raise NotASheet(Text(zh="评分表是空的。", en="The sheet is empty."), remedy=_FORMAT)
    try:
        return _parsed(raw.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise NotASheet(_NOT_UTF8, remedy=_SAVE_AS_UTF8) from None
    except _Twice as twice:
        raise NotASheet(
            Text(zh=f"“{twice}”写了两次。", en=f'"{twice}" is given twice.'),
            remedy=Text(zh="请合并为一个。", en="Make one of the two."),
        ) from None
    except json.JSONDecodeError as slip:
        where = Text(
            zh=f"评分表不是 JSON（第 {slip.lineno} 行第 {slip.colno} 列）。",
            en=f"The sheet is not JSON (line {slip.lineno}, column {slip.colno}).",
        )
        raise NotASheet(where, remedy=_FORMAT) from None
    except (ValueError, RecursionError):
        raise NotASheet(_OUT_OF_BOUNDS, remedy=_FORMAT) from None


def _parsed(written: str) -> object:
    filled = json.loads(written, object_pairs_hook=_no_key_twice)
    json.dumps(filled, ensure_ascii=False).encode()  # half characters (\ud800) end here
    return cast("object", filled)


def _no_key_twice(pairs: list[tuple[str, object]]) -> dict[str, object]:
    held = dict(pairs)
    if len(held) < len(pairs):
        keys = [key for key, _ in pairs]
        raise _Twice(next(key for key in keys if keys.count(key) > 1)[:80])
    return held


def _wrong_shape(filled: object, slip: msgspec.ValidationError) -> NotASheet:
    slips = list(shape_slips(filled, Sheet, strict=True))[:10]
    if not slips:
        return NotASheet(Text(zh=f"评分表不合格式（{slip}）。", en=f"{slip}."), remedy=_FORMAT)
    return NotASheet(
        Text(
            zh=" ".join(f"{one.reason.zh}{one.remedy.zh}" for one in slips),
            en=" ".join(f"{one.reason.en} {one.remedy.en}" for one in slips),
        ),
        remedy=_FORMAT,
    )


_FORMAT = Text(
    zh='格式：{"rulebook": …, "edition": …, "found": {"a.1": [{"clause": 0, "count": 2}]}}。',
    en='A sheet is {"rulebook": …, "edition": …, "found": {"a.1": [{"clause": 0, "count": 2}]}}.',
)
_OUT_OF_BOUNDS = Text(
    zh="评分表里有过长的数、残缺的字符或过深的嵌套。",
    en="The sheet has a number, a character or a nesting out of bounds.",
)
_NOT_UTF8 = Text(zh="评分表不是 UTF-8 编码。", en="The sheet is not UTF-8.")
_SAVE_AS_UTF8 = Text(zh="请另存为 UTF-8（不要用 GBK）。", en="Save it as UTF-8 (not GBK).")
