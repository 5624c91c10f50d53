"""A stock tus client, which knows nothing of us: interrupted halfway, it resumes."""

from __future__ import annotations

import hashlib
import os

from tusclient.client import TusClient
from tusclient.exceptions import TusCommunicationError

from tests.server.conftest import AForm, Phone
from tests.server.test_uploads import MP4
from tests.things import Chain
from tui.receiver import Receiver

TWENTY_MB = 20_000_000


def test_a_video_of_20_mb_interrupted_halfway_resumes_and_matches(
    receiver: Receiver, phone: Phone, a_form: AForm, chain: Chain
) -> None:
    content = MP4 + os.urandom(TWENTY_MB - len(MP4))
    (video,) = phone.announce(
        a_form, content, kind="video", media_type="video/mp4", name="夜班.mp4"
    )
    file = chain.register.folder / "video.mp4"
    file.write_bytes(content)
    client = TusClient(
        f"{receiver.url}/api/uploads", headers={"Authorization": f"Bearer {chain.phone.key}"}
    )
    about = {"evidence": video.id, "filename": video.name, "filetype": "video/mp4"}
    sending = client.uploader(str(file), metadata=about, chunk_size=3_000_000)
    sending.upload(stop_at=TWENTY_MB // 2)
    place = str(sending.url)
    receiver.stop()

    other = Receiver(chain.register, "127.0.0.1", 0)
    other.start()
    try:
        resumed = client.uploader(str(file), url=place, chunk_size=3_000_000)
        raise AssertionError(f"the receiver is gone, yet there is an offset: {resumed.offset}")
    except (TusCommunicationError, OSError):
        at_new_port = place.replace(receiver.address, other.address)
        resumed = client.uploader(str(file), url=at_new_port, chunk_size=3_000_000)
        assert TWENTY_MB // 2 <= resumed.offset < TWENTY_MB
        resumed.upload()
    finally:
        other.stop()

    kept = chain.register.media.path(video.sha256)
    assert hashlib.sha256(kept.read_bytes()).hexdigest() == video.sha256
