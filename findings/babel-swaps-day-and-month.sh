#!/bin/sh
# parse_date exchanges day and month when the month cannot be one, so a column of American dates is read in two ways
# without an error: 02-13-2026 is the 13th of February, 02-12-2026 the 2nd of December.
. "$(dirname "$0")/isolated.sh"
isolated babel==2.18.0 <<'PYTHON'
from babel.dates import parse_date

runs("babel")
print("parse_date(..., locale='da_DK'), whose order is day, month, year")
for text, recorded in (
    ("13.02.2026", "2026-02-13"),
    ("02.13.2026", "2026-02-13"),
    ("02.12.2026", "2026-12-02"),
    ("12/31/2026", "2026-12-31"),
):
    seen(text, str(outcome(parse_date, text, locale="da_DK")), recorded)
PYTHON
