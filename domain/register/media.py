"""Pictures and videos on disk, named by the SHA-256 of their bytes.

`incoming/` holds what is still arriving, one file an upload; a complete file is checked, synced
and renamed into `media/ab/<sha256>`, so that a file there is whole or not there at all. What is in
`incoming/` is the whole state of an upload: its length is how far it came. Uploads that were never
finished stay, for a phone may come back after weeks.
"""

import os
from contextlib import suppress
from hashlib import file_digest
from pathlib import Path


class Media:
    """The media of one data folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "media"
        self.incoming = folder / "incoming"
        self.thumbs = folder / "thumbs"
        for each in (self.folder, self.incoming, self.thumbs):
            each.mkdir(parents=True, exist_ok=True)
        self._has_folders = False

    def path(self, sha256: str) -> Path:
        """Where the file with this digest is, or would be."""
        return self.folder / sha256[:2] / sha256

    def has(self, sha256: str) -> bool:
        """Whether the file is here."""
        return self.path(sha256).is_file()

    def part(self, upload: str) -> Path:
        """Where the bytes of an upload gather; its id is an announced one, never free text."""
        return self.incoming / f"{upload}.part"

    def arrived(self, upload: str) -> int:
        """How many bytes of an upload are here."""
        try:
            return self.part(upload).stat().st_size
        except FileNotFoundError:
            return 0

    def append(self, upload: str, offset: int, block: bytes | bytearray, *, sync: bool) -> None:
        """Write a block of an upload at an offset, or nothing of it where the disk is full.

        Args:
            sync: Whether to wait until it is on disk, with all blocks before it.
        """
        path = self.part(upload)
        handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
        try:
            _write(handle, offset, memoryview(block))
            if sync:
                os.fsync(handle)
        finally:
            os.close(handle)

    def is_whole(self, upload: str, sha256: str) -> bool:
        """Whether the bytes of an upload have this digest."""
        with self.part(upload).open("rb") as file:
            return file_digest(file, "sha256").hexdigest() == sha256

    def forget(self, upload: str) -> None:
        """Drop what came of an upload."""
        self.part(upload).unlink(missing_ok=True)

    def keep(self, arrived: Path, sha256: str) -> Path:
        """Move a complete, synced file of that digest into the store, durably."""
        self._make_folders()
        place = self.path(sha256)
        arrived.replace(place)
        sync_folder(place.parent)
        return place

    def _make_folders(self) -> None:
        """All folders of the store at the first file: one at a time, each would cost a sync."""
        if self._has_folders:
            return
        for number in range(256):
            (self.folder / f"{number:02x}").mkdir(exist_ok=True)
        sync_folder(self.folder)
        self._has_folders = True


def _write(handle: int, offset: int, rest: memoryview) -> None:
    os.lseek(handle, offset, os.SEEK_SET)
    try:
        while rest:
            rest = rest[os.write(handle, rest) :]
    except OSError:
        with suppress(OSError):
            os.ftruncate(handle, offset)
        raise


def sync_folder(folder: Path) -> None:
    """Make a rename in a folder durable; Windows does so by itself and knows no such call."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
