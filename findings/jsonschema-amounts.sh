#!/bin/sh
# multipleOf 0.01 refuses one in nine of the amounts that have two decimals; with Decimals on one side only it raises,
# and an amount is less than a minimum that is written with the same digits.
. "$(dirname "$0")/isolated.sh"
isolated jsonschema==4.26.0 <<'PYTHON'
import json
from decimal import Decimal

from jsonschema import Draft202012Validator as Validator

runs("jsonschema")
whole_cents = Validator(json.loads('{"multipleOf": 0.01}'))
refused = [cents for cents in range(100_001) if not whole_cents.is_valid(json.loads(f"{cents // 100}.{cents % 100:02}"))]
seen("of the 100001 amounts 0.00 to 1000.00, refused", len(refused), 11426)
seen("the first of them, in hundredths", refused[:5], [7, 14, 28, 29, 47])
seen("1.15 as a Decimal", outcome(whole_cents.is_valid, Decimal("1.15")), "TypeError")

floor = json.loads('{"minimum": 0.1}')
seen("Decimal 0.1 against a minimum of 0.1", Validator(floor).is_valid(Decimal("0.1")), False)
seen("Decimal 0.1 in an enum of 0.1", Validator(json.loads('{"enum": [0.1]}')).is_valid(Decimal("0.1")), False)

exact = json.loads('{"multipleOf": 0.01, "minimum": 0.1}', parse_float=Decimal)
seen("1.15, schema and amount both read as Decimal", Validator(exact).is_valid(Decimal("1.15")), True)
seen("0.1, both read as Decimal", Validator(exact).is_valid(Decimal("0.1")), True)
PYTHON
