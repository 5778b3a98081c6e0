"""The search behind a picker: what fits first, then what fits with a reservation, then what does not fit and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from lagerbro.agreements.answers import question_of
from lagerbro.agreements.directories import item_of
from lagerbro.agreements.directory import Account, Item
from lagerbro.agreements.fitness import Misfit, account_misfits
from lagerbro.agreements.models import Agreement
from lagerbro.agreements.questions import Control
from lagerbro.web.views.agreement import agreement_page
from lagerbro.web.views.settings import reading
from lagerbro.web.views.settings.account_field import account_hint
from lagerbro.web.views.settings.misfit_words import misfit_text
from lagerbro.web.views.settings.words import NOT_USED_WORD
from lagerbro.wire.errors import RemoteError

CONTROL_ACCOUNT: Final = "supplier_group_account"
"""Where suppliers' control accounts are asked for, those that supplier groups have come first."""
SHOWN_MAX: Final = 40
ITEMS_MAX: Final = 20
SEARCH_MAX: Final = 80


@dataclass(frozen=True, slots=True)
class Option:
    """`value` goes into the field, `hint` under it; `why` says what speaks against it."""

    value: str
    name: str
    code: str
    hint: str
    why: str
    fits: bool


@dataclass(frozen=True, slots=True)
class Group:
    title: str
    options: list[Option]


@require_GET
@agreement_page
def pick(request: HttpRequest, agreement: Agreement) -> HttpResponse:
    """The options for the field `for` whose number or name holds `q`: for the picker, or as a page of its own."""
    key, search = request.GET.get("for", "fallback_account"), request.GET.get("q", "")[:SEARCH_MAX]
    question = question_of(key)
    if question is None or question.control not in (Control.ACCOUNT, Control.GRID, Control.SPLIT, Control.ITEM):
        raise Http404
    try:
        search_in = _items if question.control is Control.ITEM else _accounts
        options: list[Option] | None = search_in(key, search, agreement)
    except (reading.NoAnswerError, RemoteError):
        options = None
    offered = options or []
    groups = _groups(offered[:SHOWN_MAX])
    if question.control is Control.GRID and options is not None and _means_not_used(search):
        groups.insert(0, Group("", [_not_used()]))
    context: dict[str, Any] = {
        "agreement": agreement,
        "groups": groups,
        "more": max(len(offered) - SHOWN_MAX, 0),
        "silent": options is None,
        "key": key,
        "search": search,
    }
    part = getattr(request, "htmx", False)
    return render(request, "settings/_options.html" if part else "settings/accounts.html", context)


def _accounts(key: str, search: str, agreement: Agreement) -> list[Option]:
    directory, _at = reading.stored_directory(agreement, ())
    words = search.casefold().split()
    accounts = [account for account in directory.accounts.values() if _matches(account, words)]
    with_misfits = [(account, account_misfits(key, account, directory)) for account in accounts]
    asked_for = {group.account for group in directory.supplier_groups.values()} if key == CONTROL_ACCOUNT else set()
    with_misfits.sort(key=lambda pair: (pair[0].number not in asked_for, *_rank(pair[0], search, pair[1])))
    return [_option(account, misfits) for account, misfits in with_misfits]


def _not_used() -> Option:
    return Option(str(NOT_USED_WORD), _("a line that meets it is held back"), "", "", "", fits=True)


def _means_not_used(search: str) -> bool:
    """Whether *Bruges ikke* is among what the search is for."""
    words = str(NOT_USED_WORD).casefold()
    return all(word in words for word in search.casefold().split())


def _matches(account: Account, words: list[str]) -> bool:
    name, number, code = account.name.casefold(), str(account.number), account.vat_code.casefold()
    return all(number.startswith(word) or word in name or word == code for word in words)


def _rank(account: Account, search: str, misfits: tuple[Misfit, ...]) -> tuple[bool, int, int]:
    """The very number first, then what fits, then what fits with a reservation; by number in each."""
    severity = 0 if not misfits else 2 if misfits[0].blocks else 1
    return (str(account.number) != search.strip(), severity, account.number)


def _option(account: Account, misfits: tuple[Misfit, ...]) -> Option:
    why = " ".join(misfit_text(misfit) for misfit in misfits)
    fits = not any(misfit.blocks for misfit in misfits)
    return Option(str(account.number), account.name, account.vat_code, account_hint(account), why, fits)


def _items(key: str, search: str, agreement: Agreement) -> list[Option]:
    clients = reading.clients_of(agreement)
    if clients is None:
        return []
    groups = reading.stored_directory(agreement, ())[0].rackbeat_groups
    items = [item_of(product, groups) for product in clients.rackbeat.products_like(search, ITEMS_MAX)]
    return sorted((_item_option(key, item) for item in items), key=lambda option: (not option.fits, bool(option.why)))


def _item_option(key: str, item: Item) -> Option:
    misfit_texts = []
    if item.barred:
        misfit_texts.append(Misfit("item_barred"))
    if item.stocked:
        misfit_texts.append(Misfit("item_stocked", blocks=key == "rounding_item"))
    fits = not any(misfit.blocks for misfit in misfit_texts)
    return Option(item.number, item.name, "", item.name, " ".join(misfit_text(misfit) for misfit in misfit_texts), fits)


def _groups(options: list[Option]) -> list[Group]:
    kinds = (
        (_("Fits"), [option for option in options if option.fits and not option.why]),
        (_("With a reservation"), [option for option in options if option.fits and option.why]),
        (_("Does not fit"), [option for option in options if not option.fits]),
    )
    return [Group(title, rows) for title, rows in kinds if rows]
