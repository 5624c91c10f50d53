"""The page itself: one small file, and arithmetic that browsers would not do on plain http."""

from __future__ import annotations

import hashlib
import re

import pytest
from playwright.sync_api import Browser

from server.pages.assemble import FOLDER, SCRIPTS, assemble_page


def test_the_page_refers_to_no_other_file() -> None:
    page = assemble_page().decode()
    assert re.findall(r"\b(src|href)\s*=\s*\"(?!data:)[^\"]+\"", page.split("<script>")[0]) == []
    assert "{{" not in page


def test_the_page_allows_only_its_own_script() -> None:
    page = assemble_page().decode()
    policy = page.split('content="')[1].split('"')[0]
    assert "unsafe" not in policy
    assert policy.startswith("default-src 'none'")


def test_data_never_becomes_markup() -> None:
    markup = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(")
    assert [name for name in SCRIPTS if markup.search((FOLDER / name).read_text("utf-8"))] == []


def test_every_part_is_in_the_page() -> None:
    assert sorted(path.name for path in FOLDER.glob("*.js")) == sorted(SCRIPTS)


@pytest.mark.slow
@pytest.mark.usefixtures("chromium")
def test_the_own_sha256_agrees_with_the_known_one(chrome: Browser) -> None:
    sizes = [0, 1, 3, 55, 56, 63, 64, 65, 119, 120, 1000, (1 << 20) - 1, 1 << 20, (1 << 20) + 57]
    page = chrome.new_page()
    page.add_script_tag(content=(FOLDER / "sha256.js").read_text("utf-8"))
    counted = page.evaluate(
        """sizes => { Object.defineProperty(window, 'crypto', { value: {} });
        return Promise.all(sizes.map(n => digestOf(new Blob([new Uint8Array(n).fill(171)])))); }""",
        sizes,
    )
    page.close()
    assert counted == [hashlib.sha256(b"\xab" * size).hexdigest() for size in sizes]
