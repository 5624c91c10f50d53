"""Pictures and videos on disk, named by the SHA-256 of their bytes.

`incoming/` holds what is still arriving; a complete file is checked, synced and renamed into
`media/ab/<sha256>`, so that a file there is whole or not there at all.
"""

import os
from pathlib import Path


class Media:
    """The media of one data folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "media"
        self.incoming = folder / "incoming"
        self.thumbs = folder / "thumbs"
        for each in (self.folder, self.incoming, self.thumbs):
            each.mkdir(parents=True, exist_ok=True)

    def path(self, sha256: str) -> Path:
        """Where the file with this digest is, or would be."""
        return self.folder / sha256[:2] / sha256

    def has(self, sha256: str) -> bool:
        """Whether the file is here."""
        return self.path(sha256).is_file()

    def keep(self, arrived: Path, sha256: str) -> Path:
        """Move a complete, synced file of that digest into the store, durably."""
        place = self.path(sha256)
        place.parent.mkdir(exist_ok=True)
        arrived.replace(place)
        sync_folder(place.parent)
        return place


def sync_folder(folder: Path) -> None:
    """Make a rename in a folder durable; Windows does so by itself and knows no such call."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
