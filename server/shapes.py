"""Bodies from the wire: decoded strictly, and every slip said with its place in both languages."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import msgspec

from domain.storable import storable_json
from domain.text import Text, same
from server.refusals import Malformed, WrongShape

_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_DIGEST = re.compile(r"[0-9a-f]{64}")


def is_id(text: str) -> bool:
    """Whether a part of an address can be an id at all; nothing else gets near a path or query."""
    return _ID.fullmatch(text) is not None


def is_digest(text: str) -> bool:
    """Whether a part of an address can be a SHA-256."""
    return _DIGEST.fullmatch(text) is not None


def read_json(body: bytes, of: Any) -> Any:
    """A body as a value of this type.

    Raises:
        Malformed: It is no JSON.
        WrongShape: It is of another shape; says where.
    """
    try:
        return _decoder(of).decode(storable_json(body))
    except msgspec.ValidationError as slip:
        raise wrong_shape(str(slip)) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise Malformed from None


@cache
def _decoder(of: Any) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(of)


_KINDS = {
    "int": Text(zh="整数", en="a whole number"),
    "float": Text(zh="数", en="a number"),
    "str": Text(zh="文字", en="text"),
    "bool": Text(zh="真假值", en="true or false"),
    "null": Text(zh="空值", en="null"),
    "array": Text(zh="列表", en="a list"),
    "object": Text(zh="对象", en="an object"),
    "datetime": Text(zh="时间", en="a moment"),
}
_PLACE = re.compile(r" - at `(?:key in `)?(?P<path>\$[^`]*)`+$")
_REASONS: tuple[tuple[re.Pattern[str], str, str], ...] = (
    (re.compile(r"missing required field `(.*)`$"), "缺少“{0}”。", '"{0}" is missing.'),
    (re.compile(r"unknown field `(.*)`$"), "不认识“{0}”。", '"{0}" is not known here.'),
    (
        re.compile(r"Expected `(.*)`, got `(.*)`$"),
        "应为{0}，而不是{1}。",
        "Should be {0}, not {1}.",
    ),
    (re.compile(r"`int` ([<>]=) (\d+)$"), "数值必须 {0} {1}。", "The number must be {0} {1}."),
    (
        re.compile(r"`str` of length ([<>]=) (\d+)$"),
        "字数必须 {0} {1}。",
        "Characters must be {0} {1}.",
    ),
    (
        re.compile(r"`array` of length ([<>]=) (\d+)$"),
        "条数必须 {0} {1}。",
        "Items must be {0} {1}.",
    ),
    (re.compile(r"matching regex (.*)$"), "格式不对，应符合 {0}。", "Should look like {0}."),
    (
        re.compile(r"Invalid enum value (.*)$"),
        "{0} 不是可选的值。",
        "{0} is not one of the choices.",
    ),
    (
        re.compile(r"datetime|timezone"),
        "时间应为带时区的 ISO 8601 格式。",
        "Should be an ISO 8601 moment with its offset.",
    ),
)


def wrong_shape(said: str) -> WrongShape:
    """What msgspec said about a slip, in the reader's words and with its place."""
    placed = _PLACE.search(said)
    path = placed["path"] if placed else "$"
    reason = said[: placed.start()] if placed else said
    for pattern, zh, en in _REASONS:
        if found := pattern.search(reason):
            words = [_KINDS.get(word, same(word[:80])) for word in found.groups()]
            if pattern in (_REASONS[0][0], _REASONS[1][0]):
                path = f"{path}.{found[1][:80]}"
            text = Text(
                zh=zh.format(*(word.zh for word in words)),
                en=en.format(*(word.en for word in words)),
            )
            return WrongShape(text, path)
    return WrongShape(Text(zh="这里的内容不合格式。", en="This does not fit here."), path)
