#!/bin/sh
# parse_decimal drops every separator of thousands wherever it stands: an amount with a decimal point becomes a
# hundred times as much. strict=True refuses that, and still takes 1_000, 1e3 and NaN.
. "$(dirname "$0")/isolated.sh"
isolated babel==2.18.0 <<'PYTHON'
from babel.numbers import parse_decimal

runs("babel")
print("parse_decimal(..., locale='da_DK') / the same with strict=True")
for text, loose, strict in (
    ("1.234,50", "1234.50", "1234.50"),
    ("100.00", "10000", "NumberFormatError"),
    ("0.50", "50", "NumberFormatError"),
    ("1,234.50", "1.23450", "NumberFormatError"),
    ("1_000", "1000", "1000"),
    ("1e3", "1E+3", "1E+3"),
    ("NaN", "NaN", "NaN"),
):
    seen(text, str(outcome(parse_decimal, text, locale="da_DK")), loose)
    seen(f"{text} strict", str(outcome(parse_decimal, text, locale="da_DK", strict=True)), strict)
PYTHON
