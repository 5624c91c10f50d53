"""Judging and scoring a form: everything about it that needs no records."""

from datetime import timedelta, timezone

import msgspec

from domain.canonical import canonical, digest
from domain.procedures.refusals import EditionNotInForce, Unfit
from domain.rulebook import Edition, Rulebooks
from domain.scoring import Tally, tally
from domain.storable import is_storable
from domain.submission import PICTURE_BYTES, Submission
from domain.text import Text

ESCAPED_NUL = rb"\u0000"
CHINA = timezone(timedelta(hours=8))
"""A form's day is the day at the station; China keeps one time zone and no summer time."""


class Weighed(msgspec.Struct, frozen=True):
    """A form with its score: everything about it that needs no records."""

    form: Submission
    sha256: str
    edition: Edition
    scored: Tally


def weigh(rulebooks: Rulebooks, form: Submission) -> Weighed:
    """Judge and score a form against its edition; pure, so it is done before the writer's turn.

    Raises:
        EditionNotInForce: Another edition held on the day of the inspection.
        Unfit: A moment out of this world, evidence that contradicts itself, or a text that no
            record can hold.
        Refusal: An id, count or N/A that the edition does not allow.
    """
    _check_moments(form)
    day = form.started_at.astimezone(CHINA).date()
    edition = rulebooks.in_force(form.rulebook, day)
    if form.edition != edition.edition:
        raise EditionNotInForce(form.edition, edition.edition, day)
    _check_evidence(form)
    scored = tally(edition, form.found, not_applicable=form.not_applicable, inputs=form.inputs)
    return Weighed(form, digest(_body(form)), edition, scored)


def _body(form: Submission) -> bytes:
    """The canonical bytes of a form, which the records can hold."""
    try:
        body = canonical(form)
    except UnicodeEncodeError:
        _check_texts(form)
        raise
    if ESCAPED_NUL in body:
        _check_texts(form)
    return body


def _check_texts(form: Submission) -> None:
    texts = [("$.note", form.note)]
    texts += [(f"$.found[{n}].note", found.note) for n, found in enumerate(form.found)]
    texts += [(f"$.evidence[{n}].name", item.name) for n, item in enumerate(form.evidence)]
    for place, text in texts:
        if not is_storable(text):
            raise Unfit(
                Text(zh="文字中有无法保存的字符。", en="The text holds a character of no script."),
                remedy=Text(
                    zh="请删除从别处粘贴的特殊字符后重试。",
                    en="Delete what was pasted from elsewhere and try again.",
                ),
                field=place,
            )


def _check_moments(form: Submission) -> None:
    """A clock may be years off and is only noted; what no calendar here can hold is refused."""
    taken = [item.taken_at for item in form.evidence if item.taken_at]
    for moment in (form.started_at, form.submitted_at, *taken):
        if not 1990 < moment.year < 2200:
            raise Unfit(
                Text(zh=f"时间不合理：{moment.year} 年。", en=f"No such time: year {moment.year}."),
                remedy=Text(
                    zh="请把手机时间调准后重新填写。",
                    en="Set the phone's clock right and fill the form in again.",
                ),
                field="$.started_at",
            )


def listed_twice() -> Unfit:
    """The refusal of evidence that this form or another one has listed already."""
    return Unfit(
        Text(zh="同一个附件被登记了两次。", en="A picture or video is listed twice."),
        remedy=Text(zh="请删除重复的附件后重发。", en="Remove the double one and send again."),
        field="$.evidence",
    )


def _check_evidence(form: Submission) -> None:
    announced = {item.id for item in form.evidence}
    named = [each for found in form.found for each in found.evidence]
    if len(announced) < len(form.evidence) or len(set(named)) < len(named):
        raise listed_twice()
    if not announced.issuperset(named):
        raise Unfit(
            Text(
                zh="有问题项引用了未登记的附件。",
                en="A finding names a picture that is not listed.",
            ),
            remedy=Text(zh="请重新添加该附件后重发。", en="Add the picture again and send."),
            field="$.evidence",
        )
    if any(item.kind == "picture" and item.size > PICTURE_BYTES for item in form.evidence):
        raise Unfit(
            Text(zh="图片超过 25 MB。", en="A picture is larger than 25 MB."),
            remedy=Text(zh="请用较低的分辨率重拍。", en="Take it again at a lower resolution."),
            field="$.evidence",
        )
