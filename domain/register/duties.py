"""Answers how duties stand: the board that a person looks at, and the news of a day.

Duties are worked out from calendars and the organisation, never stored; the records only have
what speaks for them (`duty_evidence`).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from sqlalchemy.engine import Connection

from domain.duties import Duty
from domain.duty_life import Excuse
from domain.duty_notices import Notice, notices_on, notices_until
from domain.duty_views import DutyBoard, DutyFilter, DutyLine, ExcuseLine
from domain.organisation import Directory
from domain.register.duties_kept import duties_of, stood_now
from domain.register.duty_draws import draw_line
from domain.register.duty_evidence import Stood, first_day
from domain.register.past_sheets import stations_in_sight
from domain.register.queries import Asker
from domain.windows import Span

EVERYTHING = DutyFilter()


def duty_board(
    connection: Connection,
    asker: Asker,
    span: Span,
    today: date,
    where: DutyFilter = EVERYTHING,
    *,
    due_only: bool = False,
) -> DutyBoard:
    """The duties in sight that are open on some day of the span, the most urgent first.

    A duty is in sight when all its stations are. A duty whose window only touches the span is in
    it: on any day of the month the monthly ones are.

    Args:
        due_only: Only those whose due day lies in the span.
    """
    begins = first_day(connection)
    duties = wanted_duties(asker, span, begins, where, due_only=due_only)
    stood = stood_now(connection, asker, duties, today)
    return _board(asker, stood, span, today, begins)


def told_today(
    connection: Connection, asker: Asker, today: date, where: DutyFilter = EVERYTHING
) -> DutyBoard:
    """The duties in sight of which something is told today, the most urgent first.

    Args:
        where: Of a person: what that person is told, whoever answers for the duty.
    """
    begins = first_day(connection)
    directory = asker.directory
    stood = [
        one
        for one in _news_of(connection, asker, begins, today, where.place)
        if any(
            where.person in (None, *notice.persons)
            for notice in notices_on(one.duty, one.standing.state, directory, today)
        )
    ]
    return _board(asker, stood, Span(today, today), today, begins)


def notices_of_today(
    connection: Connection, asker: Asker, today: date, place: str | None = None
) -> tuple[Notice, ...]:
    """What is to be told today about the duties in sight: reminders and escalations."""
    stood = _news_of(connection, asker, first_day(connection), today, place)
    return news_in(stood, asker.directory, today)


def news_in(stood: Iterable[Stood], directory: Directory, today: date) -> tuple[Notice, ...]:
    """What is to be told today about duties that stand so."""
    return tuple(
        notice
        for one in stood
        for notice in notices_on(one.duty, one.standing.state, directory, today)
    )


def wanted_duties(
    asker: Asker,
    span: Span,
    begins: date,
    where: DutyFilter,
    *,
    due_only: bool = False,
) -> list[Duty]:
    """The duties in sight of a span, those due before the records begin left out."""
    within = stations_in_sight(asker, where.place)
    return [
        one
        for one in duties_of(asker, span, within, due_only=due_only)
        if one.due >= begins and (where.person is None or where.person in one.persons)
    ]


def guessed_years(asker: Asker, span: Span) -> tuple[int, ...]:
    """The years from that of the span's first day to the one after it that are not published."""
    published = asker.rulebooks.working_days.published
    years = range(span.first.year, span.last.year + 2)
    return tuple(year for year in years if not published(year))


def _news_of(
    connection: Connection, asker: Asker, begins: date, today: date, place: str | None
) -> list[Stood]:
    """The duties of which something may be told today, as they stand."""
    return stood_now(connection, asker, newsworthy(asker, begins, today, place), today)


def newsworthy(asker: Asker, begins: date, today: date, place: str | None) -> list[Duty]:
    """The duties of which something may be told today."""
    news = (
        days
        for calendar in asker.rulebooks.calendars.editions
        for obligation in calendar.obligations
        for days in obligation.escalate
    )
    span = Span(max(today - timedelta(max(news, default=0)), begins), today)
    duties = wanted_duties(asker, span, begins, DutyFilter(place))
    return [one for one in duties if _may_be_told(one, today)]


def _board(asker: Asker, stood: list[Stood], span: Span, today: date, begins: date) -> DutyBoard:
    guessed = guessed_years(asker, span)
    lines = [
        _line(one, asker.directory, today, certain=one.duty.window.printed.year not in guessed)
        for one in stood
    ]
    paths = {place.id: place.path for place in asker.directory.places.values()}
    lines.sort(key=lambda one: (_urgency(one), one.due, paths[one.place], one.obligation))
    return DutyBoard(
        today=today,
        first=span.first,
        last=span.last,
        begins=begins,
        lines=tuple(lines),
        unpublished=tuple(year for year in guessed if year <= span.last.year),
    )


def _line(stood: Stood, directory: Directory, today: date, *, certain: bool) -> DutyLine:
    duty, standing = stood.duty, stood.standing
    one, window = duty.obligation, duty.window
    return DutyLine(
        id=duty.id,
        obligation=one.id,
        title=one.title,
        short=one.called,
        kind=one.kind,
        clause=one.clause,
        place=duty.place.id,
        place_name=duty.place.name,
        place_kind=duty.place.kind,
        post=duty.post.name,
        post_place=duty.post.place,
        persons=duty.persons,
        names=tuple(map(directory.person_name, duty.persons)),
        opens=window.opens,
        due=window.due,
        printed=window.printed,
        closes=window.closes,
        state=standing.state,
        done_on=standing.done_on,
        wanted=duty.cover.wanted,
        covered=standing.covered,
        inspections=standing.inspections,
        missing=tuple(sorted(standing.missing)),
        rulebooks=one.rulebooks,
        minutes=one.effort.minutes if one.effort else None,
        effort=one.effort.of if one.effort else None,
        result=one.result.title if one.result else None,
        appendix=one.result.appendix if one.result else None,
        days_left=(window.due - today).days,
        late=standing.state == "missed" and today <= window.closes,
        certain=certain or one.on_non_working_day == "keep",
        excuse=_excuse_line(stood.excuse, directory),
        told=notices_until(duty, standing.state, directory, today),
        draw=draw_line(duty, stood.draw, stood.sample, standing, directory) if stood.draw else None,
    )


def _excuse_line(excuse: Excuse | None, directory: Directory) -> ExcuseLine | None:
    if excuse is None:
        return None
    return ExcuseLine(directory.person_name(excuse.person), excuse.at, excuse.reason)


_AFTER_LATE = {"due": 1, "planned": 2, "missed": 3, "done_late": 4, "done": 5, "excused": 6}


def _urgency(line: DutyLine) -> int:
    return 0 if line.late else _AFTER_LATE[line.state]


def _may_be_told(duty: Duty, today: date) -> bool:
    """Whether today is one of the days on which something may be told about a duty."""
    days = (today - duty.due).days
    return days in duty.obligation.escalate or -days in duty.obligation.remind
