"""The counting units of clauses (每次, 每项 …): what one deduction is counted by."""

from __future__ import annotations

from domain.text import Text

COUNTED_BY: dict[str, Text] = {
    "flat": Text(zh="一次性扣分", en="once, however often"),
    "occurrence": Text(zh="每次", en="per occurrence"),
    "item": Text(zh="每项", en="per item"),
    "item-time": Text(zh="每项次", en="per item and time"),
    "place": Text(zh="每处", en="per place"),
    "place-time": Text(zh="每处次", en="per place and time"),
    "area": Text(zh="每个区域", en="per area"),
    "person": Text(zh="每人", en="per person"),
    "person-time": Text(zh="每人次", en="per person and time"),
    "person-time-item": Text(zh="每人次每项", en="per person, time and item"),
    "vehicle-time": Text(zh="每车次", en="per vehicle and time"),
    "equipment": Text(zh="每台", en="per machine"),
    "equipment-time": Text(zh="每台次", en="per machine and time"),
    "equipment-place": Text(zh="每机每处", en="per place on each machine"),
    "piece": Text(zh="每件", en="per piece"),
    "piece-time": Text(zh="每（台）件次", en="per piece and time"),
    "item-piece": Text(zh="每项每件", en="per item on each piece"),
    "point": Text(zh="每个点", en="per test point"),
    "card": Text(zh="每张卡片", en="per card"),
    "transaction": Text(zh="每笔", en="per transaction"),
    "product": Text(zh="每种商品", en="per kind of goods"),
    "station": Text(zh="每站", en="per station"),
    "missing-item": Text(zh="每缺一项", en="per missing item"),
    "missing-or-wrong-item": Text(zh="每缺或错一项", en="per missing or wrong item"),
}
"""The counting units of clauses, as printed in appendix 1; their definitions are ours (fact L9)."""
