"""What text the records can hold.

No PostgreSQL text holds a NUL, and half of a surrogate pair has no bytes in any database.
"""

from __future__ import annotations

import re
from unicodedata import category

_UNSTORABLE = re.compile("[\\0\ud800-\udfff]")
_ESCAPED = re.compile(rb"\\u(?:0000|[dD][89a-fA-F])")
_ESCAPE = re.compile(
    rb"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|.)", re.DOTALL
)
REPLACED = rb"\ufffd"
"""The replacement character, as browsers put it for the same."""


def is_storable(text: str) -> bool:
    """Whether the records can hold the text as it is."""
    return _UNSTORABLE.search(text) is None


def is_one_line(text: str) -> bool:
    """Whether a name holds nothing but what can be seen on one line of a label or a list."""
    return not any(category(each) in ("Cc", "Cs", "Zl", "Zp") for each in text)


def storable_json(body: bytes) -> bytes:
    """JSON in which what no text can hold is replaced, so that a paste cannot make it unreadable.

    A browser cuts a text between the halves of an emoji and writes the rest as an escape; nobody
    at a pump finds such a character to delete it.
    """
    return _ESCAPE.sub(_replaced, body) if _ESCAPED.search(body) else body


def _replaced(escape: re.Match[bytes]) -> bytes:
    spelt = escape[0]
    alone = len(spelt) == 6 and spelt[1:2] == b"u"
    return REPLACED if alone and _ESCAPED.match(spelt) else spelt
