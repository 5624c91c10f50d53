"""The child process that writes a long list of findings: opens the register anew, reads, writes."""

from __future__ import annotations

from pathlib import Path

from domain.register.child import serve_parent
from domain.register.register import Register
from tui.exporting import Export, write_findings


def write_aside(asked: tuple[Export, str]) -> None:
    """Write the list to the file that is named."""
    export, place = asked
    with Register.open(export.folder, export.database) as register, Path(place).open("wb") as file:
        write_findings(register, export, file)


if __name__ == "__main__":
    serve_parent(write_aside)
