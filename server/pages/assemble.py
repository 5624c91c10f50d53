"""Joins the phone page into one self-contained HTML file.

One file, because a phone at the pump has one chance to load it: what came in once works without
network afterwards. Nothing is compiled; the parts are joined in the order of `SCRIPTS`.
"""

from __future__ import annotations

import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from pathlib import Path

import msgspec

from domain.counting import COUNTED_BY

FOLDER = Path(__file__).parent

SCRIPTS = (
    "text.js",
    "dom.js",
    "sha256.js",
    "store.js",
    "wire.js",
    "drafts.js",
    "figures.js",
    "evidence.js",
    "uploads.js",
    "sender.js",
    "live.js",
    "team.js",
    "log.js",
    "view_enrol.js",
    "patrol.js",
    "presence.js",
    "view_point.js",
    "form_search.js",
    "form_team.js",
    "form_entry.js",
    "view_form.js",
    "view_review.js",
    "view_queue.js",
    "view_sent.js",
    "view_settings.js",
    "view_team.js",
    "view_log.js",
    "main.js",
)
"""The parts in the order in which they need each other."""


@cache
def assemble_page() -> bytes:
    """The page as UTF-8: no reference to any other file, no script but its own."""
    style = _lean(_part("page.css"))
    parts = "".join(_lean(_part(name)) for name in SCRIPTS)
    script = f'"use strict";(() => {{\n{_units()}{parts}}})();'
    filled = {"policy": _policy(style, script), "style": style, "script": script}
    page = re.sub(r"\{\{(\w+)\}\}", lambda hole: filled[hole[1]], _part("page.html"))
    return page.encode()


def _units() -> str:
    """The words of the counting units, which editions name by their keys."""
    return f"const COUNTED_BY = {msgspec.json.encode(COUNTED_BY).decode()};\n"


def _part(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")


def _lean(source: str) -> str:
    """The source without indentation, empty lines and lines that are only a comment."""
    lines = (line.strip() for line in source.splitlines())
    return "".join(f"{line}\n" for line in lines if line and not line.startswith("//"))


def _policy(style: str, script: str) -> str:
    """A content security policy that lets only this style and this script run."""
    return (
        f"default-src 'none'; script-src '{_digest(script)}'; style-src '{_digest(style)}'; "
        "img-src 'self' blob: data:; media-src blob:; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(source: str) -> str:
    return "sha256-" + b64encode(sha256(source.encode()).digest()).decode()
