"""The grid of purchase accounts: one row per product group, one cell per zone, each suggested, decided or open."""

from __future__ import annotations

from dataclasses import dataclass, field

from lagerbro.agreements.answers import misfits
from lagerbro.agreements.directory import Account, Directory
from lagerbro.agreements.models import AgreementState, SettingChange
from lagerbro.agreements.questions import anchor
from lagerbro.agreements.suggestions import Suggestion, SuggestionReason, suggest
from lagerbro.books.choices import NO_ITEM_GROUP, NOT_USED, grid_cell
from lagerbro.books.zones import Zone
from lagerbro.web.sentences.details import ZONES
from lagerbro.web.views.settings.standing import Standing
from lagerbro.web.views.settings.words import NO_ITEM, Words, told

KEY = "purchase_accounts"


@dataclass(slots=True)
class Cell:
    """`state`: decided, changed (not saved yet), suggested or empty. `hint` names the account that was typed."""

    key: str
    anchor: str
    zone: str
    text: str
    state: str
    hint: str = ""
    flags: list[str] = field(default_factory=list)
    error: str = ""
    suggested: int | None = None
    suggested_hint: str = ""
    reason: SuggestionReason | None = None
    theirs: SettingChange | None = None


@dataclass(slots=True)
class Row:
    key: str
    name: Words
    number: str
    cells: list[Cell]

    @property
    def is_open(self) -> bool:
        """Whether one of its required cells has not been decided."""
        return any(not cell.text.strip() for cell in self.cells if cell.zone != Zone.DOMESTIC_EXEMPT)

    @property
    def has_suggestions(self) -> bool:
        return any(cell.suggested for cell in self.cells)


@dataclass(slots=True)
class Column:
    zone: str
    label: Words
    has_suggestions: bool
    is_optional: bool


@dataclass(slots=True)
class Grid:
    rows: list[Row]
    columns: list[Column]
    undecided: int
    suggestions: int
    bare_groups: list[str]
    exempt_is_used: bool


def grid(standing: Standing) -> Grid:
    """The grid as it is shown: typed texts over decided answers, suggestions where there is neither."""
    is_open = any(not standing.text(f"{KEY}:{name}").strip() for name in standing.directory.cells)
    suggestions = suggest(standing.directory) if is_open else {}
    rows = [_row(row, standing, suggestions) for row in standing.directory.rows]
    columns = [
        Column(
            zone.value,
            ZONES[zone],
            any(cell.suggested for row in rows for cell in row.cells if cell.zone == zone),
            zone is Zone.DOMESTIC_EXEMPT,
        )
        for zone in Zone
    ]
    return Grid(
        rows,
        columns,
        undecided=sum(not c.text.strip() for row in rows for c in row.cells if c.zone != Zone.DOMESTIC_EXEMPT),
        suggestions=sum(c.suggested is not None for row in rows for c in row.cells),
        bare_groups=_bare_groups(standing, rows),
        exempt_is_used=any(c.text for row in rows for c in row.cells if c.zone == Zone.DOMESTIC_EXEMPT),
    )


def account_hint(account: Account | None) -> str:
    """An account's name and VAT code, as they stand under its number."""
    if account is None:
        return ""
    return f"{account.name} · {account.vat_code}" if account.vat_code else account.name


def row_name(row: str, directory: Directory) -> Words:
    """The name of a row of the grid."""
    if row == NO_ITEM_GROUP:
        return NO_ITEM
    group = directory.rackbeat_groups.get(int(row))
    return group.name if group else row


def _row(row: str, standing: Standing, suggestions: dict[str, Suggestion]) -> Row:
    cells = [_cell(f"{KEY}:{grid_cell(row, zone)}", zone, standing, suggestions) for zone in Zone]
    return Row(row, row_name(row, standing.directory), "" if row == NO_ITEM_GROUP else row, cells)


def _cell(key: str, zone: Zone, standing: Standing, suggestions: dict[str, Suggestion]) -> Cell:
    directory, text = standing.directory, standing.text(key)
    made = Cell(key, anchor(key), zone.value, text, "decided")
    if not text.strip():
        made.state = "empty"
        _suggest(made, suggestions.get(key.partition(":")[2]), directory)
    else:
        value = standing.value(key)
        if value != NOT_USED:
            made.hint = account_hint(directory.accounts.get(value)) if value is not None else ""
        made.flags = [told(found) for found in misfits(key, value, directory)]
        if standing.is_changed(key):
            made.state = "changed"
    complaint = standing.complaints.get(key)
    if complaint is not None:
        made.state, made.error, made.flags = "wrong", told(complaint), []
    made.theirs = standing.theirs.get(key)
    return made


def _suggest(made: Cell, found: Suggestion | None, directory: Directory) -> None:
    if found is None:
        return
    made.state = "suggested"
    made.suggested = found.account
    made.suggested_hint = account_hint(directory.accounts.get(found.account))
    made.reason = found.reason


def _bare_groups(standing: Standing, rows: list[Row]) -> list[str]:
    """Product groups without any decision although purchases are transferred: most often one that came afterwards."""
    on = standing.choices.suppliers_enabled and standing.agreement.state == AgreementState.ACTIVE
    decided = {name.partition(".")[0] for name in standing.choices.purchase_accounts}
    if not on or not decided:
        return []
    return [str(row.name) for row in rows if row.number and row.key not in decided]
