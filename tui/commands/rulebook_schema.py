"""`forecourt rulebook schema`: JSON Schemas of rulebook files, for editors that know YAML."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    import argparse

    from domain.text import Lang


def add_parser(actions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `schema` to the actions of `rulebook`."""
    parser = actions.add_parser(
        "schema", help="打印细则文件的 JSON Schema，供编辑器使用 / the JSON Schema for editors"
    )
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--cases", action="store_true", help="算例文件的 / of cases.yaml instead")
    which.add_argument("--calendar", action="store_true", help="日历的 / of calendar.yaml instead")
    which.add_argument(
        "--working-days", action="store_true", help="工作日文件的 / of working_days.yaml instead"
    )


def run(args: argparse.Namespace, _: Lang) -> int:
    """Print the schema."""
    from domain import rulebook_schema as schemas

    if args.cases:
        schema = schemas.cases_schema()
    elif args.calendar:
        schema = schemas.calendar_schema()
    else:
        schema = schemas.years_schema() if args.working_days else schemas.edition_schema()
    print(msgspec.json.format(msgspec.json.encode(schema), indent=2).decode())
    return 0
