"""Options that several commands take."""

from __future__ import annotations

import argparse
from pathlib import Path


def add_port(parser: argparse.ArgumentParser) -> None:
    """Add `--port`: before a command or behind it, it is the same."""
    parser.add_argument(
        "--port",
        type=_port,
        metavar="N",
        default=argparse.SUPPRESS,
        help="接收服务的端口（默认 8600）/ the receiver's port (8600)",
    )


def path(word: str) -> Path:
    """A file or folder that is named; an empty word would be the present folder by accident."""
    if not word.strip():
        raise argparse.ArgumentTypeError(
            "路径是空的，当前文件夹请写“.” / it names nothing; the present folder is a dot"
        )
    return Path(word)


def _port(word: str) -> int:
    if not (word.isascii() and word.isdigit() and int(word) < 65536):
        raise argparse.ArgumentTypeError("端口是 0 到 65535 的整数 / a port is 0 to 65535")
    return int(word)
