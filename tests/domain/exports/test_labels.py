"""Codes on paper and on the screen can be read, and say where to go."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
import segno
import zxingcpp
from PIL import Image

from domain.exports.labels import PER_PAGE, Label, label_sheet
from domain.exports.looks import Seal
from domain.exports.terminal_code import ROOM, code_url, terminal_code
from domain.text import Lang, Text

HEAD = Seal(99, "ef" * 32)
NOW = "2026-11-20T04:00:00.000000Z"
URL = code_url("http://192.168.1.10:8600", "gxCAq0ldMUbT8zu9DfBP")


def a_label(n: int) -> Label:
    return Label(
        Text(zh=f"{n}号加油机（东侧）", en=f"Pump {n}, east side"),
        Text(zh="湖滨加油站", en="Lakeside"),
        code_url("http://192.168.1.10:8600", f"token-{n:014}"),
        NOW,
    )


def pages(content: bytes, folder: Path, pdftoppm: str, dpi: int) -> list[Path]:
    (folder / "labels.pdf").write_bytes(content)
    command = [pdftoppm, "-r", str(dpi), "-gray", "labels.pdf", "page"]
    subprocess.run(command, cwd=folder, check=True)
    return sorted(folder.glob("page-*.pgm"))


def read(picture: Image.Image) -> set[str]:
    found = zxingcpp.read_barcodes(
        picture, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    )
    return {code.text for code in found}


@pytest.mark.slow
@pytest.mark.parametrize("dpi", [100, 200])
def test_every_label_of_a_sheet_can_be_read(tmp_path: Path, pdftoppm: str, dpi: int) -> None:
    labels = [a_label(n) for n in range(1, PER_PAGE + 4)]

    drawn = pages(label_sheet(labels, HEAD, NOW, "zh"), tmp_path, pdftoppm, dpi)

    assert len(drawn) == 2
    codes = set[str]()
    for page in drawn:
        with Image.open(page) as picture:
            codes |= read(picture)
    assert codes == {label.url for label in labels}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_names_too_long_for_a_label_do_not_break_the_sheet(lang: Lang) -> None:
    long = Text(zh="很长的名称" * 40, en="A very long name indeed " * 20)

    assert label_sheet([Label(long, long, URL, NOW)], HEAD, NOW, lang).startswith(b"%PDF")


@pytest.mark.slow
def test_a_sheet_is_small_because_the_font_is_a_subset() -> None:
    assert len(label_sheet([a_label(n) for n in range(96)], HEAD, NOW, "zh")) < 400_000


def drawn_in_terminal(text: str) -> Image.Image:
    """The half blocks as a picture, a module four pixels wide."""
    halves = {" ": (255, 255), "▀": (0, 255), "▄": (255, 0), "█": (0, 0)}
    lines = terminal_code(text)
    picture = Image.new("L", (len(lines[0]), 2 * len(lines)), 255)
    for y, line in enumerate(lines):
        for x, character in enumerate(line):
            for half, colour in enumerate(halves[character]):
                picture.putpixel((x, 2 * y + half), colour)
    return picture.resize((4 * picture.width, 4 * picture.height), Image.Resampling.NEAREST)


def test_the_code_in_the_terminal_and_the_one_on_paper_say_the_same() -> None:
    code = segno.make(URL, error="m", micro=False)
    rows = [bytes(0 if module else 255 for module in row) for row in code.matrix_iter(4, 4)]
    paper = Image.frombytes("L", (len(rows[0]), len(rows)), b"".join(rows))

    assert read(drawn_in_terminal(URL)) == read(paper) == {URL}


@pytest.mark.parametrize("text", [URL, "http://192.168.100.100:8600/enrol#12345678"])
def test_a_code_fits_a_small_terminal(text: str) -> None:
    lines = terminal_code(text)

    assert len(lines) <= ROOM[1]
    assert {len(line) for line in lines} == {len(lines[0])}
    assert len(lines[0]) <= ROOM[0] // 2
