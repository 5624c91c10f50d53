"""JSON Schemas of editions and calendars, for editors that complete and check YAML meanwhile.

It says what the types say; what contradicts itself is for `rulebook check` to find.
"""

from __future__ import annotations

from typing import Any

import msgspec

from domain.calendar import Calendar
from domain.calendar_file import REFERENCE
from domain.cases import CaseFile
from domain.rulebook import Edition
from domain.working_days import YearFile

HEAD = frozenset({"Calendar", "CalendarReading", "Period", "Source", "Text"})
"""Parts of a calendar in which nothing is read by a reading."""


def edition_schema() -> dict[str, Any]:
    """The schema of `rulebooks/<id>/<edition>.yaml`."""
    return _schema(Edition, "Forecourt rulebook edition · 检查细则版本")


def cases_schema() -> dict[str, Any]:
    """The schema of the worked cases beside the editions."""
    return _schema(CaseFile, "Forecourt worked cases · 检查细则算例")


def calendar_schema() -> dict[str, Any]:
    """The schema of a `calendar.yaml`: in obligations a reading may stand for any value."""
    schema = _schema(Calendar, "Forecourt inspection calendar · 检查日历")
    named = {"type": "string"}
    reading = {
        "type": "object",
        "properties": {REFERENCE: named},
        "required": [REFERENCE],
        "additionalProperties": False,
    }
    for name, part in schema["$defs"].items():
        if name not in HEAD and "properties" in part:
            part["properties"] = {
                key: {"anyOf": [one, reading]} for key, one in part["properties"].items()
            }
    return schema


def years_schema() -> dict[str, Any]:
    """The schema of a `working_days.yaml`."""
    return _schema(YearFile, "Forecourt working days · 工作日")


def _schema(of: Any, title: str) -> dict[str, Any]:
    (schema,), parts = msgspec.json.schema_components(
        [of], schema_hook=_hook, ref_template="#/$defs/{name}"
    )
    for part in parts.values():
        _as_written(part)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        **schema,
        "$defs": parts,
    }


def _hook(kind: type) -> dict[str, Any]:
    raise NotImplementedError(kind)


def _as_written(schema: Any) -> None:
    """Let points be numbers and names be numbers, as people write them in YAML.

    A reader of YAML takes `total: 100` and `edition: 2013` for numbers; the loader takes what is
    written.
    """
    if isinstance(schema, list):
        for one in schema:
            _as_written(one)
    if not isinstance(schema, dict):
        return
    if schema.get("type") == "string" and "enum" not in schema and "const" not in schema:
        schema["type"] = ["string", "number"]
        schema.pop("format", None)
    for key, one in schema.items():
        if key not in ("enum", "default"):
            _as_written(one)
