"""What may carry a code at a station: the kinds of scan points (点位)."""

from __future__ import annotations

from domain.text import Text

POINT_KINDS: dict[str, Text] = {
    "pump": Text(zh="加油机", en="Pump"),
    "unloading": Text(zh="卸油口", en="Unloading point"),
    "manhole": Text(zh="人孔井", en="Manhole"),
    "tank_farm": Text(zh="罐区", en="Tank farm"),
    "vent": Text(zh="通气管", en="Vent pipes"),
    "power_room": Text(zh="配电室", en="Power room"),
    "generator": Text(zh="发电机", en="Generator"),
    "cashier": Text(zh="收银台", en="Cashier's desk"),
    "safe": Text(zh="保险柜", en="Safe"),
    "invoices": Text(zh="发票柜", en="Invoice cabinet"),
    "store": Text(zh="便利店", en="Store"),
    "stockroom": Text(zh="库房", en="Stockroom"),
    "fire": Text(zh="消防器材", en="Fire equipment"),
    "surveillance": Text(zh="监控室", en="Surveillance"),
    "toilet": Text(zh="卫生间", en="Toilet"),
    "other": Text(zh="其他", en="Other"),
}
"""What may carry a code at a station."""
