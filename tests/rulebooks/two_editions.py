"""Two editions of a small list, and the mapping between them: what tests of comparing are about."""

from __future__ import annotations

from pathlib import Path

from domain.loading import read_document
from domain.register.rulebook_files import read_map_file
from domain.rulebook import Edition
from domain.rulebook_map import Counterparts, RulebookMap, counterparts, read_map
from tests.small_rulebooks import CLAUSED, SHARED, edition_of

PERSON = """\
          - id: 4
            text: {zh: 未戴帽, en: No cap}
            clauses:
              - {text: {zh: 未戴帽, en: No cap}, points: 1, per: person}
          - id: 5
            text: {zh: 杂物, en: Clutter}
            clauses:
              - {text: {zh: 杂物, en: Clutter}, points: 0.3, per: place}
"""
"""Two more criteria for the second group."""
OLD_TEXT = CLAUSED + PERSON
NEW_TEXT = CLAUSED.replace('edition: "1"', 'edition: "2"').replace(
    "from: 2020-01-01", "from: 2030-01-01"
).replace("points: 0.5", "points: 1").replace("id: 2\n", "id: 2b\n").replace(
    "cap: 6", "cap: 5"
).replace("cap: 4", "cap: 5").replace("id: A2", "id: A3") + PERSON.replace(
    "id: 4", "id: 6"
).replace("未戴帽, en: No cap", "吸烟, en: Smoking", 1)
NEW_TEXT = (
    NEW_TEXT[: NEW_TEXT.index("          - id: 5")]
    + """\
          - id: 7
            text: {zh: 杂物, en: Clutter}
            clauses:
              - {text: {zh: 杂物, en: Clutter}, points: 0.3, per: place}
"""
)
"""Criterion 1 dearer, 2 renamed, 3 and 4 merged, 5 nowhere, 6 and 7 new; caps 5 and 5."""
MAP_TEXT = """\
renamed: {"2": 2b, A2: A3}
merged:
  "3": ["3", "4"]
clauses:
  "4": {0: 0}
"""
OLD, NEW = edition_of(OLD_TEXT), edition_of(NEW_TEXT)
SHARED_OLD = edition_of(SHARED)
SHARED_NEW = edition_of(
    SHARED.replace('edition: "1"', 'edition: "2"').replace(
        "      - id: b\n",
        "          - id: a.4\n            text: {zh: 烟头, en: Stubs}\n      - id: b\n",
    )
)
"""One criterion more in the first group, so that each costs less."""


def mapping(written: str, old: Edition = OLD, new: Edition = NEW) -> RulebookMap:
    """The mapping in this YAML, which must be right."""
    read = read_map(read_document("map.yaml", written.encode()), old, new)
    assert read is not None
    return read


def became(written: str = MAP_TEXT) -> Counterparts:
    """What became of the ids of the old edition."""
    return counterparts(OLD, NEW, mapping(written))


def problems(written: str) -> list[str]:
    """What is wrong with a mapping, `line: reason`, in English."""
    document = read_document("map.yaml", written.encode())
    assert read_map(document, OLD, NEW) is None
    return [f"{one.line}: {one.reason.en}" for one in document.problems]


def write(folder: Path) -> tuple[Path, Path, Path]:
    """The editions and the mapping as files."""
    files = folder / "old.yaml", folder / "new.yaml", folder / "map.yaml"
    for file, text in zip(files, (OLD_TEXT, NEW_TEXT, MAP_TEXT), strict=True):
        file.write_text(text, encoding="utf-8")
    assert read_map_file(files[2], OLD, NEW) == mapping(MAP_TEXT)
    return files


CHANGED_LANGUAGE = edition_of(
    OLD_TEXT.replace('edition: "1"', 'edition: "3"')
    .replace("    total: 10\n    owner", "    total: 10\n    weight: 10\n    cap: 7\n    owner")
    .replace(
        "text: {zh: 未开票, en: No invoice}\n",
        "text: {zh: 未开票, en: No invoice}\n            cap: 3\n",
        1,
    )
)
"""The old one with a weight and a cap of its section, and a cap of one criterion."""
