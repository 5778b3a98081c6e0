"""The published documents of the OpenAPI services, where they are present beside the checkout."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from tests.contract.published_words import FORMATS

FOLDER = Path(__file__).parents[4] / "shared" / "reference" / "economic-schemas" / "openapi"
present = pytest.mark.skipif(not FOLDER.is_dir(), reason="the published documents are not beside this checkout")
OFTEN = {"integer": "integer", "number": "number", "boolean": "boolean", "string": "string", "array": "array"}


@cache
def document(name: str) -> dict[str, Any]:
    """One service's document by its file's name, e.g. `Journals`."""
    content: dict[str, Any] = json.loads((FOLDER / f"openapi-{name}.json").read_text("utf-8-sig"))
    return content


def shape(name: str, schema: str) -> dict[str, Any]:
    content: dict[str, Any] = document(name)["components"]["schemas"][schema]
    return content


def operations(name: str) -> list[tuple[str, str]]:
    """Every verb and path of the service."""
    verbs = ("get", "post", "put", "delete")
    return [(verb.upper(), path) for path, item in document(name)["paths"].items() for verb in verbs if verb in item]


@cache
def _validator(name: str, verb: str, path: str, status: str) -> Draft202012Validator | None:
    answers = document(name)["paths"][path][verb.lower()]["responses"]
    content = answers[status].get("content", {})
    if not content:
        return None
    schema = next(iter(content.values()))["schema"]
    resource = Resource.from_contents(_plain(document(name)), DRAFT202012)
    registry: Registry[Any] = Registry().with_resource("urn:document", resource)
    return Draft202012Validator(_plain(_absolute(schema)), registry=registry, format_checker=FORMATS)


def complaints(value: object, name: str, verb: str, path: str, status: int) -> list[str]:
    """What is wrong with an answer under this status; a status that is not published is one complaint."""
    if str(status) not in document(name)["paths"][path][verb.lower()]["responses"]:
        return [f"{status} is not published for {verb} {path}"]
    validator = _validator(name, verb, path, str(status))
    if validator is None:
        return [] if value is None else ["no content was published"]
    return [
        f"{'.'.join(map(str, error.absolute_path))}: {error.message[:200]}" for error in validator.iter_errors(value)
    ]


def _absolute(schema: Any) -> Any:
    """The schema with its references led to the document that it was cut out of."""
    if isinstance(schema, dict):
        found = {name: _absolute(value) for name, value in schema.items()}
        if isinstance(schema.get("$ref"), str):
            found["$ref"] = f"urn:document{schema['$ref']}"
        return found
    return [_absolute(item) for item in schema] if isinstance(schema, list) else schema


def _plain(schema: Any) -> Any:
    """OpenAPI 3.0's `nullable` as JSON Schema says it; unknown properties are refused where nothing is said."""
    if isinstance(schema, list):
        return [_plain(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    found = {name: _plain(value) for name, value in schema.items()}
    if found.get("nullable") and isinstance(found.get("type"), str):
        found["type"] = [found["type"], "null"]
    if found.get("type") == "object" and "properties" in found:
        found.setdefault("additionalProperties", False)
    return found
