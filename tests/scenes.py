"""The screens and pages that `just looks` draws: one line each, in the order people meet them."""

from __future__ import annotations

from tests.looks import Page, Scene

SCENES: tuple[Scene, ...] = ()
PAGES: tuple[Page, ...] = ()
