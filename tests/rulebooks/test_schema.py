"""The JSON Schema for editors: it takes every list that is right, and marks what is none."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
import yaml

from domain.register.shelf import RULEBOOKS
from tui.__main__ import main

EXAMPLES = Path(__file__).parent / "examples"
FILES = sorted([*RULEBOOKS.rglob("*.yaml"), *EXAMPLES.rglob("*.yaml")])


def schema(capsys: pytest.CaptureFixture[str], *options: str) -> Any:
    """The validator of what the command prints."""
    assert main(["rulebook", "schema", *options]) == 0
    return jsonschema_rs.validator_for(json.loads(capsys.readouterr().out))


def read(file: Path) -> Any:
    """A file as an editor reads it; days are text there."""
    return json.loads(json.dumps(yaml.safe_load(file.read_text("utf-8")), default=date.isoformat))


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_it_takes_every_file(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    options = ["--cases"] if file.name == "cases.yaml" else []

    wrong = [str(error) for error in schema(capsys, *options).iter_errors(read(file))]

    assert wrong == []


@pytest.mark.parametrize(
    ("key", "value"),
    [("kind", "audit"), ("sections", {}), ("totl", 100), ("complete", "yes"), ("title", "表")],
)
def test_it_marks_what_is_none(key: str, value: object, capsys: pytest.CaptureFixture[str]) -> None:
    edition = read(EXAMPLES / "shopper/2026.yaml") | {key: value}

    assert not schema(capsys).is_valid(edition)
