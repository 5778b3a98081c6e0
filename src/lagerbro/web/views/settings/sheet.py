"""The settings page as its template sees it: sections with their state, fields with everything that is said at them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from lagerbro.agreements.answers import misfits
from lagerbro.agreements.directory import Directory
from lagerbro.agreements.fitness import Misfit, journal_misfits, layout_misfits
from lagerbro.agreements.models import SettingChange
from lagerbro.agreements.questions import BY_KEY, Control, Question, Section, anchor, in_section
from lagerbro.flows.abilities import unsupported_settings
from lagerbro.web.sentences.abilities import NOT_YET
from lagerbro.web.views.settings.account_field import account_hint
from lagerbro.web.views.settings.form_state import FormState
from lagerbro.web.views.settings.grid import Grid, grid
from lagerbro.web.views.settings.misfit_words import misfit_text
from lagerbro.web.views.settings.split_table import SplitTable, split_table
from lagerbro.web.views.settings.words import CAUTIONS, LABELS, OPTIONS, SECTIONS, WARNINGS, Words
from lagerbro.wire.texts import isolated

_LISTS = {
    "supplier_group_account": "list-balance",
    "stock_account": "list-no-vat",
    "stock_contra_account": "list-no-vat",
}
_TABLES = (Control.MATCHING, Control.SPLIT)
"""Questions that are a table of their own under the others."""
SWITCHES = ("suppliers_enabled", "sales_enabled", "stock_value_enabled")
"""The switches that whole parts of the page depend on."""


SWITCHED = {
    Section.SUPPLIERS: "suppliers_enabled",
    Section.POSTING: "suppliers_enabled",
    Section.STOCK_VALUE: "stock_value_enabled",
}
"""Sections that a switch carries; where this release does not carry it out, the section's head says so."""


@dataclass(slots=True)
class Choice:
    """One line of a select."""

    value: str
    label: str
    selected: bool = False
    fits: bool = True


@dataclass(frozen=True, slots=True)
class Note:
    """A warning with its tone."""

    tone: str
    words: Words


@dataclass(slots=True)
class Field:
    """A question with its answer and everything that is said about it. `needs` are the switches that hide it."""

    key: str
    anchor: str
    control: str
    label: Words
    help: Words
    warnings: list[Note]
    needs: str
    text: str
    hint: str = ""
    shared_list: str = ""
    flags: list[str] = field(default_factory=list)
    error: str = ""
    missing: bool = False
    choices: list[Choice] = field(default_factory=list)
    not_yet: Words = ""
    theirs: SettingChange | None = None
    is_fixed: bool = False

    @property
    def is_on(self) -> bool:
        return self.text == "on"


@dataclass(slots=True)
class Part:
    """A section. `state`: unfit (so much of what is chosen cannot be used), open (so many answers missing), off, done,
    or standard: nobody has saved anything in it. `not_yet`: that it is not carried out yet."""

    section: Section
    title: Words
    fields: list[Field]
    state: str
    missing: int
    not_yet: Words = ""
    grid: Grid | None = None
    matching: list[Field] = field(default_factory=list)
    split: SplitTable | None = None
    unfit: int = 0


def parts(form: FormState) -> list[Part]:
    """The sections, top to bottom."""
    return [_part(section, form) for section in Section]


def _part(section: Section, form: FormState) -> Part:
    questions = in_section(section)
    fields = [_field(question, form) for question in questions if question.control not in _TABLES]
    count = sum(_section_of(key) is section for key in form.unanswered_keys)
    unfit = form.unfit_in(section)
    state = "unfit" if unfit else _state(section, form, count)
    shown = Part(section, SECTIONS[section], fields, state, count, unfit=unfit)
    shown.not_yet = _not_yet(SWITCHED.get(section, ""))
    if section is Section.POSTING:
        shown.grid = grid(form)
    if section is Section.STOCK_VALUE:
        shown.split = split_table(form)
    if section is Section.LAYOUTS:
        shown.matching = [_matching_field(number, form) for number in form.directory.rackbeat_layouts]
    return shown


def _is_known(key: str) -> bool:
    return key.partition(":")[0] in BY_KEY


def _section_of(key: str) -> Section:
    return BY_KEY[key.partition(":")[0]].section


def _state(section: Section, form: FormState, count: int) -> str:
    if count:
        return "open"
    master = {
        Section.SUPPLIERS: form.shown.suppliers_enabled,
        Section.POSTING: form.shown.suppliers_enabled,
        Section.SALES: form.shown.sales_enabled,
        Section.LAYOUTS: form.shown.sales_enabled,
        Section.STOCK_VALUE: form.shown.stock_value_enabled,
        Section.STARTUP: form.shown.startup_sync or form.agreement.startup_used_at is not None,
    }
    if not master.get(section, True):
        return "off"
    decided = {*form.answers, *(key for key in form.texts if form.is_changed(key))}
    return "done" if any(_section_of(key) is section for key in decided if _is_known(key)) else "standard"


def _field(question: Question, form: FormState) -> Field:
    words = LABELS[question.key]
    shown = _plain_field(question.key, question, form, words.label)
    shown.help = words.help
    shown.not_yet = "" if question.key in SWITCHED.values() else _not_yet(question.key)
    shown.warnings = [
        Note("attention" if name in CAUTIONS else "neutral", WARNINGS[name]) for name in question.warnings
    ]
    if question.key == "never_book_ean" and shown.is_on and not form.shown.book_on_booking:
        shown.flags.append(misfit_text(Misfit("without_effect")))
    if question.control is Control.OPTION:
        shown.choices = [Choice(value, str(OPTIONS[value]), shown.text == value) for value in question.options]
        if shown.text and shown.text not in question.options:
            shown.choices.append(Choice(shown.text, shown.text, selected=True))
    if question.key == "startup_sync":
        shown.is_fixed = form.agreement.startup_used_at is not None
    return shown


def _not_yet(setting: str) -> Words:
    return NOT_YET[setting] if setting in unsupported_settings() else ""


def _matching_field(number: int, form: FormState) -> Field:
    name = form.directory.rackbeat_layouts[number].name
    return _plain_field(f"layouts:{number}", BY_KEY["layouts"], form, f"{number} {isolated(name)}")


def _plain_field(key: str, question: Question, form: FormState, label: Words) -> Field:
    shown = Field(
        key=key,
        anchor=anchor(key),
        control=question.control.value,
        label=label,
        help="",
        warnings=[],
        needs=" ".join("needs-" + switch.replace("_", "-") for switch in question.needs if switch in SWITCHES),
        text="" if question.control is Control.GRID else form.text(key),
        missing=key in form.unanswered_keys,
        theirs=form.theirs.get(key),
    )
    if question.control is Control.GRID:
        return shown
    value = form.value(key)
    shown.shared_list = _LISTS.get(key, "list-postings") if question.control is Control.ACCOUNT else ""
    shown.hint = _hint(question.control, value, form.directory)
    if form.read_at is not None:  # before the first reading nothing can be said to be missing
        shown.flags = [misfit_text(misfit) for misfit in misfits(key, value, form.directory)]
    shown.choices = _choices(key, question.control, shown.text, form.directory)
    complaint = form.complaints.get(key)
    if complaint is not None:
        shown.error, shown.flags = misfit_text(complaint), []
    return shown


def _hint(control: Control, value: Any, directory: Directory) -> str:  # noqa: ANN401
    if control is Control.ACCOUNT:
        return account_hint(directory.accounts.get(value))
    if control is Control.ITEM and value in directory.items:
        return directory.items[value].name
    return ""


def _choices(key: str, control: Control, text: str, directory: Directory) -> list[Choice]:
    if control is Control.JOURNAL:
        rows = [_choice(j.number, j.name, text, journal_misfits(key, j)) for j in directory.journals.values()]
    elif control in (Control.LAYOUT, Control.MATCHING):
        rows = [_choice(x.number, x.name, text, layout_misfits(x)) for x in directory.layouts.values()]
    else:
        return []
    if text and not any(row.selected for row in rows):
        rows.append(Choice(text, text, selected=True))
    return sorted(rows, key=lambda row: not row.fits)


def _choice(number: int, name: str, text: str, misfits: tuple[Misfit, ...]) -> Choice:
    said = " ".join(misfit_text(misfit) for misfit in misfits)
    label = f"{number} {isolated(name)}" + (f" – {said}" if said else "")
    return Choice(str(number), label, text == str(number), not any(misfit.blocks for misfit in misfits))
