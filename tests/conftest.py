"""What every test shares: nothing is skipped where it counts, and chance is kept in hand."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Generator

import pytest
from hypothesis import settings

pytest_plugins = ["tests.postgres", "tests.looks", "tests.style_sheets", "tests.things"]

ON_CI = os.environ.get("CI") == "true"

# Two cores do many things at once here, so a slow example says nothing; on CI the same
# examples every time, so that a red run can be run again.
settings.register_profile("forecourt", deadline=None, derandomize=ON_CI, print_blob=True)
settings.register_profile("daily", settings.get_profile("forecourt"), max_examples=25)


def pytest_configure(config: pytest.Config) -> None:
    """The daily loop tries a quarter of the examples."""
    daily = config.getoption("markexpr") == "not slow"
    settings.load_profile("daily" if daily else "forecourt")


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Nothing that was imported goes away: the collector need not look at it again and again."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep together what shares something dear, and begin with what takes long."""
    for item in items:
        if on_postgresql(item):
            # One server for all; and not for the fast loop.
            item.add_marker(pytest.mark.slow)
            item.add_marker(pytest.mark.xdist_group("postgresql"))
        if "chrome" in getattr(item, "fixturenames", ()):
            # One browser for a module, not one on every worker.
            item.add_marker(pytest.mark.xdist_group(item.path.stem))
    if hasattr(config, "workerinput"):
        # Whoever comes last should not be waited for.
        items.sort(key=lambda item: item.get_closest_marker("slow") is None)


def on_postgresql(item: pytest.Item) -> bool:
    """Whether a test needs the PostgreSQL server, by a fixture or by a parameter."""
    parameters = getattr(getattr(item, "callspec", None), "params", {})
    return "postgres_url" in getattr(item, "fixturenames", ()) or (
        "postgresql" in parameters.values()
    )


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """On CI a skipped test is a failed one: what is missing there has to be installed."""
    report = yield
    if ON_CI and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped, but CI=true lets nothing be skipped: {report.longrepr}"
    return report


@pytest.fixture(scope="session")
def tmux() -> str:
    """The terminal multiplexer that plays a person's terminal."""
    return installed("tmux")


@pytest.fixture(scope="session")
def libreoffice() -> str:
    """The office programme that opens what we export."""
    return installed("soffice")


@pytest.fixture(scope="session")
def pdftoppm() -> str:
    """The programme that turns PDF pages into pictures."""
    return installed("pdftoppm")


def installed(program: str) -> str:
    """The path of a program, or the test is skipped."""
    found = shutil.which(program)
    if found is None:
        pytest.skip(f"{program} is not installed; as root, `python3 dev.py test` installs it")
    return found
