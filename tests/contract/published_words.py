"""The words of e-conomic's schemas that no JSON Schema validator knows: `maxDecimal(s)` and the format `full-date`.

An unknown keyword or format is passed over without a sign, so what stands in 845 places would hold nobody to anything
(measured: jsonschema 4.26.0, and four validators for Node).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final
from urllib.parse import urlsplit

from jsonschema import Draft3Validator, FormatChecker, ValidationError
from jsonschema.validators import extend

FORMATS: Final = FormatChecker(formats=())
"""Every format that e-conomic publishes and that says something of a text."""
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT: Final = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,7})?(Z|[+-][0-9]{2}:[0-9]{2})?"
)


@FORMATS.checks("full-date", raises=ValueError)
@FORMATS.checks("date", raises=ValueError)
def _is_day(value: object) -> bool:
    """RFC 3339's full-date: ten characters, a day that exists."""
    return not isinstance(value, str) or bool(_DAY.fullmatch(value) and date.fromisoformat(value))


@FORMATS.checks("date-time", raises=ValueError)
def _is_moment(value: object) -> bool:
    """With or without a zone: the services write both."""
    return not isinstance(value, str) or bool(_MOMENT.fullmatch(value) and datetime.fromisoformat(value))


@FORMATS.checks("uri", raises=ValueError)
def _is_address(value: object) -> bool:
    """Absolute, so that it can be followed as it stands."""
    if not isinstance(value, str):
        return True
    parts = urlsplit(value)
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and not re.search(r"\s", value)


def _max_decimals(_validator: Any, most: int, value: object, _schema: Any) -> Iterator[ValidationError]:
    """Zeros at the end say nothing; a float is what it was written as."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return
    exponent = Decimal(str(value)).normalize().as_tuple().exponent
    if not isinstance(exponent, int) or -exponent > most:
        yield ValidationError(f"{value} has more than {most} decimals")


PublishedValidator: Final[type[Draft3Validator]] = extend(  # type: ignore[no-untyped-call]
    Draft3Validator, {"maxDecimal": _max_decimals, "maxDecimals": _max_decimals}
)
