"""What the receiver itself declines: before a procedure is asked, or in its place."""

from domain.refusals import Refusal
from domain.text import Text

UPDATE_THE_PAGE = Text(
    zh="请重新扫码打开页面后重试；手机里的内容不会丢失。",
    en="Scan the code again to reload the page, then retry; nothing on the phone is lost.",
)
SEE_THE_SCHEMA = Text(
    zh="请重新扫码打开最新页面后重发；接口格式见 /schema/openapi.json。",
    en="Scan the code again to reload the page and resend; programs: see /schema/openapi.json.",
)


class NotEnrolled(Refusal):
    """No key, or one that no phone has."""

    code = "not-enrolled"
    status = 401

    def __init__(self) -> None:
        super().__init__(
            Text(zh="这部手机还没有绑定。", en="This phone is not enrolled."),
            remedy=Text(
                zh="请站经理在控制台“点位与手机”里生成绑定码，在手机上打开 /enrol 输入。",
                en="Ask for a code (console, Points & phones) and enter it at /enrol.",
            ),
        )


class Malformed(Refusal):
    """The body cannot be read at all."""

    code = "malformed"
    status = 400

    def __init__(self) -> None:
        super().__init__(
            Text(zh="发来的内容不是有效的 JSON。", en="What was sent is not valid JSON."),
            remedy=UPDATE_THE_PAGE,
            field="$",
        )


class WrongShape(Refusal):
    """A value in the body or in the address is not of the kind that belongs there."""

    code = "wrong-shape"
    status = 400

    def __init__(self, reason: Text, field: str) -> None:
        super().__init__(reason, remedy=SEE_THE_SCHEMA, field=field)


class WrongContentType(Refusal):
    """The body is declared as something that is not taken here."""

    code = "wrong-content-type"
    status = 415

    def __init__(self, wanted: str) -> None:
        super().__init__(
            Text(zh="内容类型不对。", en="The content type is wrong."),
            remedy=Text(
                zh=f"请用 Content-Type: {wanted} 发送。", en=f"Send it as Content-Type: {wanted}."
            ),
        )


class TooLarge(Refusal):
    """The body is larger than anything that belongs here."""

    code = "too-large"
    status = 413

    def __init__(self) -> None:
        super().__init__(
            Text(zh="发来的内容太大。", en="What was sent is too large."),
            remedy=Text(
                zh="表单不得超过 1 MiB；图片和视频请另行上传。",
                en="A form is 1 MiB at most; pictures and videos are uploaded apart.",
            ),
        )


class ClientGone(Refusal):
    """The connection broke before all had come; nobody reads this."""

    code = "client-gone"
    status = 400

    def __init__(self) -> None:
        super().__init__(
            Text(zh="连接中断。", en="The connection broke."),
            remedy=Text(zh="手机会自动重发。", en="The phone sends again by itself."),
        )


class TooMany(Refusal):
    """Too many attempts in too short a time.

    Attributes:
        retry_after: Whole seconds after which the next one is let through.
    """

    code = "too-many"
    status = 429

    def __init__(self, retry_after: int) -> None:
        super().__init__(
            Text(zh="尝试过于频繁。", en="Too many attempts."),
            remedy=Text(
                zh=f"请在 {retry_after} 秒后重试。", en=f"Try again in {retry_after} seconds."
            ),
        )
        self.retry_after = retry_after


class NoSuchPage(Refusal):
    """Nothing lives at this address."""

    code = "no-such-page"
    status = 404

    def __init__(self) -> None:
        super().__init__(
            Text(zh="没有这个地址。", en="There is nothing at this address."),
            remedy=Text(
                zh="请扫描现场张贴的二维码，或打开首页 / 。",
                en="Scan one of the printed codes, or open the start page at / .",
            ),
        )


class NotThatWay(Refusal):
    """The address is right, the method is not."""

    code = "method-not-allowed"
    status = 405

    def __init__(self) -> None:
        super().__init__(
            Text(zh="这个地址不接受这种操作。", en="This address does not take that method."),
            remedy=SEE_THE_SCHEMA,
        )


class NoHttp(Refusal):
    """What came cannot be read as a request at all."""

    code = "no-http"
    status = 400

    def __init__(self) -> None:
        super().__init__(
            Text(zh="发来的不是有效的 HTTP 请求。", en="What was sent is no valid HTTP request."),
            remedy=Text(
                zh="请用手机浏览器打开；若经过代理，请关闭代理后重试。",
                en="Use a phone's browser; if there is a proxy on the way, try without it.",
            ),
        )


class Crowded(Refusal):
    """More connections are open than are served at once."""

    code = "crowded"
    status = 503

    def __init__(self) -> None:
        super().__init__(
            Text(zh="同时连接的设备太多。", en="Too many devices are connected at once."),
            remedy=Text(
                zh="请稍后重试；手机会自动重发。",
                en="Try again in a moment; the phone sends again by itself.",
            ),
        )


class Fault(Refusal):
    """A mistake of ours; the log has the details, the reader gets none."""

    code = "fault"
    status = 500

    def __init__(self) -> None:
        super().__init__(
            Text(zh="服务器内部出错。", en="The server made a mistake."),
            remedy=Text(
                zh="内容保留在手机里，请稍后重试；仍不行请联系站经理。",
                en="It stays on the phone: try again later, else tell the station manager.",
            ),
        )


class NotHere(Refusal):
    """A picture or video that did not arrive, or that the asker may not see."""

    code = "not-here"
    status = 404

    def __init__(self) -> None:
        super().__init__(
            Text(
                zh="没有这个图片或视频，或您无权查看。",
                en="There is no such picture or video, or it is not in your charge.",
            ),
            remedy=Text(
                zh="可能还在上传，请稍后重试。", en="It may still be on its way: try again later."
            ),
        )


class NoPreview(Refusal):
    """A file of which no small picture can be made."""

    code = "no-preview"
    status = 404

    def __init__(self) -> None:
        super().__init__(
            Text(zh="这个文件没有缩略图。", en="There is no preview of this file."),
            remedy=Text(zh="请打开原文件查看。", en="Open the file itself."),
        )
