"""What phrases of Chinese check lists cost, one by one; and which of them are doubtful."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.checklists.phrases import Fault, Wording, wording
from domain.checklists.units import Units
from domain.counting import COUNTED_BY


def read(text: str) -> Wording:
    return wording(text, Units())


def cost(fault: Fault) -> str:
    """`1 place`, `0.5 缺一种 2:1`, `all`, `veto`."""
    words = [str(fault.points), fault.per] if fault.points else []
    words += [f"{step.first}:{step.points}" for step in fault.steps]
    words += [f"free {fault.free}"] if fault.free else []
    words += ["all"] if fault.whole is not None else []
    return " ".join([*words, *(["veto"] if fault.veto else [])])


CERTAIN = {
    "有积水，每处扣1分": ["1 place"],
    "有积水，每处扣１．５分": ["1.5 place"],
    "有积水，每 处扣 1 分": ["1 place"],
    "未问候的，每人次扣2分；扣完为止": ["2 person-time"],
    "每缺一项扣2分": ["2 missing-item"],
    "每缺少1项记录扣2分": ["2 missing-item"],
    "每发现一处不合格，扣1分": ["1 place"],
    "发现一次扣3分": ["3 occurrence"],
    "未建立制度的扣1分": ["1 flat"],
    "引起投诉一次性扣四分": ["4 flat"],
    "扣半分": ["0.5 flat"],
    "扣十二分": ["12 flat"],
    "灯具损坏扣1分/盏": ["1 盏"],
    "扣2分／人次": ["2 person-time"],
    "超时每超过5分钟扣1分": ["1 超过5分钟"],
    "缺1种扣0.5分，缺2种及以上扣1分": ["0.5 缺一种 2:1"],
    "一处扣1分，二至三处扣2分，四处以上扣5分": ["1 place 2:2 4:5"],
    "前两处不扣分，第三处起每处扣1分": ["1 place free 2"],
    "未巡检的本项不得分": ["all"],
    "吸烟，一票否决": ["veto"],
    "吸烟扣5分，并一票否决": ["5 flat veto"],
    "统一着装未做到扣1分": ["1 flat"],
    "纽扣未系，每人次扣0.5分": ["0.5 person-time"],
    "不重视分类，每项扣1分；未分类扣2分": ["1 item", "2 flat"],
}
DOUBTFUL = {
    "视情节扣0.5～1分": ["视情节", "扣0.5～1分"],
    "扣1至3分": ["扣1至3分"],
    "酌情扣分": ["酌情扣分"],
    "一处不合格扣0.5分": ["一处不合格扣0.5分"],
    "缺一项扣1分": ["缺一项扣1分"],
    "每日巡检未做扣2分": ["每日巡检未做扣2分"],
    "甲或乙（二选一）扣2分": ["（二选一）"],
    "首次扣1分，第二次扣2分": ["首次", "第二次"],
    "一次扣2分，两次扣5分": ["一次扣2分，两次扣5分"],
    "一次扣2分，两次及以上扣1分": ["一次扣2分，两次及以上扣1分"],
    "缺一项扣1分，缺三项以上不得分": ["缺一项扣1分", "缺三项以上"],
    "未洗手每次1分，未戴帽扣2分": ["1分"],
    "每处扣1分，上限5分": ["上限5分"],
    "不合格的，扣1分每处": ["每处"],
    "脏污扣1分，情节严重的加倍扣分": ["情节严重的加倍扣分"],
    "每台加油机每处扣1分": ["每台加油机"],
    "违规动火，总分记零分": ["总分记零分"],
    "罚款50元": ["罚"],
    "扣十十分": ["扣十十分"],
    "每处扣1分，同类问题不累计": ["同类问题不累计"],
}


@pytest.mark.parametrize("text", CERTAIN)
def test_a_phrase_that_is_certain_is_read_without_a_doubt(text: str) -> None:
    said = read(text)
    assert ([cost(fault) for fault in said.faults], said.doubts) == (CERTAIN[text], [])


@pytest.mark.parametrize("text", DOUBTFUL)
def test_a_phrase_that_is_not_certain_is_a_doubt(text: str) -> None:
    assert [stood for stood, _ in read(text).doubts] == DOUBTFUL[text]


@pytest.mark.parametrize(
    "text", ["最多扣3分", "累计最高扣3分", "扣完3分为止", "累计不超过3分", "本条最多扣三分为止"]
)
def test_a_cap_of_the_criterion_is_read(text: str) -> None:
    assert read(f"有积水，每处扣1分，{text}").cap == Decimal(3)


def test_minutes_are_no_points() -> None:
    said = read("离岗不超过5分钟不算，超过5分钟扣1分")
    assert (said.cap, [cost(fault) for fault in said.faults]) == (None, ["1 flat"])


def test_text_before_a_full_stop_is_the_standard() -> None:
    said = read("现场整洁。有积水，每处扣1分")
    assert (said.text, said.faults[0].text) == ("现场整洁", "有积水")


def test_a_numbered_line_is_a_fault_without_its_number() -> None:
    said = read("1.有积水，每处扣1分；\n2、有油污，每处扣2分。\n（3）有落叶扣1分")
    assert [fault.text for fault in said.faults] == ["有积水", "有油污", "有落叶"]


@pytest.mark.parametrize("unit", sorted(set(COUNTED_BY) - {"flat"}))
def test_every_counting_unit_is_known_by_its_words(unit: str) -> None:
    (fault,) = read(f"某事，{COUNTED_BY[unit].zh}扣1分").faults
    assert fault.per == unit


@given(
    st.text(
        alphabet="每处次人项缺一二1０.5扣分完为止，。；：的不得否决票加（）～/\n前起及以上",
        max_size=60,
    )
)
def test_whatever_is_written_is_read_to_an_end(text: str) -> None:
    said = read(text)
    assert all(fault.points >= 0 for fault in said.faults)
