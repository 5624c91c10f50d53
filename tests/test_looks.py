"""Pictures of screens: Chinese is as wide as its cells, and nobody far away is asked."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PIL import Image
from textual.app import App, ComposeResult
from textual.widgets import Static

from tests.looks import CELL, Snap, mended, png_of_page, png_of_svg, svg_of, svg_of_scene

BOX = "┌────────┐\n│加油站12│\n└────────┘"
RUN = re.compile(r'x="([\d.]+)" [^>]*textLength="([\d.]+)"[^>]*>([^<]*)</text>')


class Boxed(App[None]):
    """A console with a box around Chinese."""

    CSS = "Screen { background: black; } Static { color: white; }"

    def compose(self) -> ComposeResult:
        yield Static(BOX)


def places(svg: str) -> dict[str, tuple[float, float]]:
    """Start and width, in cells, of every run of text."""
    return {
        text: (round(float(x) / CELL, 3), round(float(width) / CELL, 3))
        for x, width, text in RUN.findall(svg)
    }


def test_chinese_takes_two_cells_a_character() -> None:
    shown = places(svg_of_scene(Boxed(), (20, 4)))

    assert shown["加油站"] == (1, 6)
    assert shown["12│"] == (7, 3)


def test_mending_twice_changes_nothing() -> None:
    once = svg_of_scene(Boxed(), (20, 4))

    assert mended(once) == once


async def test_a_running_console_can_be_drawn() -> None:
    console = Boxed()
    async with console.run_test(size=(20, 4)):
        assert places(svg_of(console))["加油站"] == (1, 6)


def test_a_picture_asks_nobody_for_a_font() -> None:
    assert "url(http" not in svg_of_scene(Boxed(), (20, 4))


def test_signs_that_mean_something_in_svg_are_kept() -> None:
    svg = '<text class="r1" x="0" y="20" textLength="36.6" clip-path="u">&lt;&amp;站</text>'

    assert places(mended(svg)) == {"&lt;&amp;": (0, 2), "站": (2, 2)}


def test_snapshots_show_chinese_at_its_real_width(snap: Snap) -> None:
    assert snap(Boxed(), terminal_size=(20, 4))


@pytest.mark.slow
@pytest.mark.usefixtures("chromium")
def test_the_sides_of_a_box_stand_under_its_corners(tmp_path: Path) -> None:
    [picture] = png_of_svg({"boxed": svg_of_scene(Boxed(), (20, 4))}, tmp_path)

    with Image.open(picture) as drawn:
        grey = drawn.convert("L")
        rightmost = [last_bright(grey, line) for line in range(3)]
    assert max(rightmost) - min(rightmost) <= 1


@pytest.mark.slow
@pytest.mark.usefixtures("chromium")
def test_a_page_is_drawn_as_wide_as_a_phone(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<meta name=viewport content='width=device-width'><p>加油站")

    with Image.open(png_of_page(page.as_uri(), tmp_path / "page.png")) as drawn:
        assert drawn.size == (780, 1688)


def last_bright(grey: Image.Image, line: int) -> int:
    """The rightmost bright pixel in the middle of a line of the screen."""
    top, height = 41 + 1.5 + line * 24.4, 24.4
    strip = grey.crop((9, round(top + height * 0.35), 9 + 244, round(top + height * 0.85)))
    box = strip.point(lambda value: 255 if value > 128 else 0).getbbox()
    assert box is not None
    return int(box[2])
