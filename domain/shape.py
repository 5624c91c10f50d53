"""How plain values differ from the shape that a type asks for: every slip, with its place.

msgspec stops at the first slip. People who write rulebooks want to see all of them at once, in
their language and with what could stand there instead.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import UnionType
from typing import TYPE_CHECKING, Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec

from domain.text import Text, same

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Place = tuple[str | int, ...]
"""Where in a file something stands: keys and positions from the top."""


@dataclass(frozen=True)
class Slip:
    """One thing wrong at a place of a file; the document knows its line."""

    place: Place
    reason: Text
    remedy: Text


def shape_slips(
    value: object, of: Any, place: Place = (), *, strict: bool = False
) -> Iterator[Slip]:
    """Everything in which plain values differ from a type: structs, tuples, dicts and leaves.

    Args:
        value: Mappings, lists, text and numbers.
        of: The type wanted; of a union the struct whose tag is given, else its first part.
        place: Where the value stands.
        strict: Whether text stands for text only (JSON), or for numbers and dates too (YAML).
    """
    arguments = get_args(of)
    if get_origin(of) in (Union, UnionType) and (
        type(None) in arguments or all(hasattr(one, "__struct_config__") for one in arguments)
    ):
        rest = [one for one in arguments if one is not type(None)]
        yield from _union_slips(value, rest, place, strict=strict)
    elif isinstance(of, type) and issubclass(of, msgspec.Struct) and isinstance(value, dict):
        yield from _struct_slips(value, of, place, strict=strict)
    elif get_origin(of) is tuple and isinstance(value, list):
        for position, one in enumerate(value):
            yield from shape_slips(one, arguments[0], (*place, position), strict=strict)
    elif get_origin(of) is dict and isinstance(value, dict):
        for key, one in value.items():
            yield from shape_slips(one, arguments[1], (*place, key), strict=strict)
    else:
        yield from _leaf_slips(value, of, place, strict=strict)


def _union_slips(value: object, parts: list[Any], place: Place, *, strict: bool) -> Iterator[Slip]:
    """The slips of a union: of structs told apart by a tag, those of the one that is named."""
    tagged = {one.__struct_config__.tag: one for one in parts if hasattr(one, "__struct_config__")}
    if len(tagged) < 2 or not isinstance(value, dict):
        yield from shape_slips(value, parts[0], place, strict=strict)
        return
    key = parts[0].__struct_config__.tag_field
    if key not in value:
        yield _missing_key(key, place)
    elif value[key] in tagged:
        yield from shape_slips(value, tagged[value[key]], place, strict=strict)
    else:
        yield from _leaf_slips(value[key], Literal[tuple(tagged)], (*place, key), strict=strict)


def _struct_slips(
    value: Mapping[str, object], of: type[msgspec.Struct], place: Place, *, strict: bool
) -> Iterator[Slip]:
    hints = get_type_hints(of)
    known = {one.encode_name: one for one in msgspec.structs.fields(of)}
    for key in value:
        if key == of.__struct_config__.tag_field:
            continue
        if key in known:
            yield from shape_slips(value[key], hints[known[key].name], (*place, key), strict=strict)
        else:
            yield _unknown_key(key, sorted(known), (*place, key))
    for key, one in known.items():
        if one.required and key not in value:
            yield _missing_key(key, place)


def _leaf_slips(value: object, of: Any, place: Place, *, strict: bool) -> Iterator[Slip]:
    try:
        msgspec.convert(value, of, strict=strict)
    except msgspec.ValidationError:
        yield Slip(
            place,
            Text(zh=f"{spoken(place).zh} 的内容不合格式。", en=f"{spoken(place).en} does not fit."),
            _wanted(of),
        )


def _unknown_key(key: str, known: list[str], place: Place) -> Slip:
    names = ", ".join(known)
    return Slip(
        place,
        Text(
            zh=f"不认识“{key:.40}”（{spoken(place).zh}）。",
            en=f'Unknown key "{key:.40}" at {spoken(place).en}.',
        ),
        Text(zh=f"此处可写：{names}。", en=f"These are known here: {names}."),
    )


def _missing_key(key: str, place: Place) -> Slip:
    return Slip(
        place,
        Text(zh=f"{spoken(place).zh} 缺少“{key}”。", en=f'{spoken(place).en} lacks "{key}".'),
        Text(zh=f"请补上“{key}: …”。", en=f'Add "{key}: …".'),
    )


def _wanted(of: Any) -> Text:
    """What a value of this type looks like, for a remedy."""
    if get_origin(of) is Literal:
        names = ", ".join(map(str, get_args(of)))
        return Text(zh=f"请写其中之一：{names}。", en=f"Write one of: {names}.")
    if of is Text:
        return Text(
            zh="请写成 {zh: 中文, en: English}。", en="Write it as {zh: 中文, en: English}."
        )
    name = getattr(of, "__name__", str(of))
    return _WANTED.get(name, _WANTED["object"])


_WANTED = {
    "Decimal": Text(zh="请写一个数，如 4 或 2.5。", en="Write a number such as 4 or 2.5."),
    "date": Text(zh="请写日期，如 2012-01-01。", en="Write a date such as 2012-01-01."),
    "bool": Text(zh="请写 true 或 false。", en="Write true or false."),
    "int": Text(zh="请写一个整数。", en="Write a whole number."),
    "str": Text(zh="请写一段文字。", en="Write a piece of text."),
    "tuple": Text(
        zh="请写成列表，每项以“- ”开头。", en='Write a list, each line beginning with "- ".'
    ),
    "object": Text(
        zh="请对照 docs/rulebooks.md 的格式。", en="Compare with the format in docs/rulebooks.md."
    ),
}


def spoken(place: Place) -> Text:
    """A place as people write it: `sections[0].groups[1].cap`; at the top, the file itself."""
    if not place:
        return Text(zh="文件", en="The file")
    said = "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in place)
    return same(said.removeprefix("."))
