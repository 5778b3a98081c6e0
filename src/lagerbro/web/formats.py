"""Amounts, dates and times as the reader writes them (PAGES: `1.234,56`, `24.11.2026`, `23:59`)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Final
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time, format_timedelta
from babel.numbers import format_decimal
from django.utils.translation import get_language
from django.utils.translation import gettext as _

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
RECENT = timedelta(hours=20)
NOW = timedelta(seconds=1)
"""Two clocks, of the database and of the page, may differ by so much."""
LOCALES = {"da": "da_DK", "en": "en_GB"}
"""With the country: bare `da` counts another week as the first of the year (surprises 35)."""
_DAY = {"da": "dd.MM.yyyy", "en": "d MMM yyyy"}
_OERE: Final = Decimal("0.01")
_ROUNDING: Final = Context(prec=80, rounding=ROUND_HALF_UP)
_DECIMALS_MAX: Final = 12


def _language() -> str:
    return (get_language() or "da")[:2]


def amount(value: Decimal) -> str:
    """Two decimals, half an øre upwards, grouped, with a true minus before the figure; nought has no sign."""
    return _written(value.quantize(_OERE, context=_ROUNDING), "#,##0.00")


def number(value: Decimal) -> str:
    """As many decimals as it has: a percentage, a rate."""
    return _written(value, f"#,##0.{'#' * _DECIMALS_MAX}")


def _written(value: Decimal, pattern: str) -> str:
    """Babel rounds half to even and keeps the sign of nought (surprises 34): it is given what is rounded already."""
    text = format_decimal(abs(value), format=pattern, locale=LOCALES[_language()])
    return f"−{text}" if value < 0 else text


def moment(at: datetime) -> str:
    """The exact day and time in Denmark."""
    local = at.astimezone(COPENHAGEN)
    language = _language()
    day = format_date(local, _DAY[language], locale=LOCALES[language])
    return f"{day} {format_time(local, 'HH:mm:ss', locale=LOCALES[language])}"


def day(value: date) -> str:
    """`24.11.2026`."""
    language = _language()
    return format_date(value, _DAY[language], locale=LOCALES[language])


def month(value: date) -> str:
    """`november 2026`."""
    return format_date(value, "LLLL yyyy", locale=LOCALES[_language()])


def minute(at: datetime) -> str:
    """The day and the minute in Denmark: `24.11.2026 23:59`."""
    local = at.astimezone(COPENHAGEN)
    language = _language()
    return f"{format_date(local, _DAY[language], locale=LOCALES[language])} {local:%H:%M}"


def since(at: datetime, now: datetime) -> str:
    """How long ago when it is recent, else the day."""
    ago = now - at
    language = _language()
    if abs(ago) < NOW:
        return _("now")
    if timedelta(0) <= ago < RECENT:
        return format_timedelta(-ago, add_direction=True, locale=LOCALES[language])
    return format_date(at.astimezone(COPENHAGEN), _DAY[language], locale=LOCALES[language])
