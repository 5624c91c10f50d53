"""Points & phones (点位与手机): stations, their codes, the phones, and whatever sets a chain up."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.containers import Horizontal, Vertical

from domain.text import Text
from tui.screens.base import RegisterScreen
from tui.screens.points_dialogs import CodeShown, Enrolling, Offer
from tui.screens.points_keys import POINTS_KEYS
from tui.screens.points_lines import (
    EVERYTHING,
    PHONES,
    POINTS,
    STATIONS,
    Listed,
    PhoneLine,
    PointLine,
    StationLine,
    listed,
    phones_of,
    points_of,
)
from tui.screens.points_posts import HandingOn
from tui.widgets.choose import Choice, Choose
from tui.widgets.dialogs import Question
from tui.widgets.roster import Roster

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from domain.text import Lang

NONE_CHOSEN = Text(zh="请先选中一个点位。", en="Choose a point first.")
NO = Text(zh="取消", en="cancel")


class PointsScreen(HandingOn, RegisterScreen[Listed]):
    """Stations on the left; points with their codes, and phones, on the right."""

    NAME = Text(zh="点位与手机", en="Points & phones")
    ABOUT = Text(
        # Lines of our own: left alone they break at the blanks beside Latin letters only.
        zh="左边是加油站，右边是它的点位、二维码和绑定的手机。\n"
        "Tab 切换列表，Enter 显示二维码。\n"
        "新系统从这里开始：加单位和加油站（s），加点位（a），\n"
        "加人员（o），绑定手机（b），打印标签（e）。\n"
        "有人离岗或换岗按 h：任务随岗位移交。",
        en="Stations on the left, their points, codes and phones on the right. "
        "Tab changes the list, Enter shows a code. A new system begins here: places (s), "
        "points (a), people (o), phones (b), labels (e). h hands a post on, with its duties.",
    )
    CSS_PATH = "points.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*POINTS_KEYS]

    def compose_body(self) -> ComposeResult:
        """Three lists."""
        with Horizontal(id="chain"):
            none = Text(zh="还没有加油站：按 s 新增", en="No station yet: s adds one")
            yield Roster[StationLine](STATIONS, lambda line: line.id, empty=none, id="stations")
            with Vertical():
                none = Text(zh="没有点位：按 a 新增", en="No points: a adds one")
                yield Roster[PointLine](POINTS, lambda line: line.point.id, empty=none, id="points")
                none = Text(zh="没有手机：按 b 绑定", en="No phones: b enrols one")
                yield Roster[PhoneLine](
                    PHONES, lambda line: line.device.id, empty=none, id="phones"
                )

    def read(self) -> Listed:
        """The organisation as it is now, and when codes were issued."""
        from domain.point_kinds import POINT_KINDS
        from domain.register.codes import issued

        with self.register.read() as connection:
            moments = issued(connection)
        asker = self.asker
        return listed(asker.directory, asker.sight, moments, POINT_KINDS)

    def show(self, answer: Listed) -> None:
        """Fill the lists, keeping what is chosen."""
        self.stations.fill(answer.stations if len(answer.stations) > 1 else (), self.lang)
        self._show_station(answer)

    def say(self, lang: Lang) -> None:
        """Name the lists."""
        self.stations.border_title = Text(zh="加油站", en="Stations").in_(lang)
        self.points.border_title = Text(zh="点位与二维码", en="Points and codes").in_(lang)
        self.phones.border_title = Text(zh="手机", en="Phones").in_(lang)

    @property
    def stations(self) -> Roster[StationLine]:
        """The list on the left."""
        return self.query_one("#stations", Roster)

    @property
    def points(self) -> Roster[PointLine]:
        """The list of points."""
        return self.query_one("#points", Roster)

    @property
    def phones(self) -> Roster[PhoneLine]:
        """The list of phones."""
        return self.query_one("#phones", Roster)

    @property
    def station(self) -> str:
        """The chosen station, or `EVERYTHING`."""
        return self.stations.chosen.id if self.stations.chosen else EVERYTHING

    @property
    def station_at_hand(self) -> str | None:
        """The station under the cursor."""
        return self.station if self.station != EVERYTHING else None

    def on_roster_highlighted(self, event: Roster.Highlighted) -> None:
        """Show the points and phones of the station under the cursor."""
        if event.roster is self.stations and self._answer is not None:
            self._show_station(self._answer)

    def on_roster_chosen(self, event: Roster.Chosen) -> None:
        """Enter: from a station to its points, from a point to its code."""
        if event.roster is self.stations:
            self.points.focus()
        elif event.roster is self.points:
            self._show_code(event.line)

    def _show_station(self, answer: Listed) -> None:
        self.points.fill(points_of(answer, self.station), self.lang)
        self.phones.fill(phones_of(answer, self.station), self.lang)

    def _show_code(self, line: PointLine) -> None:
        token = line.point.token
        if token is None:
            self.tell(
                Text(zh="这个点位没有在用的二维码，按 r 签发。", en="It has no code: r issues one.")
            )
            return
        from domain.exports.terminal_code import code_url

        url = code_url(self.base_url, token)
        name, station = line.point.name, line.station
        self.app.push_screen(CodeShown(name, station, url, self.lang, unheard=self.unheard))

    def export_job(self) -> Callable[[], Path] | None:
        """What writes the label sheet of the chosen station."""
        if self._answer is None:
            return None
        shown = points_of(self._answer, self.station)
        points = [line.point for line in shown if line.issued_at]
        if not points:
            return None
        from tui.exporting import export_labels

        return partial(export_labels, self.register, points, self.base_url, self.lang)

    def action_reissue(self) -> None:
        """Replace the code of the chosen point, once confirmed."""
        from domain.procedures.points import reissue_code

        if (line := self.points.chosen) is None:
            self.tell(NONE_CHOSEN)
            return
        name = _whole_name(line)
        asked = Text(
            zh=f"给“{name.zh}”换新二维码？已张贴的旧标签将立即作废，需要重新打印。",
            en=f'Replace the code of "{name.en}"? The label that hangs there ends at once.',
        )
        done = Text(zh="新二维码已签发，请打印并张贴。", en="A new code is issued: print it.")
        act = partial(self.carry_out, reissue_code, line.point.id, done=done)
        self._confirm(asked, Text(zh="换码", en="reissue"), act)

    def action_withdraw(self) -> None:
        """End the chosen phone's enrolment, or the chosen point's code, once confirmed."""
        if self.phones.has_focus:
            self._withdraw_phone()
        else:
            self._withdraw_code()

    def _withdraw_phone(self) -> None:
        from domain.procedures.enrolment import withdraw_device

        if (line := self.phones.chosen) is None:
            return
        asked = Text(
            zh=f"解绑 {line.person} 的“{line.device.name}”？它以后提交的内容会被拒绝。",
            en=f'End the enrolment of "{line.device.name}" ({line.person})? '
            "What it sends is refused from then on.",
        )
        done = Text(zh="手机已解绑。", en="The phone is withdrawn.")
        act = partial(self.carry_out, withdraw_device, line.device.id, done=done)
        self._confirm(asked, Text(zh="解绑", en="withdraw"), act)

    def _withdraw_code(self) -> None:
        from domain.procedures.points import withdraw_code

        if (line := self.points.chosen) is None:
            self.tell(NONE_CHOSEN)
            return
        name = _whole_name(line)
        asked = Text(
            zh=f"停用“{name.zh}”的二维码？之后扫码会提示已停用。",
            en=f'End the code of "{name.en}"? Whoever scans it is told so.',
        )
        done = Text(zh="二维码已停用。", en="The code is withdrawn.")
        act = partial(self.carry_out, withdraw_code, line.point.id, done=done)
        self._confirm(asked, Text(zh="停用", en="withdraw"), act)

    def _confirm(self, asked: Text, yes: Text, act: Callable[[], None]) -> None:
        def answered(sure: bool | None) -> None:
            if sure:
                act()

        self.app.push_screen(Question(asked, yes, NO, self.lang), answered)

    def action_enrol(self) -> None:
        """Choose a person, then show the one-time code."""
        directory, lang = self.register.directory, self.lang
        choices = [
            Choice(person.id, person.name, self.roles_of(person, lang), person.id)
            for person in self.people_near(self.station)
        ]
        if not choices:
            self.tell(Text(zh="还没有人员：按 o 新增。", en="There are no people yet: o adds one."))
            return
        title = Text(zh="给谁绑定手机？", en="Whose phone?").in_(lang)

        def chosen(choice: Choice[str] | None) -> None:
            if choice is not None:
                self._offer(choice.value, directory.person_name(choice.value))

        self.app.push_screen(Choose(title, choices, lang), chosen)

    def _offer(self, person: str, name: str) -> None:
        from domain.procedures.enrolment import GOOD_FOR, offer_enrolment

        now = self.register.clock()

        def offered(code: str) -> None:
            offer = Offer(person, name, code, now, now + GOOD_FOR)
            shown = Enrolling(self.register, offer, self.base_url, self.lang, unheard=self.unheard)
            self.app.push_screen(shown)

        self.carry_out(offer_enrolment, person, done=offered)


def _whole_name(line: PointLine) -> Text:
    """A point with its station: there is a cashier's desk at every one."""
    station, point = line.station, line.point.name
    return Text(zh=f"{station.zh}·{point.zh}", en=f"{station.en}, {point.en}")
