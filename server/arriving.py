"""Uploads on their way: who may send, where they stand, and one writer at a time for each.

A phone whose connection broke comes back before this side has noticed. So a newer request about
an upload takes it over: whoever was sending keeps what came, and is told so.
"""

from __future__ import annotations

import asyncio
import errno
import shutil
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager, suppress
from hashlib import sha256
from io import BytesIO

from litestar.exceptions import InternalServerException

from domain.organisation import Actor, Device
from domain.procedures.evidence import receive_evidence
from domain.procedures.refusals import ChecksumDiffers, NotAPicture
from domain.register.announced import Announced, announced, media_named
from domain.register.pictures import is_genuine
from domain.register.refusals import DiskFull
from domain.register.register import Register
from domain.submission import Evidence
from server.refused_uploads import NotAnnounced, NotTheSender, TakenOver, TooMuch, WrongOffset
from server.shapes import is_id

BLOCK = 1 << 20
"""Bytes gathered before they are written: a picture in one go, a video in pieces."""
SILENT_S = 30.0
HURRIED_S = 2.0
"""How long a sender may be silent; less while another waits to take over."""
SPARE_BYTES = 64_000_000
"""Room that an upload leaves on the disk, for the forms and the journal."""
REMEMBERED = 5_000
"""Uploads whose state is kept without anybody asking."""


class Upload:
    """One upload while requests are about it.

    Attributes:
        wanted: How many requests wait to take it over.
        patience: Runs while the sender is listened to.
        here: How many bytes are on disk; None until somebody looked.
        digest: Of the first `digested` bytes, taken as they come.
    """

    def __init__(self, announced: Evidence, by: Actor, *, complete: bool = False) -> None:
        self.announced, self.by, self.complete = announced, by, complete
        self.here: int | None = None
        self.digest, self.digested = sha256(), 0
        self.lock = asyncio.Lock()
        self.wanted = 0
        self.patience: asyncio.Timeout | None = None

    @asynccontextmanager
    async def held(self) -> AsyncIterator[None]:
        """Have the upload for oneself, taking it over from whoever is sending."""
        self.wanted += 1
        try:
            if self.patience is not None:
                with suppress(RuntimeError):  # it is running out by itself
                    self.patience.reschedule(0)
            await self.lock.acquire()
        finally:
            self.wanted -= 1
        try:
            yield
        finally:
            self.lock.release()


class Uploads:
    """The uploads of one receiver."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._open: dict[str, Upload] = {}

    def expect(self, evidence: Iterable[Evidence], by: Actor) -> None:
        """Remember what a form has announced that was just taken in: it comes next."""
        self._forget_idle()
        for each in evidence:
            self._open.setdefault(each.id, Upload(each, by))

    async def find(self, device: Device, evidence: str) -> Upload:
        """The upload of an announced picture or video.

        Raises:
            NotAnnounced: No form has named it.
            NotTheSender: Another person's form has.
        """
        upload = self._open.get(evidence)
        if upload is None:
            if not is_id(evidence):
                raise NotAnnounced
            known = await asyncio.to_thread(self._announced, evidence)
            if known is None:
                raise NotAnnounced
            self._forget_idle()
            upload = self._open.setdefault(evidence, _upload(known))
        if upload.by.person != device.person:
            raise NotTheSender
        return upload

    async def offset(self, upload: Upload) -> int:
        """How much is here; finishes what is complete but was not noted. Call it while held.

        Raises:
            ChecksumDiffers, NotAPicture: All had come, and was wrong; the upload begins again.
        """
        media, known = self._register.media, upload.announced
        is_here = not upload.complete and media.has(known.sha256)
        if is_here and await asyncio.to_thread(self._is_theirs, upload):
            await self._note(upload)
            media.forget(known.id)
        if upload.complete:
            return known.size
        upload.here = media.arrived(known.id)
        if upload.here >= known.size:
            await self._in_thread(self._keep, upload)
            await self._note(upload)
            return known.size
        return upload.here

    def make_room(self, upload: Upload) -> None:
        """Raises `DiskFull` where the rest of the file would not fit."""
        free = shutil.disk_usage(self._register.media.incoming).free
        rest = upload.announced.size - (upload.here or 0)
        if not upload.complete and free < rest + SPARE_BYTES:
            raise DiskFull

    async def receive(self, upload: Upload, offset: int, stream: AsyncIterator[bytes]) -> int:
        """Write a piece as it comes. Call it while held.

        Returns:
            The offset after it; what lies before that is on disk.

        Raises:
            WrongOffset, TooMuch, TakenOver, DiskFull, ChecksumDiffers, NotAPicture.
        """
        here = upload.here
        if here is None or upload.complete or here >= upload.announced.size:
            here = await self.offset(upload)
        if offset != here:
            raise WrongOffset(here)
        if upload.complete:
            return here
        known, ending = upload.announced, "more"
        while ending == "more" and here < known.size:
            block, ending = await _gather(upload, stream)
            if here + len(block) > known.size:
                raise TooMuch
            if upload.wanted and ending == "more":
                ending = "silent"
            await self._in_thread(self._append, upload, block, ending)
            here += len(block)
        if here == known.size:
            await self._note(upload)
        elif ending != "done":
            raise TakenOver
        return here

    def _is_theirs(self, upload: Upload) -> bool:
        """Whether the bytes are here and the sender may have them without sending them again.

        Naming a digest must not open somebody else's picture: it has to be of a station that the
        sender sees, or of no form yet, as after a crash between file and journal.
        """
        known, sight = upload.announced, self._register.directory.sight(upload.by.person)
        with self._register.read() as connection:
            here = [one for one in media_named(connection, known.sha256) if one.arrived_at]
        return not here or any(
            sight.sees(one.station) and (one.size, one.kind) == (known.size, known.kind)
            for one in here
        )

    def _announced(self, evidence: str) -> Announced | None:
        with self._register.read() as connection:
            return announced(connection, evidence)

    def _forget_idle(self) -> None:
        if len(self._open) >= REMEMBERED:
            self._open = {k: u for k, u in self._open.items() if u.wanted or u.lock.locked()}

    async def _in_thread(self, work: Callable[..., None], *args: object) -> None:
        """Do something with the disk, off the loop."""
        try:
            await asyncio.to_thread(work, *args)
        except OSError as error:
            raise _full(error) from error

    def _append(self, upload: Upload, block: bytearray, ending: str) -> None:
        """Put a block behind what is here; what is whole then, and right, is kept."""
        known, offset = upload.announced, upload.here or 0
        whole = offset + len(block) == known.size
        self.make_room(upload)
        upload.here = None
        if upload.digested == offset:
            upload.digest.update(block)
            upload.digested += len(block)
        self._register.media.append(known.id, offset, block, sync=whole or ending != "more")
        if whole:
            self._keep(upload, block if offset == 0 else None)
        upload.here = offset + len(block)

    def _keep(self, upload: Upload, content: bytearray | None = None) -> None:
        """Check what has come whole, and keep it."""
        media, known = self._register.media, upload.announced
        sure = upload.digested == known.size and upload.digest.hexdigest() == known.sha256
        upload.digest, upload.digested = sha256(), 0
        if not sure and not media.is_whole(known.id, known.sha256):
            media.forget(known.id)
            raise ChecksumDiffers(known.name)
        with BytesIO(content) if content else media.part(known.id).open("rb") as file:
            genuine = is_genuine(file, known.kind)
        if not genuine:
            media.forget(known.id)
            raise NotAPicture(known.name)
        media.keep(media.part(known.id), known.sha256)

    async def _note(self, upload: Upload) -> None:
        await self._register.carry_out_soon(receive_evidence, upload.announced.id, by=upload.by)
        upload.complete = True


def _upload(known: Announced) -> Upload:
    evidence = Evidence(
        id=known.id,
        kind=known.kind,
        name=known.name,
        media_type=known.media_type,
        size=known.size,
        sha256=known.sha256,
    )
    by = Actor("phone", known.person, known.device)
    return Upload(evidence, by, complete=known.arrived_at is not None)


async def _gather(upload: Upload, stream: AsyncIterator[bytes]) -> tuple[bytearray, str]:
    """The next block of a piece, and how it ended: `more` to come, `done`, `silent` or `gone`."""
    block = bytearray()
    loop, patience_s = asyncio.get_running_loop(), HURRIED_S if upload.wanted else SILENT_S
    try:
        async with asyncio.timeout(patience_s) as upload.patience:
            async for chunk in stream:
                block += chunk
                if len(block) >= BLOCK:
                    return block, "more"
                upload.patience.reschedule(loop.time() + patience_s)
    except TimeoutError:
        return block, "silent"
    except InternalServerException:  # the connection is gone
        return block, "gone"
    finally:
        upload.patience = None
    return block, "done"


def _full(error: OSError) -> Exception:
    """A disk without room in the reader's words; any other trouble is a fault of ours."""
    return DiskFull() if error.errno in (errno.ENOSPC, errno.EDQUOT) else error
