"""Nothing is sealed or signed that renewing the keys does not know of."""

from __future__ import annotations

import ast
import base64
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection

import lagerbro
from lagerbro.agreements.secrets import SecretField
from lagerbro.app.keys.sealed import CANARIES, SEALED
from tests.app.keys.everything_sealed import made

SOURCE = Path(lagerbro.__file__).parent
BEGINS = b"gAAAA"
"""How whatever Fernet has sealed begins, and how that begins when it is encoded once more."""
MARKS = (BEGINS, base64.b64encode(BEGINS + b"A")[:6])
SEALS = {"seal", "encrypt", "SecretField", "Fernet", "MultiFernet"}
"""Names by which something can be sealed, and the modules that may: what they seal stands in `SEALED`."""
MAY_SEAL = {
    "agreements/secrets.py",
    "agreements/models/connections.py",  # SecretFields, each of them looked for below
    "web/sign_in/adapters.py",  # allauth's second factors
    "app/keys/canary.py",
    "app/keys/command.py",  # makes keys
    "app/keys/lost.py",  # makes keys
    "app/keys/opening.py",  # makes keys
    "app/keys/configured.py",  # tells a key from what is none
}
SIGNS = {"salted_hmac", "signing", "Signer", "TimestampSigner", "get_cookie_signer", "PasswordResetTokenGenerator"}
MAY_SIGN = {
    "agreements/keyed_digests.py",  # known by the older keys too
    "agreements/page_tokens.py",  # Django knows the older keys; twelve hours
    "app/keys/signed.py",  # sessions, signed anew
}


@pytest.mark.django_db
def test_whatever_is_sealed_in_the_database_is_renewed() -> None:
    made()
    assert set(sealed_columns()) == {(one.table, one.column) for one in (*SEALED, CANARIES)}


def sealed_columns() -> Iterator[tuple[str, str]]:
    """Every column of every table in which something sealed is found."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            names = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                for name, value in zip(names, row, strict=True):
                    if _is_sealed(value):
                        yield table, name


def _is_sealed(value: object) -> bool:
    content = bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
    return any(mark in content for mark in MARKS)


def test_every_field_for_secrets_is_renewed() -> None:
    fields = {
        (model._meta.db_table, field.column)
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, SecretField)
    }
    assert fields
    assert fields <= {(one.table, one.column) for one in SEALED}


@pytest.mark.parametrize(("names", "allowed"), [(SEALS, MAY_SEAL), (SIGNS, MAY_SIGN)], ids=["seals", "signs"])
def test_nothing_else_in_the_source_seals_or_signs(names: set[str], allowed: set[str]) -> None:
    modules = [path for path in SOURCE.rglob("*.py") if path.parent.name != "migrations"]
    assert {str(path.relative_to(SOURCE)) for path in modules if names & set(_names(path))} == allowed


def _names(path: Path) -> Iterator[str]:
    """Every name that a module imports, and those of its functions."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom | ast.Import):
            yield from (alias.name.split(".")[-1] for alias in node.names)
        elif isinstance(node, ast.FunctionDef):
            yield node.name
