"""A field that one types an account into, in a table of such fields."""

from __future__ import annotations

from dataclasses import dataclass, field

from lagerbro.agreements.directory import Account
from lagerbro.agreements.models import SettingChange
from lagerbro.wire.texts import isolated


@dataclass(slots=True, kw_only=True)
class AccountField:
    """`hint` names the account that was typed. `theirs`: what somebody else has made of it since the page was read."""

    key: str
    anchor: str
    text: str
    hint: str = ""
    flags: list[str] = field(default_factory=list)
    error: str = ""
    theirs: SettingChange | None = None


def account_hint(account: Account | None) -> str:
    """An account's name and VAT code, as they stand under its number."""
    if account is None:
        return ""
    return f"{isolated(account.name)} · {account.vat_code}" if account.vat_code else account.name
