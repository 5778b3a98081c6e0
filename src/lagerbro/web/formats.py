"""Amounts, dates and times as the reader writes them (PAGES: `1.234,56`, `24.11.2026`, `23:59`)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time, format_timedelta
from babel.numbers import format_decimal
from django.utils.translation import get_language

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
RECENT = timedelta(hours=20)
_BABEL = {"da": "da_DK", "en": "en_GB"}
_DAY = {"da": "dd.MM.yyyy", "en": "d MMM yyyy"}


def _language() -> str:
    return (get_language() or "da")[:2]


def amount(value: Decimal) -> str:
    """Two decimals, grouped, with a true minus before the figure."""
    text = format_decimal(abs(value), format="#,##0.00", locale=_BABEL[_language()])
    return f"−{text}" if value < 0 else text


def moment(at: datetime) -> str:
    """The exact day and time in Denmark."""
    local = at.astimezone(COPENHAGEN)
    language = _language()
    day = format_date(local, _DAY[language], locale=_BABEL[language])
    return f"{day} {format_time(local, 'HH:mm:ss', locale=_BABEL[language])}"


def day(value: date) -> str:
    """`24.11.2026`."""
    language = _language()
    return format_date(value, _DAY[language], locale=_BABEL[language])


def month(value: date) -> str:
    """`november 2026`."""
    return format_date(value, "LLLL yyyy", locale=_BABEL[_language()])


def minute(at: datetime) -> str:
    """The day and the minute in Denmark: `24.11.2026 23:59`."""
    local = at.astimezone(COPENHAGEN)
    language = _language()
    return f"{format_date(local, _DAY[language], locale=_BABEL[language])} {local:%H:%M}"


def since(at: datetime, now: datetime) -> str:
    """How long ago when it is recent, else the day."""
    ago = now - at
    language = _language()
    if timedelta(0) <= ago < RECENT:
        return format_timedelta(-ago, add_direction=True, locale=_BABEL[language])
    return format_date(at.astimezone(COPENHAGEN), _DAY[language], locale=_BABEL[language])
