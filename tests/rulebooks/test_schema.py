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
    options = {"cases": ["--cases"], "calendar": ["--calendar"]}.get(file.stem, [])

    wrong = [str(error) for error in schema(capsys, *options).iter_errors(read(file))]

    assert wrong == []


@pytest.mark.parametrize(
    ("key", "value"),
    [("kind", "audit"), ("sections", {}), ("totl", 100), ("complete", "yes"), ("title", "表")],
)
def test_it_marks_what_is_none(key: str, value: object, capsys: pytest.CaptureFixture[str]) -> None:
    edition = read(EXAMPLES / "shopper/2026.yaml") | {key: value}

    assert not schema(capsys).is_valid(edition)


CALENDAR = RULEBOOKS / "petrochina-shandong-2012/calendar.yaml"


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("about", "planet"),
        ("cadence", {"every": "moon"}),
        ("coverage", {"reading": 1, "or": 2}),
        ("remnd", [1]),
    ],
)
def test_it_marks_what_is_no_calendar(
    key: str, value: object, capsys: pytest.CaptureFixture[str]
) -> None:
    calendar = read(CALENDAR)
    calendar["obligations"][0] |= {key: value}

    assert not schema(capsys, "--calendar").is_valid(calendar)


def test_it_takes_a_year_of_working_days(capsys: pytest.CaptureFixture[str]) -> None:
    source = {"zh": "通知", "en": "Notice"}
    days = {"source": source, "days_off": [{"from": "2027-01-01"}], "make_up": ["2027-01-09"]}

    years = schema(capsys, "--working-days")

    assert years.is_valid({"years": {"2027": days}})
    assert not years.is_valid({"years": {"2027": days | {"makeup": []}}})
