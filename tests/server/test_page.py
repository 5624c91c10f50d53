"""The phone page under every printed address."""

from __future__ import annotations

import gzip

import pytest

from tests.server.conftest import Phone
from tests.things import Chain


@pytest.mark.parametrize("path", ["/s/{token}", "/s/old-or-unknown", "/enrol"])
def test_every_printed_address_opens_the_page(stranger: Phone, chain: Chain, path: str) -> None:
    answer = stranger.get(path.format(token=chain.token))

    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert answer.text.startswith("<!doctype html>")


def test_it_reloads_without_network_while_fresh(stranger: Phone) -> None:
    assert "max-age=86400" in stranger.get("/enrol").headers["Cache-Control"]


def test_a_page_that_is_known_is_not_sent_again(stranger: Phone) -> None:
    tag = stranger.get("/enrol").headers["ETag"]

    assert stranger.get("/enrol", headers={"If-None-Match": tag}).status_code == 304


def test_no_other_site_can_frame_it_and_no_code_leaks_in_a_referrer(stranger: Phone) -> None:
    headers = stranger.get("/enrol").headers

    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["Referrer-Policy"] == "no-referrer"


def test_a_browser_that_unpacks_nothing_gets_the_same_page(stranger: Phone) -> None:
    plain = stranger.get("/enrol", headers={"Accept-Encoding": "identity"})
    with stranger.stream("GET", "/enrol", headers={"Accept-Encoding": "gzip"}) as packed:
        raw = b"".join(packed.iter_raw())

    assert gzip.decompress(raw) == plain.content


def test_the_start_page_says_what_this_is(stranger: Phone) -> None:
    assert "Forecourt" in stranger.get("/").text
