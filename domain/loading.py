"""From the YAML of a rulebook to values, with every slip named by file and line.

People who are not programmers write these files, so what they wrote is taken as written: all
scalars stay text until the format says what they are (`edition: 2013` is a name, `No` is a word),
and whatever YAML would quietly decide (a key given twice, an alias, a tag) is refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

import msgspec
import yaml

from domain.shape import Place, Slip, shape_slips, spoken
from domain.text import Lang, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

T = TypeVar("T")

LARGEST_FILE = 1_000_000
"""Bytes of one file; the largest check list known (291 criteria) has a fifth of it."""
DEEPEST = 24
"""Levels of one file: the parser itself gives way far below what hostile files nest."""

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Problem:
    """One thing wrong in one file, at one line, and what to do about it."""

    file: str
    line: int
    reason: Text
    remedy: Text

    def sentence(self, lang: Lang) -> str:
        """`file:line: reason remedy`, the form that editors jump to."""
        return f"{self.file}:{self.line}: {self.reason.in_(lang)} {self.remedy.in_(lang)}"


class Unreadable(Exception):
    """The file cannot be read any further; carries the line and why."""

    def __init__(self, line: int, reason: Text, remedy: Text) -> None:
        super().__init__(reason.en)
        self.line, self.reason, self.remedy = line, reason, remedy


@dataclass
class Document:
    """A file as plain values (mappings, lists, text) and the line of each."""

    file: str
    value: object = None
    lines: dict[Place, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def line(self, place: Place) -> int:
        """The line of a place, or of the nearest thing around it that is in the file."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)

    def report(self, slip: Slip) -> None:
        """Note a slip as a problem of this file."""
        self.problems.append(Problem(self.file, self.line(slip.place), slip.reason, slip.remedy))


def read_document(file: str, raw: bytes) -> Document:
    """The file as plain values; what cannot be read is among its `problems`."""
    document = Document(file)
    try:
        _Reading(document, _text_of(raw)).read()
    except Unreadable as stop:
        document.problems.append(Problem(file, stop.line, stop.reason, stop.remedy))
    except yaml.YAMLError as slip:
        document.problems.append(_not_yaml(file, slip))
    return document


def read_as(document: Document, of: type[T]) -> T | None:
    """The document as a struct, or None with all slips of its shape among its `problems`."""
    if document.problems:
        return None
    try:
        return msgspec.convert(document.value, of, strict=False)
    except msgspec.ValidationError as error:
        for slip in shape_slips(document.value, of):
            document.report(slip)
        if not document.problems:
            document.report(_out_of_bounds(str(error)))
        return None


def _out_of_bounds(said: str) -> Slip:
    """A value of the right shape that is too small, too large or too long."""
    allowed, _, at = said.partition(" - at `$")
    place: Place = tuple(re.findall(r"\w+", at))
    return Slip(
        place,
        Text(
            zh=f"{spoken(place).zh} 的值超出允许范围（{allowed}）。",
            en=f"The value of {spoken(place).en} is out of bounds ({allowed}).",
        ),
        Text(zh="请改为允许的值。", en="Write one that is allowed."),
    )


def _text_of(raw: bytes) -> str:
    if len(raw) > LARGEST_FILE:
        raise Unreadable(
            1,
            Text(
                zh=f"文件超过 {LARGEST_FILE} 字节。",
                en=f"The file has more than {LARGEST_FILE} bytes.",
            ),
            Text(zh="请确认这是一份检查细则。", en="Make sure that this is a rulebook."),
        )
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as slip:
        raise Unreadable(
            raw.count(b"\n", 0, slip.start) + 1,
            Text(zh="文件不是 UTF-8 编码。", en="The file is not UTF-8."),
            Text(
                zh="请在编辑器中选择“另存为 UTF-8”（不要用 GBK/ANSI）。",
                en="Save it as UTF-8 in your editor (not GBK or ANSI).",
            ),
        ) from None


def _not_yaml(file: str, slip: yaml.YAMLError) -> Problem:
    mark = getattr(slip, "problem_mark", None)
    said = getattr(slip, "problem", None) or getattr(slip, "reason", None) or "unreadable character"
    return Problem(
        file,
        mark.line + 1 if mark else 1,
        Text(zh=f"YAML 写法有误（{said}）。", en=f"This is not well-formed YAML ({said})."),
        Text(
            zh="请检查这一行及上一行的缩进（只用空格）、冒号后的空格和成对的引号。",
            en="Check the indentation (spaces only), the space after each colon and the pairs of "
            "quotes on this line and the one above.",
        ),
    )


class _Reading:
    """Builds plain values out of the parser's events: no recursion in the parser, no resolving."""

    def __init__(self, document: Document, text: str) -> None:
        self.document = document
        self.events: Iterator[yaml.Event] = yaml.parse(text, Loader=_Loader)

    def read(self) -> None:
        """Read the one document of the file, or raise `Unreadable` or a YAML error."""
        next(self.events)
        if isinstance(next(self.events), yaml.StreamEndEvent):
            raise Unreadable(1, *_EMPTY)
        self.document.value = self._value(next(self.events), ())
        next(self.events)
        after = next(self.events)
        if not isinstance(after, yaml.StreamEndEvent):
            raise Unreadable(_line(after), *_SECOND_DOCUMENT)

    def _value(self, event: yaml.Event, place: Place) -> object:
        self.document.lines.setdefault(place, _line(event))
        if getattr(event, "anchor", None):
            raise Unreadable(_line(event), *_ALIAS)
        if getattr(event, "tag", None):
            raise Unreadable(_line(event), *_TAG)
        if isinstance(event, yaml.ScalarEvent):
            return event.value
        if len(place) >= DEEPEST:
            raise Unreadable(_line(event), *_TOO_DEEP)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(place)
        return self._sequence(place)

    def _sequence(self, place: Place) -> list[object]:
        values: list[object] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            values.append(self._value(event, (*place, len(values))))
        return values

    def _mapping(self, place: Place) -> dict[str, object]:
        values: dict[str, object] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key = self._value(event, (*place, "?"))
            del self.document.lines[*place, "?"]
            if not isinstance(key, str):
                raise Unreadable(_line(event), *_KEY)
            if key in values:
                first = self.document.lines[*place, key]
                self.document.problems.append(_twice(self.document.file, _line(event), key, first))
            self.document.lines[*place, key] = _line(event)
            values[key] = self._value(next(self.events), (*place, key))
        return values


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def _twice(file: str, line: int, key: str, first: int) -> Problem:
    return Problem(
        file,
        line,
        Text(
            zh=f"“{key}”写了两次（第 {first} 行已有）。",
            en=f'"{key}" is given twice (line {first}).',
        ),
        Text(zh="请删去其中一个。", en="Remove one of the two."),
    )


_EMPTY = (
    Text(zh="文件是空的。", en="The file is empty."),
    Text(zh="请填写内容，或删除该文件。", en="Fill it in or remove it."),
)
_SECOND_DOCUMENT = (
    Text(zh="一个文件里有两份文档（---）。", en="The file holds a second document (---)."),
    Text(zh="请拆成两个文件。", en="Make two files of it."),
)
_ALIAS = (
    Text(
        zh="不支持 YAML 的锚点与引用（& 和 *）。",
        en="YAML anchors and aliases (& and *) are refused.",
    ),
    Text(
        zh="请把内容写全；文字以 & 或 * 开头时请加引号。",
        en="Write the content out; put a text that begins with & or * in quotes.",
    ),
)
_TAG = (
    Text(zh="不支持 YAML 标签（!）。", en="YAML tags (!) are refused."),
    Text(
        zh="请删去标签；文字以 ! 开头时请加引号。",
        en="Remove the tag; put a text that begins with ! in quotes.",
    ),
)
_TOO_DEEP = (
    Text(zh=f"嵌套超过 {DEEPEST} 层。", en=f"The file nests deeper than {DEEPEST} levels."),
    Text(
        zh="请对照 docs/rulebooks.md 的格式。", en="Compare with the format in docs/rulebooks.md."
    ),
)
_KEY = (
    Text(zh="冒号前必须是一个名称。", en="What stands before a colon must be a name."),
    Text(zh="请给冒号前的文字加引号。", en="Put what stands before the colon in quotes."),
)
