"""What procedures decline, in the reader's words."""

from datetime import date

from domain.refusals import Refusal
from domain.text import Text

SCAN_AGAIN = Text(
    zh="请重新扫描现场二维码，载入当前的检查表。",
    en="Scan the code on site again to load the current form.",
)
BOTH_ARE_KEPT = Text(
    zh="两份内容都已保留，请站经理在控制台核对；如需更正，请重新填写一份。",
    en="Both are kept: the station manager compares them at the console. "
    "To correct something, fill in a new form.",
)
ENOUGH_ARE_KEPT = Text(
    zh="与它不同的表单已保留多份，这一份不再保留；如需更正，请重新扫码填写一份。",
    en="Many others are kept beside it, this one is not: scan the code and fill in a new form.",
)
ASK_FOR_NEW_CODE = Text(
    zh="请联系站经理，在控制台“点位与手机”里重新打印二维码。",
    en="Ask the station manager for a new label: console, Points & phones.",
)


class AnswersDiffer(Refusal):
    """A form came under the id of another one; `kept` beside it, unless there are many already."""

    code = "answers-differ"

    def __init__(self, number: int, *, kept: bool = True) -> None:
        super().__init__(
            Text(
                zh=f"同一编号的检查已收到（第 {number} 号），但内容不同。",
                en=f"This inspection was received before as no. {number}, with other content.",
            ),
            remedy=BOTH_ARE_KEPT if kept else ENOUGH_ARE_KEPT,
        )


class IdTaken(Refusal):
    """A form came under the id of an inspection that its sender does not see."""

    # The way out is the same one, and phones offer it by this code.
    code = AnswersDiffer.code

    def __init__(self) -> None:
        super().__init__(
            Text(zh="这个编号已被另一份检查使用。", en="Another inspection has this id already."),
            remedy=Text(zh="请作为新表再提交一次。", en="Send it once more as a new form."),
            field="$.id",
        )


class EditionNotInForce(Refusal):
    """The form was filled for another edition than the one of the day."""

    code = "edition-not-in-force"

    def __init__(self, answered: str, in_force: str, day: date) -> None:
        super().__init__(
            Text(
                zh=f"这份表按 {answered} 版填写，但 {day} 执行的是 {in_force} 版。",
                en=f"This form was filled for edition {answered}, but {in_force} held on {day}.",
            ),
            remedy=SCAN_AGAIN,
            field="$.edition",
        )


class UnknownCode(Refusal):
    """No scan point ever had this code."""

    code = "unknown-code"
    status = 404

    def __init__(self) -> None:
        super().__init__(
            Text(zh="系统里没有这个二维码。", en="This code is not known here."),
            remedy=Text(
                zh="请确认扫的是本公司张贴的二维码；仍不行请联系站经理。",
                en="Make sure it is one of the company's labels; else ask the station manager.",
            ),
            field="$.token",
        )


class CodeWithdrawn(Refusal):
    """The code was replaced or withdrawn."""

    code = "code-withdrawn"
    status = 410

    def __init__(self, point: Text) -> None:
        super().__init__(
            Text(
                zh=f"“{point.zh}”的这张二维码已停用。",
                en=f'This label of "{point.en}" is no longer in force.',
            ),
            remedy=ASK_FOR_NEW_CODE,
            field="$.token",
        )


class OutOfSight(Refusal):
    """The station is not in the sender's charge."""

    code = "out-of-sight"
    status = 403

    def __init__(self, station: Text) -> None:
        super().__init__(
            Text(
                zh=f"您没有“{station.zh}”的检查权限。",
                en=f'"{station.en}" is not in your charge.',
            ),
            remedy=Text(
                zh="请联系上级单位在系统中为您授权。",
                en="Ask the level above to give you a role there.",
            ),
        )


class DeviceWithdrawn(Refusal):
    """The phone's enrolment was ended."""

    code = "device-withdrawn"
    status = 410

    def __init__(self) -> None:
        super().__init__(
            Text(zh="这部手机的绑定已被解除。", en="This phone's enrolment was withdrawn."),
            remedy=Text(
                zh="请联系站经理重新绑定；手机里未发送的内容不会丢失。",
                en="Ask the station manager to enrol it again; nothing unsent is lost.",
            ),
        )


class WrongEnrolmentCode(Refusal):
    """The one-time code is unknown, used or too old."""

    code = "wrong-enrolment-code"
    status = 403

    def __init__(self) -> None:
        super().__init__(
            Text(zh="绑定码不正确、已使用或已过期。", en="The code is wrong, used, or too old."),
            remedy=Text(
                zh="请站经理在控制台“点位与手机”里重新生成绑定码（10 分钟内有效）。",
                en="Ask for a new one: console, Points & phones (good for 10 minutes).",
            ),
            field="$.code",
        )


class Unknown(Refusal):
    """Something named by its id is not there."""

    code = "unknown"
    status = 404

    def __init__(self, what: Text, named: str) -> None:
        super().__init__(
            Text(zh=f"没有这个{what.zh}：{named:.80}。", en=f"There is no {what.en} {named:.80}."),
            remedy=Text(zh="请核对编号后重试。", en="Check the id and try again."),
        )


class Unfit(Refusal):
    """A value that does not fit; says which and why."""

    code = "unfit"
    status = 422


class ChecksumDiffers(Refusal):
    """The bytes that arrived are not the ones that the form announced."""

    code = "checksum-differs"
    status = 460

    def __init__(self, name: str) -> None:
        super().__init__(
            Text(
                zh=f"文件“{name:.80}”的内容与表单登记的不一致。",
                en=f'The bytes of "{name:.80}" are not the ones the form announced.',
            ),
            remedy=Text(zh="手机会重新上传这个文件。", en="The phone uploads the file again."),
        )


class NotAPicture(Refusal):
    """A file announced as a picture is none."""

    code = "not-a-picture"
    status = 415

    def __init__(self, name: str) -> None:
        super().__init__(
            Text(zh=f"文件“{name:.80}”不是可以识别的图片。", en=f'"{name:.80}" is not a picture.'),
            remedy=Text(
                zh="请重新拍照；JPEG、PNG、WebP、HEIC 均可。",
                en="Take the picture again; JPEG, PNG, WebP and HEIC are taken.",
            ),
        )
