"""Heavy work in child processes, so that keys and phones need not wait for it.

Programs of their own and no `multiprocessing`: that one hands its children our standard error,
which a console has put aside, and runs the main module again in each of them.
"""

from __future__ import annotations

import pickle
import sys
from collections.abc import Callable
from contextlib import suppress
from subprocess import PIPE, Popen
from typing import Any


class ChildFailed(RuntimeError):
    """A child process ended without an answer; says what it wrote to standard error."""


class Child:
    """A process that runs a module's `serve_parent`; what it is told is pickled."""

    def __init__(self, module: str, request: object) -> None:
        # -P: what lies in the present folder is nobody's business.
        words = [sys.executable, "-P", "-m", module]
        self._process = Popen(words, stdin=PIPE, stdout=PIPE, stderr=PIPE)  # noqa: S603
        told, self._process.stdin = self._process.stdin, None
        if told is not None:
            with suppress(BrokenPipeError), told:  # if it died already, `answer` says so
                told.write(pickle.dumps(request))

    def answer(self) -> Any:
        """Wait for it.

        Raises:
            OSError: As it was raised in the child.
            ChildFailed: Anything else went wrong there.
        """
        answered, wrote = self._process.communicate()
        if self._process.returncode:
            raise ChildFailed(wrote.decode(errors="replace")[-2000:])
        answer = pickle.loads(answered)  # noqa: S301 - our own program
        if isinstance(answer, OSError):
            raise answer
        return answer


def serve_parent(work: Callable[[Any], object]) -> None:
    """What a child's module runs: takes the request, gives the answer or the trouble."""
    request = pickle.load(sys.stdin.buffer)  # noqa: S301 - our own program
    answer: object
    try:
        answer = work(request)
    except OSError as trouble:
        answer = trouble
    sys.stdout.buffer.write(pickle.dumps(answer))
