"""A person's terminal, played by tmux."""

from __future__ import annotations

import shlex
import subprocess
import time
from itertools import count

from tests.things import PATIENCE_S

NUMBERS = count(1)


class Terminal:
    """One terminal with a program in it, on a tmux server of its own."""

    def __init__(self, tmux: str, *command: str, size: tuple[int, int] = (80, 24)) -> None:
        self._tmux = [tmux, "-L", f"forecourt-test-{time.monotonic_ns()}-{next(NUMBERS)}"]
        width, height = size
        shape = ["-x", str(width), "-y", str(height)]
        self._run("new-session", "-d", *shape, shlex.join(command))

    def press(self, *keys: str) -> None:
        """Press keys, by tmux's names for them."""
        self._run("send-keys", *keys)

    def screen(self) -> str:
        """What is on the screen, line by line; empty when the program has ended."""
        shown = subprocess.run(
            [*self._tmux, "capture-pane", "-p"], capture_output=True, text=True, check=False
        )
        return shown.stdout

    def wait_for(self, text: str, seconds: float = PATIENCE_S) -> float:
        """Wait until a text is on the screen.

        Returns:
            Seconds that it took.
        """
        begun = time.monotonic()
        while text not in self.screen():
            waited = time.monotonic() - begun
            assert waited < seconds, f"no “{text}” on the screen:\n{self.screen()}"
            time.sleep(0.02)
        return time.monotonic() - begun

    def close(self) -> None:
        """Close the terminal; the program gets its hang-up."""
        subprocess.run([*self._tmux, "kill-server"], capture_output=True, check=False)

    def _run(self, *words: str) -> None:
        subprocess.run([*self._tmux, *words], check=True, capture_output=True)
