"""The first command a newcomer types: it says what is missing, in both languages."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).parent.parent / "dev.py"


def call(*arguments: str, path: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run the script with this Python; modules in `path` are found before Python's own."""
    env = dict(os.environ, PYTHONPATH=str(path or ""), PYTHONIOENCODING="utf-8")
    command = [sys.executable, str(SCRIPT), *arguments]
    return subprocess.run(command, env=env, capture_output=True, encoding="utf-8", check=False)


def test_an_old_python_can_read_it_and_so_say_that_it_is_too_old() -> None:
    ast.parse(SCRIPT.read_text(encoding="utf-8"), feature_version=(3, 6))


def test_it_needs_nothing_but_python() -> None:
    tree = ast.parse(SCRIPT.read_text(encoding="utf-8"))
    imports = {
        a.name for node in ast.walk(tree) if isinstance(node, ast.Import) for a in node.names
    }

    assert imports <= sys.stdlib_module_names


def test_a_python_without_venv_is_told_the_remedy(tmp_path: Path) -> None:
    (tmp_path / "ensurepip.py").write_text("raise ImportError")

    refused = call("demo", path=tmp_path)

    assert refused.returncode == 1
    assert refused.stdout == ""
    assert "请以管理员身份执行 apt install python3" in refused.stderr
    assert "As root: apt install python3" in refused.stderr


def test_a_wrong_call_is_answered_with_the_calls_there_are() -> None:
    wrong = call("deom")

    assert wrong.returncode == 2
    assert "python3 dev.py demo" in wrong.stderr
