#!/bin/sh
# A field of type Decimal takes every text that Python's Decimal takes, underscores, blanks and NaN too; and
# decimal_format="number" writes a NaN that its own decoder refuses.
. "$(dirname "$0")/isolated.sh"
isolated msgspec==0.22.0 <<'PYTHON'
from decimal import Decimal

import msgspec


class Line(msgspec.Struct):
    amount: Decimal


runs("msgspec")
for text, recorded in (
    ('"1_000"', "1000"),
    ('" 1 "', "1"),
    ('"1e3"', "1E+3"),
    ('"NaN"', "NaN"),
    ('"Infinity"', "Infinity"),
    ("1E400", "1E+400"),
):
    line = outcome(msgspec.json.decode, f'{{"amount":{text}}}'.encode(), type=Line)
    seen(f"JSON {text} as an amount", str(getattr(line, "amount", line)), recorded)
seen('"1.000,00"', outcome(msgspec.json.decode, b'{"amount":"1.000,00"}', type=Line), "ValidationError")

written = msgspec.json.Encoder(decimal_format="number").encode(Line(Decimal("NaN")))
seen("NaN written with decimal_format='number'", written, b'{"amount":NaN}')
seen("and read again", outcome(msgspec.json.decode, written, type=Line), "DecodeError")
PYTHON
