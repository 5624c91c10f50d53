"""An edition as YAML, in the shape that people write it and `domain.loading` reads it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import msgspec
import yaml

from domain.checklists.numerals import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.rulebook import Edition

_Dumper: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


class _EditionDumper(_Dumper):  # type: ignore[misc]
    """Texts on one line, figures without quotes, nothing by reference."""

    def ignore_aliases(self, _: object) -> bool:
        return True


def _mapping(dumper: Any, value: dict[str, object]) -> yaml.Node:
    node: yaml.Node = dumper.represent_mapping(
        "tag:yaml.org,2002:map", value.items(), flow_style=set(value) == {"zh", "en"}
    )
    return node


def _figure(dumper: Any, value: Decimal) -> yaml.Node:
    written = plain(value)
    tag = "float" if "." in written else "int"
    node: yaml.Node = dumper.represent_scalar(f"tag:yaml.org,2002:{tag}", written)
    return node


_EditionDumper.add_representer(dict, _mapping)
_EditionDumper.add_representer(Decimal, _figure)


def edition_yaml(edition: Edition, remarks: Sequence[str] = ()) -> str:
    """The edition as a file of the rulebook folder, with remarks as comments at its head."""
    plain_values = msgspec.to_builtins(edition, builtin_types=(Decimal, date))
    written = yaml.dump(
        plain_values,
        Dumper=_EditionDumper,
        allow_unicode=True,
        sort_keys=False,
        width=100_000,
        default_flow_style=False,
    )
    head = "".join(f"# {' '.join(remark.split())}\n" for remark in remarks)
    return f"{head}{written}"
