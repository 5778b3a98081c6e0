#!/bin/sh
# A language without its country counts weeks in a way that the country does not: for "da" the last day of 2026 is in
# week 1 of 2027, for "da_DK" in week 53. The same for German, Swedish, Norwegian and Finnish.
. "$(dirname "$0")/isolated.sh"
isolated babel==2.18.0 <<'PYTHON'
from datetime import date

from babel import Locale
from babel.dates import format_date

LAST_DAY = date(2026, 12, 31)
runs("babel")
print(f"{LAST_DAY} is in week {LAST_DAY.isocalendar().week} by ISO 8601, as all these countries count")
for bare, country in (("da", "DK"), ("de", "DE"), ("sv", "SE"), ("nb", "NO"), ("fi", "FI")):
    for locale, recorded in ((bare, "2027 week 1"), (f"{bare}_{country}", "2026 week 53")):
        seen(locale, format_date(LAST_DAY, "YYYY 'week' w", locale=locale), recorded)
seen("days that week 1 must have, da", Locale.parse("da").min_week_days, 1)
seen("days that week 1 must have, da_DK", Locale.parse("da_DK").min_week_days, 4)
PYTHON
