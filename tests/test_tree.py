"""Guards on the tree itself: its shape, the size of its parts, and what must not be in it."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCE = ("domain", "server", "tui")
FOLDERS = {*SOURCE, "rulebooks", "tests", "docs", ".ci"}
PYTHON_OUTSIDE = {"dev.py"}
MIGRATIONS = ROOT / "domain/register/migrations/versions"
LONGEST_FUNCTION = 40
LONGEST_FILE = 300

# Spelt in halves, so that this file does not find itself.
UNFINISHED = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")
OF_ONE_MACHINE = re.compile(
    r"(?<![\w.-])(/(home|root|Users|work)" + r"/[\w.]|[A-Z]:\\Users" + r"\\)"
    r"|/opt/(pypi|wheels)" + r"|file:///(opt|home|root)"
)
OF_A_REGISTRY = re.compile(
    r"(pypi" + r"\.org|pythonhosted" + r"\.org|npmjs" + r"\.(org|com)|deb\.debian" + r"\.org"
    r"|mirrors?\.[a-z]+\.(com|edu|org)|files\.pyth" + r"on)"
)


@cache
def tracked() -> tuple[Path, ...]:
    """Every file of the project, new ones that are not ignored included."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout
    return tuple(ROOT / name for name in listed.decode().split("\0") if (ROOT / name).is_file())


def modules(*folders: str) -> list[Path]:
    """The Python files below these top-level folders."""
    return [file for file in tracked() if file.suffix == ".py" and top(file) in folders]


def top(file: Path) -> str:
    """The top-level folder of a file, or the name of a top-level file."""
    return file.relative_to(ROOT).parts[0]


def texts() -> Iterator[tuple[Path, str]]:
    """Every file that can be read as text."""
    for file in tracked():
        try:
            yield file, file.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue


def places(pattern: re.Pattern[str]) -> list[str]:
    """Where a pattern occurs, as file:line: text."""
    return [
        f"{file.relative_to(ROOT)}:{number}: {line.strip()[:100]}"
        for file, text in texts()
        if pattern.search(text)
        for number, line in enumerate(text.splitlines(), 1)
        if pattern.search(line)
    ]


def test_the_top_level_folders_are_those_of_the_design() -> None:
    folders = {top(file) for file in tracked() if file.parent != ROOT}
    assert folders <= FOLDERS


def test_python_lies_in_the_folders() -> None:
    assert {file.name for file in tracked() if file.parent == ROOT and file.suffix == ".py"} == (
        PYTHON_OUTSIDE
    )


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        str(file.relative_to(ROOT))
        for file in modules(*SOURCE, "tests", "dev.py")
        if not ast.get_docstring(ast.parse(file.read_text(encoding="utf-8")))
    ]
    assert silent == []


def test_no_file_is_too_long() -> None:
    lines = {file: len(file.read_text(encoding="utf-8").splitlines()) for file in modules(*SOURCE)}
    too_long = {
        str(file.relative_to(ROOT)): length
        for file, length in lines.items()
        if length > LONGEST_FILE
    }
    assert too_long == {}


def test_no_function_is_too_long() -> None:
    """A migration is exempt: it is a list of tables, and never edited once it has run."""
    too_long = {
        f"{file.relative_to(ROOT)}:{node.lineno} {node.name}": length
        for file in modules(*SOURCE)
        if file.parent != MIGRATIONS
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        if (length := code_lines(node)) > LONGEST_FUNCTION
    }
    assert too_long == {}


def code_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function without its docstring: explaining more must not cost anything."""
    length = (function.end_lineno or 0) - function.lineno + 1
    first = function.body[0]
    if ast.get_docstring(function) is not None:
        length -= (first.end_lineno or 0) - first.lineno + 1
    return length


def test_nothing_is_left_for_later() -> None:
    assert places(UNFINISHED) == []


def test_no_path_of_one_machine_is_in_the_tree() -> None:
    assert places(OF_ONE_MACHINE) == []


def test_no_package_registry_is_named_in_the_tree() -> None:
    assert places(OF_A_REGISTRY) == []


@pytest.mark.parametrize("lock", ["bootstrap.lock", "requirements.lock", "requirements-dev.lock"])
def test_a_lock_has_hashes_and_names_no_place(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    pins = re.split(r"\n(?=[a-z])", text.strip())

    assert [pin for pin in pins if "==" not in pin or "--hash=sha256:" not in pin] == []
    assert re.findall(r"https?://|file:|--(?:index|extra|find)[\w-]*", text) == []


def test_what_runs_is_tested_in_the_same_versions() -> None:
    runs, tests = pinned("requirements.lock"), pinned("requirements-dev.lock")
    assert runs <= tests


def pinned(lock: str) -> set[str]:
    """The `name==version` of every package of a lock, with its condition."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    return set(re.findall(r"^[\w.-]+(?:\[\w+\])?==[^\\\n]+", text, re.MULTILINE))


def test_every_recipe_says_what_it_does() -> None:
    lines = (ROOT / "justfile").read_text(encoding="utf-8").splitlines()
    recipes = [
        number for number, line in enumerate(lines) if re.match(r"[a-z]\w*[^:=]*:($| )", line)
    ]

    assert len(recipes) > 10
    assert [lines[number] for number in recipes if not lines[number - 1].startswith("# ")] == []
