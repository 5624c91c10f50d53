"""What things and people of the demonstration chain are called. The region is invented."""

from __future__ import annotations

from typing import NamedTuple

from domain.text import Text


class Unit(NamedTuple):
    """A unit with its short name, the number of its areas, and its stations."""

    name: Text
    short: Text
    areas: int
    stations: tuple[Text, ...]


def _stations(listed: str) -> tuple[Text, ...]:
    """Stations from `中文=English` pairs parted by commas."""
    pairs = (pair.strip().split("=") for pair in listed.split(","))
    return tuple(Text(zh=f"{zh}加油站", en=f"{en} Station") for zh, en in pairs)


def _unit(zh: str, en: str, areas: int, stations: str) -> Unit:
    return Unit(
        Text(zh=f"{zh}分公司", en=f"{en} Branch"), Text(zh=zh, en=en), areas, _stations(stations)
    )


COMPANY = Text(zh="齐原石油销售公司", en="Qiyuan Petroleum Marketing Company")

UNITS = (
    _unit(
        "齐原城区",
        "Qiyuan City",
        3,
        "东关=Dongguan, 迎宾路=Yingbin Road, 建设路=Jianshe Road, 和平路=Heping Road, "
        "北环=North Ring, 文汇路=Wenhui Road, 开发区=Development Zone, 火车站=Railway Square, "
        "南郊=Nanjiao, 西苑=Xiyuan, 金桥=Jinqiao, 高铁新城=Gaotie New Town",
    ),
    _unit(
        "临沅市",
        "Linyuan",
        3,
        "沅河=Yuanhe, 柳林=Liulin, 官庄=Guanzhuang, 青石桥=Qingshiqiao, 大王庄=Dawangzhuang, "
        "马家店=Majiadian, 物流园=Logistics Park, 临沅东=Linyuan East, 新世纪=Xinshiji, "
        "龙湾=Longwan",
    ),
    _unit(
        "安河县",
        "Anhe",
        3,
        "安河城关=Anhe Town, 桃园=Taoyuan, 双庙=Shuangmiao, 小店=Xiaodian, 河口桥=Hekouqiao, "
        "范集=Fanji, 杨庄=Yangzhuang, 三里铺=Sanlipu, 北辛=Beixin, 安河服务区=Anhe Service Area",
    ),
    _unit(
        "云丘县",
        "Yunqiu",
        2,
        "云丘城南=Yunqiu South, 石门=Shimen, 黄岭=Huangling, 白马=Baima, 山口=Shankou, "
        "松林=Songlin, 上庄=Shangzhuang, 云丘北=Yunqiu North, 凤凰岭=Fenghuangling",
    ),
    _unit(
        "文渠市",
        "Wenqu",
        2,
        "文渠中心=Wenqu Central, 书院街=Shuyuan Street, 渠首=Qushou, 孟家湾=Mengjiawan, "
        "平安路=Ping'an Road, 高庄=Gaozhuang, 曹寨=Caozhai, 文渠西=Wenqu West, 九里=Jiuli",
    ),
    _unit(
        "石洼县",
        "Shiwa",
        2,
        "石洼城关=Shiwa Town, 盐场=Yanchang, 草桥=Caoqiao, 大洼=Dawa, 刘集=Liuji, "
        "丁字路=Dingzi Road, 石洼港=Shiwa Port, 清河=Qinghe",
    ),
    _unit(
        "东济县",
        "Dongji",
        2,
        "东济中心=Dongji Central, 渡口=Dukou, 兴隆=Xinglong, 陶庄=Taozhuang, 八里庙=Balimiao, "
        "东济北=Dongji North, 南辛庄=Nanxinzhuang",
    ),
    _unit(
        "岚口县",
        "Lankou",
        2,
        "岚口港=Lankou Port, 海滨路=Haibin Road, 渔湾=Yuwan, 岚口东=Lankou East, 望海=Wanghai, "
        "沙岭=Shaling",
    ),
)

ORDINALS = ("一", "二", "三")

SURNAMES = (
    "王王王王张张张张李李李李刘刘刘陈陈孙孙赵赵杨周徐马朱胡高郭于宋林吴韩曹董丁姜崔吕"
    "孟秦邵尹段孔冯苏魏薛卢田石常侯邹任袁毕滕盖隋曲庄辛"
)
"""Each as often as one meets it in such a region."""

_GIVEN_NAMES = """
    建国 建军 建华 志强 志刚 国强 国栋 海涛 海波 永刚 永强 文斌 文杰 明辉 庆华 庆海 德胜 兴旺
    玉珍 玉兰 秀英 秀梅 桂香 桂芝 丽华 丽娟 春燕 春梅 晓燕 晓东 晓峰 晓丽 雪梅 海霞 红梅 爱华
    佳宁 佳琪 子涵 雨欣 欣怡 浩然 俊杰 宇航 思远 梦瑶 文静 婷婷 亚男 亚楠 立新 立伟 洪涛 洪亮
    传宝 传芳 继承 守信 守义 振华 振东 学军 学芹 延芳 延东 茂盛 凤霞 凤英 金玲 金涛 长青 长江
    伟 强 磊 军 勇 涛 超 鹏 斌 波 辉 刚 静 敏 丽 艳 娟 霞 燕 玲 芳 琳 洁 莉 娜 倩 雪 颖 凯 帅
    鑫 昊 宁 峰 健 平 岩 冰 蕾 萍
"""
GIVEN = tuple(_GIVEN_NAMES.split())

PHONES = ("Mate 60", "P50", "nova 12", "荣耀 90", "小米 14", "Redmi K70", "vivo X100", "OPPO A3")
"""Phones as people name theirs."""
