"""What is declined about the electronic log, in the reader's words."""

from __future__ import annotations

from domain.refusals import Refusal
from domain.text import Text


class NoteDiffers(Refusal):
    """Another content came under the id of something that is in the log already."""

    code = "note-differs"

    def __init__(self) -> None:
        super().__init__(
            Text(
                zh="同一编号的记录已经收到，但内容不同。",
                en="Something else was received under this id before.",
            ),
            remedy=Text(
                zh="日志不能改写。如需更正，请另写一条，写明更正哪一条。",
                en="The log is never edited: write a new note that corrects the old one.",
            ),
            field="$.id",
        )


class NamelessHandover(Refusal):
    """Nobody in particular hands a shift over, or takes it over."""

    code = "nameless-handover"
    status = 403

    def __init__(self) -> None:
        super().__init__(
            Text(zh="交接班必须有姓名。", en="A shift is handed over by name."),
            remedy=Text(
                zh="请用本人手机办理，或在控制台选择本人姓名。",
                en="Use your own phone, or choose your name at the console.",
            ),
        )


class OwnHandover(Refusal):
    """Who hands over wants to take over."""

    code = "own-handover"
    status = 403

    def __init__(self) -> None:
        super().__init__(
            Text(zh="交班人不能自己接班。", en="Nobody takes over from himself."),
            remedy=Text(
                zh="请接班人用本人手机或在控制台以本人姓名接班。",
                en="Have the successor accept it on the successor's own phone or at the console.",
            ),
        )


class NoSuccessor(Refusal):
    """Whoever is to take over has no post at the station or above it."""

    code = "no-successor"
    status = 422

    def __init__(self, person: str, station: Text) -> None:
        super().__init__(
            Text(
                zh=f"{person:.40}不在“{station.zh}”任职，不能接班。",
                en=f'{person:.40} has no post at "{station.en}" and cannot take over.',
            ),
            remedy=Text(
                zh="请选择本站人员，或交给岗位。",
                en="Choose a colleague of the station, or hand over to a post.",
            ),
            field="$.to_person",
        )


class NotTheSuccessor(Refusal):
    """The shift was handed over to somebody else."""

    code = "not-the-successor"
    status = 403

    def __init__(self, to: Text) -> None:
        super().__init__(
            Text(zh=f"这一班是交给{to.zh}的。", en=f"This shift was handed over to {to.en}."),
            remedy=Text(
                zh="请本人接班；若换了人，请交班人重新交一次班。",
                en="Have them accept it; if somebody else takes over, hand over once more.",
            ),
        )


class TakenOver(Refusal):
    """Somebody else has taken the shift over already."""

    code = "taken-over"

    def __init__(self, by: str) -> None:
        super().__init__(
            Text(zh=f"这一班已由{by:.40}接班。", en=f"{by:.40} has taken this shift over."),
            remedy=Text(
                zh="无需再接；有补充请写一条记录。",
                en="There is nothing left to accept; write a note if something is missing.",
            ),
        )
