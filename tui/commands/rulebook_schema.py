"""`forecourt rulebook schema`: the JSON Schema of editions, for editors that know YAML."""

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
    parser.add_argument("--cases", action="store_true", help="算例文件的 / of cases.yaml instead")


def run(args: argparse.Namespace, _: Lang) -> int:
    """Print the schema."""
    from domain.rulebook_schema import cases_schema, edition_schema

    schema = cases_schema() if args.cases else edition_schema()
    print(msgspec.json.format(msgspec.json.encode(schema), indent=2).decode())
    return 0
