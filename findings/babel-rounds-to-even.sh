#!/bin/sh
# Babel writes money half to even, and gives nought a sign: 0.125 kr. is 0,12 kr. and a thousandth less than nothing
# is -0,00 kr.
. "$(dirname "$0")/isolated.sh"
isolated babel==2.18.0 <<'PYTHON'
from decimal import ROUND_HALF_UP, Decimal

from babel.numbers import format_currency, format_decimal

runs("babel")


def money(text):
    return format_currency(Decimal(text), "DKK", locale="da_DK").replace("\N{NO-BREAK SPACE}", " ")


for text, recorded in (
    ("0.125", "0,12 kr."),
    ("0.135", "0,14 kr."),
    ("1234.505", "1.234,50 kr."),
    ("-0.001", "-0,00 kr."),
):
    seen(f"{text} DKK", money(text), recorded)
rounded = Decimal("1234.505").quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
seen("1234.505 rounded before it is given", format_decimal(rounded, "#,##0.00", locale="da_DK"), "1.234,51")
PYTHON
