"""A stock tus client, which knows nothing of us: interrupted halfway, it resumes."""

from __future__ import annotations

import hashlib
import os
from io import BytesIO

from tusclient.client import TusClient

from tests.server.conftest import AForm, Phone
from tests.server.test_uploads import MP4
from tests.things import Chain
from tui.receiver import Receiver

TWENTY_MB = 20_000_000
CHUNK = 3_000_000


def test_a_video_of_20_mb_interrupted_halfway_resumes_and_matches(
    receiver: Receiver, phone: Phone, a_form: AForm, chain: Chain
) -> None:
    content = MP4 + os.urandom(TWENTY_MB - len(MP4))
    (video,) = phone.announce(
        a_form, content, kind="video", media_type="video/mp4", name="夜班.mp4"
    )
    key = {"Authorization": f"Bearer {chain.phone.key}"}
    client = TusClient(f"{receiver.url}/api/uploads", headers=key)
    about = {"evidence": video.id, "filename": video.name, "filetype": "video/mp4"}
    sending = client.uploader(file_stream=BytesIO(content), metadata=about, chunk_size=CHUNK)
    sending.upload(stop_at=TWENTY_MB // 2)
    receiver.stop()

    again = Receiver(chain.register, "127.0.0.1", 0)
    again.start()
    try:
        place = str(sending.url).replace(receiver.address, again.address)
        client = TusClient(f"{again.url}/api/uploads", headers=key)
        resumed = client.uploader(file_stream=BytesIO(content), url=place, chunk_size=CHUNK)
        resumed_at = resumed.offset
        resumed.upload()
    finally:
        again.stop()

    kept = chain.register.media.path(video.sha256).read_bytes()
    assert TWENTY_MB // 2 <= resumed_at < TWENTY_MB
    assert hashlib.sha256(kept).hexdigest() == video.sha256
