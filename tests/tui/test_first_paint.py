"""What stands between a person and the first picture."""

from __future__ import annotations

import subprocess
import sys

SLOW = ("sqlalchemy", "sqlmodel", "litestar", "uvicorn", "openpyxl", "PIL", "alembic", "pydantic")


def test_the_console_imports_nothing_slow_before_its_first_paint() -> None:
    program = "import sys, tui.app; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    imported = run.stdout.decode().split()

    assert [name for name in SLOW if name in imported] == []
