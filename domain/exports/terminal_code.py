"""A code for phones, drawn with the characters of a terminal.

Drawn by `qrcode`, while what is printed comes from `segno`: two encoders that know nothing of each
other keep each other honest.
"""

from __future__ import annotations

import qrcode
from qrcode.constants import ERROR_CORRECT_L, ERROR_CORRECT_M

QUIET = 2
"""Empty modules around the code: half of what print needs is enough on a screen."""
ROOM = (80, 20)
"""Columns and lines of the smallest terminal, without frame and words."""
STYLE = "#000000 on #ffffff"
"""Said outright: a code in a dark terminal's own colours would be a negative, which few read."""
_HALVES = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}


def code_url(base_url: str, token: str) -> str:
    """What a code says: where the receiver is and which point it hangs at, nothing else."""
    return f"{base_url.rstrip('/')}/s/{token}"


def terminal_code(text: str) -> list[str]:
    """The code as lines of half blocks, two modules one above the other; to be shown in `STYLE`.

    Corrects as much as fits into 80x24 with a few words beside it (level M, else L).
    """
    drawn = _drawn(text, ERROR_CORRECT_M)
    return drawn if len(drawn) <= ROOM[1] else _drawn(text, ERROR_CORRECT_L)


def large_terminal_code(text: str) -> list[str]:
    """The same code four times as large, a module two columns wide: to be scanned from afar."""
    modules = _modules(text, ERROR_CORRECT_L)
    return ["".join("██" if dark else "  " for dark in line) for line in modules]


def _modules(text: str, level: int) -> list[list[bool]]:
    code = qrcode.QRCode(error_correction=level, border=QUIET)
    code.add_data(text)
    code.make(fit=True)
    modules: list[list[bool]] = code.get_matrix()
    return modules


def _drawn(text: str, level: int) -> list[str]:
    modules = _modules(text, level)
    if len(modules) % 2:
        modules.append([False] * len(modules[0]))
    return [
        "".join(_HALVES[bool(upper), bool(lower)] for upper, lower in zip(*pair, strict=True))
        for pair in zip(modules[::2], modules[1::2], strict=True)
    ]
