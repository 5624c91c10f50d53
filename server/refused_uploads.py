"""What the upload protocol (tus 1.0) declines, with the statuses that it prescribes."""

from domain.refusals import Refusal
from domain.text import Text

START_OVER = Text(
    zh="请询问当前位置后从那里继续；手机会自动处理。",
    en="Ask for the offset and go on from there; the phone does so by itself.",
)
BY_THE_PROTOCOL = Text(
    zh="请按 tus 1.0.0 协议上传（https://tus.io）。",
    en="Upload as tus 1.0.0 says (https://tus.io).",
)


class WrongProtocol(Refusal):
    """The client speaks no tus, or another version of it."""

    code = "wrong-protocol"
    status = 412

    def __init__(self) -> None:
        super().__init__(
            Text(zh="上传协议的版本不对。", en="Another version of the upload protocol."),
            remedy=BY_THE_PROTOCOL,
            field="Tus-Resumable",
        )


class WrongUploadHeader(Refusal):
    """A header of the protocol is missing or makes no sense."""

    code = "wrong-upload-header"
    status = 400

    def __init__(self, header: str) -> None:
        super().__init__(
            Text(
                zh=f"请求头 {header} 缺失或不正确。", en=f"The header {header} is missing or wrong."
            ),
            remedy=BY_THE_PROTOCOL,
            field=header,
        )


class NotAnnounced(Refusal):
    """No form has announced a picture or video of this id."""

    code = "not-announced"
    status = 404

    def __init__(self) -> None:
        super().__init__(
            Text(
                zh="没有表单登记过这个图片或视频。",
                en="No form has announced this picture or video.",
            ),
            remedy=Text(
                zh="请先发送表单，再上传附件；手机会自动按这个顺序发送。",
                en="Send the form first, then its files; the phone does so by itself.",
            ),
        )


class NotTheSender(Refusal):
    """Somebody else sent the form."""

    code = "not-the-sender"
    status = 403

    def __init__(self) -> None:
        super().__init__(
            Text(zh="这份表单是别人提交的。", en="Somebody else sent this form."),
            remedy=Text(
                zh="请用提交表单的人绑定的手机上传。",
                en="Upload from a phone of the person who sent the form.",
            ),
        )


class LengthDiffers(Refusal):
    """The file is not as long as its form says."""

    code = "length-differs"
    status = 422

    def __init__(self, announced: int) -> None:
        super().__init__(
            Text(
                zh=f"文件大小与表单登记的 {announced} 字节不一致。",
                en=f"The form announced {announced} bytes, the file has another size.",
            ),
            remedy=Text(
                zh="请重新添加这个文件并另行提交。", en="Add the file again and send a new form."
            ),
            field="Upload-Length",
        )


class TooMuch(Refusal):
    """More bytes came than were announced; none beyond was kept."""

    code = "too-much"
    status = 413

    def __init__(self) -> None:
        super().__init__(
            Text(zh="发来的内容超出了文件大小。", en="More came than the file has bytes."),
            remedy=START_OVER,
        )


class WrongOffset(Refusal):
    """The piece does not begin where the bytes here end."""

    code = "wrong-offset"
    status = 409

    def __init__(self, offset: int) -> None:
        super().__init__(
            Text(
                zh=f"已收到 {offset} 字节，发来的片段不是从那里开始的。",
                en=f"{offset} bytes are here; the piece does not begin there.",
            ),
            remedy=START_OVER,
            field="Upload-Offset",
        )


class TakenOver(Refusal):
    """Another request took this upload over while this one was sending, or this one fell silent."""

    code = "taken-over"
    status = 423

    def __init__(self) -> None:
        super().__init__(
            Text(
                zh="这个上传停顿过久，或已由另一个连接接手。",
                en="This upload fell silent, or another connection took it over.",
            ),
            remedy=START_OVER,
        )
