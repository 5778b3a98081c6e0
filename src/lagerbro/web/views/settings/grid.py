"""The grid of purchase accounts: one row per product group, one cell per zone, each suggested, decided or open."""

from __future__ import annotations

from dataclasses import dataclass

from lagerbro.agreements.answers import misfits
from lagerbro.agreements.directory import Directory
from lagerbro.agreements.models import AgreementState
from lagerbro.agreements.questions import anchor
from lagerbro.agreements.suggestions import TOGETHER, Suggestion, SuggestionReason, suggest
from lagerbro.books.choices import NO_ITEM_GROUP, NOT_USED, grid_cell
from lagerbro.books.zones import Zone
from lagerbro.web.sentences.details import ZONES
from lagerbro.web.views.settings.account_field import AccountField, account_hint
from lagerbro.web.views.settings.form_state import FormState
from lagerbro.web.views.settings.misfit_words import misfit_text
from lagerbro.web.views.settings.words import NO_ITEM, Words

KEY = "purchase_accounts"


@dataclass(slots=True, kw_only=True)
class Cell(AccountField):
    """`state`: decided, changed (not saved yet), suggested or empty."""

    zone: str
    state: str
    suggested: int | None = None
    suggested_hint: str = ""
    reason: SuggestionReason | None = None

    @property
    def is_by_name(self) -> bool:
        """Whether it may be confirmed together with others."""
        return self.reason in TOGETHER


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
        return any(cell.is_by_name for cell in self.cells)


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


def grid(form: FormState) -> Grid:
    """The grid as it is shown: typed texts over decided answers, suggestions where there is neither."""
    is_open = any(not form.text(f"{KEY}:{name}").strip() for name in form.directory.cells)
    suggestions = suggest(form.directory) if is_open else {}
    rows = [_row(row, form, suggestions) for row in form.directory.rows]
    columns = [
        Column(
            zone.value,
            ZONES[zone],
            any(cell.is_by_name for row in rows for cell in row.cells if cell.zone == zone),
            zone is Zone.DOMESTIC_EXEMPT,
        )
        for zone in Zone
    ]
    return Grid(
        rows,
        columns,
        undecided=sum(not c.text.strip() for row in rows for c in row.cells if c.zone != Zone.DOMESTIC_EXEMPT),
        suggestions=sum(c.is_by_name for row in rows for c in row.cells),
        bare_groups=_bare_groups(form, rows),
        exempt_is_used=any(c.text for row in rows for c in row.cells if c.zone == Zone.DOMESTIC_EXEMPT),
    )


def row_name(row: str, directory: Directory) -> Words:
    """The name of a row of the grid."""
    if row == NO_ITEM_GROUP:
        return NO_ITEM
    group = directory.rackbeat_groups.get(int(row))
    return group.name if group else row


def _row(row: str, form: FormState, suggestions: dict[str, Suggestion]) -> Row:
    cells = [_cell(f"{KEY}:{grid_cell(row, zone)}", zone, form, suggestions) for zone in Zone]
    return Row(row, row_name(row, form.directory), "" if row == NO_ITEM_GROUP else row, cells)


def _cell(key: str, zone: Zone, form: FormState, suggestions: dict[str, Suggestion]) -> Cell:
    directory, text = form.directory, form.text(key)
    shown = Cell(key=key, anchor=anchor(key), zone=zone.value, text=text, state="decided")
    if not text.strip():
        shown.state = "empty"
        _suggest(shown, suggestions.get(key.partition(":")[2]), directory)
    else:
        value = form.value(key)
        if value != NOT_USED:
            shown.hint = account_hint(directory.accounts.get(value)) if value is not None else ""
        shown.flags = [misfit_text(misfit) for misfit in misfits(key, value, directory)]
        if form.is_changed(key):
            shown.state = "changed"
    complaint = form.complaints.get(key)
    if complaint is not None:
        shown.state, shown.error, shown.flags = "wrong", misfit_text(complaint), []
    shown.theirs = form.theirs.get(key)
    return shown


def _suggest(shown: Cell, suggestion: Suggestion | None, directory: Directory) -> None:
    if suggestion is None:
        return
    shown.state = "suggested"
    shown.suggested = suggestion.account
    shown.suggested_hint = account_hint(directory.accounts.get(suggestion.account))
    shown.reason = suggestion.reason


def _bare_groups(form: FormState, rows: list[Row]) -> list[str]:
    """Product groups without any decision although purchases are transferred: most often one that came afterwards."""
    on = form.choices.suppliers_enabled and form.agreement.state == AgreementState.ACTIVE
    decided = {name.partition(".")[0] for name in form.choices.purchase_accounts}
    if not on or not decided:
        return []
    return [str(row.name) for row in rows if row.number and row.key not in decided]
