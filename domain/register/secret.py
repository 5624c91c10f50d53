"""The secret of a data folder, by which its console's changing codes and proofs are made.

It lies beside the records, never in journal or database, as seeds of draws do: whoever is shown
the journal must not be able to make codes. Console and receiver of one data folder share it.
"""

import os
import secrets
from pathlib import Path

from domain.refusals import Refusal
from domain.register.media import sync_folder
from domain.text import Text

KEPT = Path("secrets") / "changing_code.txt"
SECRET_BYTES = 32


class SecretSpoilt(Refusal):
    """The file of the secret cannot be read, or holds something else: no code may rest on that."""

    code = "secret-spoilt"
    status = 503

    def __init__(self, file: Path) -> None:
        super().__init__(
            Text(
                zh=f"在场码的密钥文件无法读取或已损坏：{file}",
                en=f"The secret of the presence code cannot be read or is damaged: {file}",
            ),
            remedy=Text(
                zh="请从备份恢复该文件；没有备份就删除它，系统会生成新的。检查照常接收。",
                en="Restore that file from a backup, or delete it and a new one is made. "
                "Inspections are received all the same.",
            ),
        )


def folder_secret(folder: Path) -> bytes:
    """The secret of a data folder, made at first use, readable by its owner alone.

    Two processes that make it at the same moment end up with the same one.

    Raises:
        SecretSpoilt: There is a file, but no secret in it.
    """
    file = folder / KEPT
    try:
        if not file.is_file():
            _make(file)
        secret = bytes.fromhex(file.read_text("ascii"))
    except (OSError, ValueError):
        raise SecretSpoilt(file) from None
    if len(secret) != SECRET_BYTES:
        raise SecretSpoilt(file)
    return secret


def _make(file: Path) -> None:
    """Write it whole under another name first: nobody ever reads half of it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    unfinished = file.with_name(f"{os.getpid()}-{secrets.token_hex(4)}.part")
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as kept:
        kept.write(secrets.token_hex(SECRET_BYTES))
        kept.flush()
        os.fsync(kept.fileno())
    try:
        os.link(unfinished, file)
    except OSError:
        # Another process was quicker, and its secret is everybody's; or the disk has no links.
        if not file.is_file():
            unfinished.replace(file)
    unfinished.unlink(missing_ok=True)
    sync_folder(file.parent)
