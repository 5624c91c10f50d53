"""Places on a recording, typed in a hurry."""

from __future__ import annotations

import re

_SEPARATED = re.compile(r"[:：.．,，;；\s-]+")


def recording_time(typed: str) -> str | None:
    """`HH:MM:SS` for what was typed, or None if it is no time.

    Digits alone are read from the right: `1234` is 00:12:34, `45` is 00:00:45, `10203` is 01:02:03.
    With separators the last part is seconds: `12:34` is 00:12:34, `1:2:3` is 01:02:03.
    """
    parts = [part for part in _SEPARATED.split(typed.strip()) if part]
    if not parts:
        return None
    if len(parts) == 1 and len(parts[0]) <= 6:
        digits = parts[0].rjust(6, "0")
        parts = [digits[:2], digits[2:4], digits[4:]]
    parts = ["0"] * (3 - len(parts)) + parts
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() for part in parts):
        return None
    hours, minutes, seconds = (int(part) for part in parts)
    if hours > 99 or minutes > 59 or seconds > 59:
        return None
    return f"{hours:02}:{minutes:02}:{seconds:02}"
