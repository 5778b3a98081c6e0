#!/bin/sh
# In a zone with summer time a daily job between two and three in the morning is due twice on the night when clocks go
# back, and every second hour is three hours of work.
. "$(dirname "$0")/isolated.sh"
isolated croniter==7.0.0 <<'PYTHON'
from datetime import datetime
from zoneinfo import ZoneInfo

from croniter import croniter

DENMARK = ZoneInfo("Europe/Copenhagen")
runs("croniter")


def next_ones(expression, start, count):
    days = croniter(expression, start.replace(tzinfo=DENMARK))
    return [days.get_next(datetime).isoformat() for _ in range(count)]


seen("daily at 02:30, from 24 October 2026 noon", next_ones("30 2 * * *", datetime(2026, 10, 24, 12), 3),
     ["2026-10-25T02:30:00+02:00", "2026-10-25T02:30:00+01:00", "2026-10-26T02:30:00+01:00"])
seen("every second hour that night", next_ones("0 */2 * * *", datetime(2026, 10, 25, 0, 30), 3),
     ["2026-10-25T02:00:00+02:00", "2026-10-25T02:00:00+01:00", "2026-10-25T04:00:00+01:00"])
seen("daily at 02:30 when the hour is left out, 28 March 2027", next_ones("30 2 * * *", datetime(2027, 3, 27, 12), 2),
     ["2027-03-28T03:00:00+02:00", "2027-03-29T02:30:00+02:00"])
seen("daily at 03:30 that October night", next_ones("30 3 * * *", datetime(2026, 10, 24, 12), 2),
     ["2026-10-25T03:30:00+01:00", "2026-10-26T03:30:00+01:00"])
PYTHON
