#!/bin/sh
# A JSON number for a Decimal field goes through a float on its way: digits are lost, and a limit of two decimals is
# held against what was left.
. "$(dirname "$0")/isolated.sh"
isolated pydantic==2.14.4 <<'PYTHON'
import json
from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, Field


class Line(BaseModel):
    amount: Annotated[Decimal, Field(max_digits=20, decimal_places=2)]


runs("pydantic", "pydantic_core")


def read(number):
    answer = outcome(Line.model_validate_json, f'{{"amount":{number}}}')
    return str(getattr(answer, "amount", answer))


seen("1.10", read("1.10"), "1.1")
seen("12345678901234567.89", read("12345678901234567.89"), "12345678901234568")
seen("1234567890123456.785, three decimals where two are allowed", read("1234567890123456.785"), "1234567890123456.8")
seen("88.887, three decimals", read("88.887"), "ValidationError")
seen("the same as a text", read('"12345678901234567.89"'), "12345678901234567.89")
exact = Line.model_validate(json.loads('{"amount":12345678901234567.89}', parse_float=Decimal))
seen("read by json with parse_float=Decimal first", str(exact.amount), "12345678901234567.89")
PYTHON
