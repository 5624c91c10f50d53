"""Turns screens and pages into pictures that a person can look at.

Rich gives every text in an SVG the width of its *characters*, which crushes Chinese, and
asks a far host for its font. Here each run of text gets the width of its *cells* and a
font that the machine has; snapshots and pictures both show screens that way.
`just looks` draws every scene of tests/scenes.py into looks/.
"""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from html import escape, unescape
from itertools import groupby
from pathlib import Path
from typing import Any, Protocol

import pytest
from playwright.sync_api import Browser, sync_playwright
from playwright.sync_api import Page as BrowserPage
from rich.cells import cell_len
from textual._doc import take_svg_screenshot
from textual.app import App
from textual.pilot import Pilot

from domain.text import Lang

Size = tuple[int, int]
SIZES: tuple[Size, ...] = ((80, 24), (160, 48))
"""Columns and lines: a support engineer's terminal, a branch's large one."""
PHONE: Size = (390, 844)

CELL = 12.2
"""Width of a cell in Rich's SVG, in its units: 0.61 of the 20 units of a character."""
FONTS = "'DejaVu Sans Mono', 'Liberation Mono', 'Noto Sans Mono CJK SC', monospace"
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
"""Chromium as root, in a container, and asking nobody for anything."""

Before = Callable[[Pilot[Any]], Awaitable[None] | None]


@dataclass(frozen=True)
class Scene:
    """A screen worth looking at: how to come by its console, and what to do before the picture."""

    name: str
    open: Callable[[Lang], AbstractContextManager[App[Any]]]
    before: Before | None = None


@dataclass(frozen=True)
class Page:
    """A page worth looking at: how to come by it, open in a browser of the phone's size."""

    name: str
    open: Callable[[Lang], AbstractContextManager[BrowserPage]]


class Snap(Protocol):
    """Compares a console with its stored picture; with --snapshot-update it stores it."""

    def __call__(
        self,
        app: App[Any],
        press: Iterable[str] = (),
        terminal_size: Size = (80, 24),
        run_before: Before | None = None,
    ) -> bool: ...


@pytest.fixture
def snap(snap_compare: Snap, monkeypatch: pytest.MonkeyPatch) -> Snap:
    """`snap_compare` of pytest-textual-snapshot, with Chinese at its real width."""
    export = App.export_screenshot

    def export_mended(app: App[Any], *, title: str | None = None, simplify: bool = False) -> str:
        return mended(export(app, title=title, simplify=simplify))

    monkeypatch.setattr(App, "export_screenshot", export_mended)
    return snap_compare


@pytest.fixture(scope="session")
def chromium() -> str:
    """The browser that plays a phone."""
    found = chromium_path()
    if found is None:
        pytest.skip("chromium is not installed; as root, `python3 dev.py test` installs it")
    return found


def chromium_path() -> str | None:
    """The browser of this machine, or None."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return next((found for name in names if (found := shutil.which(name))), None)


def svg_of(app: App[Any]) -> str:
    """What a running console shows now, as an SVG with real widths."""
    return mended(app.export_screenshot())


def svg_of_scene(app: App[Any], size: Size, before: Before | None = None) -> str:
    """Run a console without a terminal until it is settled, and draw it."""
    return mended(take_svg_screenshot(app=app, terminal_size=size, run_before=before))


def mended(svg: str) -> str:
    """Rich's SVG with every run of text as wide as its cells; mending twice changes nothing."""
    svg = re.sub(r"@font-face\s*{.*?}\s*", "", svg, flags=re.DOTALL)
    svg = svg.replace("font-variant-east-asian: full-width;", "")
    svg = re.sub(r"font-family: Fira Code[^;]*;", f"font-family: {FONTS};", svg)
    text = re.compile(
        r'<text ([^>]*?)x="([\d.]+)" ([^>]*?)textLength="[\d.]+"([^>]*)>([^<]*)</text>'
    )
    return text.sub(lambda found: "".join(runs(*found.groups())), svg)


def runs(head: str, x: str, y: str, tail: str, text: str) -> Iterator[str]:
    """One text as texts of equally wide characters, each with its own place and width."""
    at, tail = float(x), tail.replace(' lengthAdjust="spacingAndGlyphs"', "")
    for _, characters in groupby(unescape(text).rstrip("\n"), key=cell_len):
        run = "".join(characters)
        width = cell_len(run) * CELL
        shown = escape(run, quote=False).replace("\xa0", "&#160;")
        if run.strip("\xa0"):
            yield (
                f'<text {head}x="{at:.6g}" {y}textLength="{width:.6g}"'
                f' lengthAdjust="spacingAndGlyphs"{tail}>{shown}</text>'
            )
        at += width


@contextmanager
def browser() -> Iterator[Browser]:
    """Chromium without a window, as installed on this machine."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium_path(), args=list(QUIET))
        try:
            yield opened
        finally:
            opened.close()


def png_of_svg(svgs: Mapping[str, str], folder: Path) -> list[Path]:
    """Draw SVGs as `<name>.png` into a folder; the pictures are as large as they say."""
    folder.mkdir(parents=True, exist_ok=True)
    drawn = []
    with browser() as chrome:
        page = chrome.new_page()
        for name, svg in svgs.items():
            width, height = view_box(svg)
            page.set_viewport_size({"width": width, "height": height})
            page.set_content(f'<body style="margin:0;background:#000">{svg}</body>')
            drawn.append(folder / f"{name}.png")
            page.screenshot(path=drawn[-1])
    return drawn


def view_box(svg: str) -> Size:
    """Width and height that an SVG asks for, in whole pixels."""
    found = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg)
    if found is None:
        raise ValueError("this SVG does not say how large it is")
    return round(float(found[1])), round(float(found[2]))


def png_of_page(url: str, picture: Path, size: Size = PHONE, language: str = "zh-CN") -> Path:
    """Open an address as a phone would and draw the whole page."""
    picture.parent.mkdir(parents=True, exist_ok=True)
    with browser() as chrome:
        page = chrome.new_page(
            viewport={"width": size[0], "height": size[1]},
            device_scale_factor=2,
            has_touch=True,
            is_mobile=True,
            locale=language,
        )
        page.goto(url, wait_until="load")
        page.screenshot(path=picture, full_page=True)
    return picture


def draw(wanted: Iterable[str], folder: Path) -> list[Path]:
    """Draw the scenes and pages of these names (all, if none is named) in both languages."""
    from tests.scenes import PAGES, SCENES

    names, svgs, drawn = set(wanted), dict[str, str](), []
    languages: tuple[Lang, ...] = ("zh", "en")
    for lang in languages:
        for scene in (scene for scene in SCENES if not names or scene.name in names):
            for size in SIZES:
                with scene.open(lang) as app:
                    picture = f"{scene.name}-{lang}-{size[0]}x{size[1]}"
                    svgs[picture] = svg_of_scene(app, size, scene.before)
        for page in (page for page in PAGES if not names or page.name in names):
            with page.open(lang) as shown:
                drawn.append(folder / f"{page.name}-{lang}.png")
                shown.screenshot(path=drawn[-1])
    return png_of_svg(svgs, folder) + drawn


if __name__ == "__main__":
    pictures = draw(sys.argv[1:], Path("looks"))
    print(*pictures, sep="\n")
    sys.exit(0 if pictures else "no scene or page of this name in tests/scenes.py")
