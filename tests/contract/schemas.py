"""The published contract data, where it is present: e-conomic's draft-03 schemas beside the checkout."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest

from tests.contract.published_words import FORMATS, PublishedValidator

FOLDER = Path(__file__).parents[3] / "shared" / "reference" / "economic-schemas" / "rest-json-schema-draft03"
present = pytest.mark.skipif(
    not FOLDER.is_dir(),
    reason="the published schemas are not beside this checkout",
)


MOMENT: Final = {"type": "string", "format": "date-time", "pattern": "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}Z$"}
"""What `lastUpdated` is: a timestamp in UTC, where the schemas publish a full-date or misspell the pattern (2.9)."""


@cache
def schema(name: str) -> dict[str, Any]:
    """A published schema by its file's name; two of them have trailing commas.

    Limits are read as they are written: 0.01 as a float is a little more than 0.01, and refuses it.
    """
    text = (FOLDER / f"{name}.schema.json").read_text("utf-8-sig")
    plain = json.loads(re.sub(r",(\s*[}\]])", r"\1", text), parse_float=Decimal)
    content: dict[str, Any] = _as_served(plain)
    return content


def _as_served(content: Any) -> Any:
    if not isinstance(content, dict):
        return content
    found = {name: _as_served(value) for name, value in content.items()}
    if isinstance(found.get("properties"), dict) and "lastUpdated" in found["properties"]:
        found["properties"] = {**found["properties"], "lastUpdated": MOMENT}
    return found


def complaints(value: Any, name: str) -> list[str]:
    """What is wrong with `value`: against the schema, and keys that the schema does not know."""
    content = schema(name)
    validator = PublishedValidator(content, format_checker=FORMATS)
    found = [f"{'.'.join(map(str, e.absolute_path))}: {e.message[:200]}" for e in validator.iter_errors(value)]
    return found + list(_unknown(value, content, ""))


def _unknown(value: Any, content: dict[str, Any], path: str) -> list[str]:
    found: list[str] = []
    properties = content.get("properties")
    if isinstance(value, dict) and properties:
        for name, item in value.items():
            if name not in properties:
                found.append(f"{path}.{name}: not in the schema")
            else:
                found += _unknown(item, properties[name], f"{path}.{name}")
    items = content.get("items")
    if isinstance(value, list) and isinstance(items, dict):
        for item in value:
            found += _unknown(item, items, f"{path}[]")
    return found
