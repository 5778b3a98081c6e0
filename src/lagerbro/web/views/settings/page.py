"""The settings page: shown, helped with, saved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from lagerbro.agreements.choices import answers_of
from lagerbro.agreements.directory import Directory
from lagerbro.agreements.models import Agreement, SettingChange
from lagerbro.agreements.questions import anchor
from lagerbro.people.models import Role
from lagerbro.web.sentences.words import Message
from lagerbro.web.views.agreement import agreement_page, not_open, signed_in_address, visit_of
from lagerbro.web.views.onboarding.progress import last_step
from lagerbro.web.views.settings import reading
from lagerbro.web.views.settings.change_lines import change_line, label_of
from lagerbro.web.views.settings.form_state import FormState
from lagerbro.web.views.settings.misfit_words import misfit_text
from lagerbro.web.views.settings.saving import Saved, items_named, merged, save
from lagerbro.web.views.settings.sheet import parts
from lagerbro.web.views.settings.submitted import SubmittedForm
from lagerbro.web.views.settings.words import LABELS, WARNINGS

STALE_AFTER_S: Final = 600
"""How old the kept lists may be before the page looks, once it is shown, whether something new has come."""
LIST_MAX: Final = 1000
"""Accounts in the list that a browser without script offers; a longer chart is searched on a page of its own."""


@dataclass
class PageState:
    """What a page is to say besides the answers."""

    typed: SubmittedForm | None = None
    saved: Saved = field(default_factory=lambda: Saved(done=False))
    notice: Message | None = None
    refreshed: bool = False
    status: int = 200


@dataclass(frozen=True, slots=True)
class _DirectoryRead:
    """The lists to choose from, and when they were read; `notice`: why they could not be."""

    directory: Directory
    read_at: datetime | None
    notice: Message | None = None


@require_http_methods(["GET", "HEAD", "POST"])
@agreement_page
def page(request: HttpRequest, agreement: Agreement) -> HttpResponse:
    """The page; a POST saves it or helps with it and keeps what was typed, whatever comes of it."""
    if request.method != "POST":
        return _render(request, agreement, PageState())
    if not visit_of(request).may(Role.ADMINISTRATOR):
        return not_open(request, Role.ADMINISTRATOR)
    typed = SubmittedForm.of(request, agreement.settings_version)
    if typed.act in ("save", "activate"):
        return _save(request, agreement, typed)
    return _help_and_render(request, agreement, typed)


def _save(request: HttpRequest, agreement: Agreement, typed: SubmittedForm) -> HttpResponse:
    try:
        directory, _ = reading.fresh(agreement, items_named(answers_of(), typed.texts))
    except reading.NoAnswerError as error:
        return _render(request, agreement, PageState(typed, notice=error.message, status=503))
    visit = visit_of(request)
    saved = save(agreement, typed, directory, by=visit.by, may_decide=visit.may_decide)
    if not saved.done:
        return _render(request, agreement, PageState(typed, saved, status=409 if saved.theirs else 422))
    if saved.vanished:
        return _render(request, agreement, PageState(None, saved))
    if typed.act == "activate":
        return HttpResponseRedirect(visit.address("activate"))
    return HttpResponseRedirect(f"{request.path}?saved={saved.count}#top")


def _help_and_render(request: HttpRequest, agreement: Agreement, typed: SubmittedForm) -> HttpResponse:
    try:
        items = items_named(answers_of(), typed.texts)
        is_refresh = typed.act == "refresh"
        directory, _ = (
            reading.fresh(agreement, items, whole=True) if is_refresh else reading.stored_directory(agreement, items)
        )
    except reading.NoAnswerError as error:
        return _render(request, agreement, PageState(typed, notice=error.message, status=503))
    if typed.act == "count":
        form = FormState(agreement, directory, None, answers_of(), typed.texts)
        return render(request, "settings/_nav.html", {"parts": parts(form)})
    return _render(request, agreement, PageState(typed.with_help(directory), refreshed=is_refresh))


def _render(request: HttpRequest, agreement: Agreement, shown: PageState) -> HttpResponse:
    answers, typed = answers_of(), shown.typed
    texts: dict[str, str] = {}
    theirs: Mapping[str, SettingChange] = {}
    lists = _directory(agreement, answers, typed)
    if typed is not None:
        texts, changes = merged(typed, answers, lists.directory)
        theirs = shown.saved.theirs if changes else {}
    form = FormState(agreement, lists.directory, lists.read_at, answers, texts, shown.saved.complaints, theirs)
    context = {**_context(request, form, shown), "notice": shown.notice or lists.notice}
    return render(request, "settings/page.html", context, status=shown.status)


def _directory(agreement: Agreement, answers: dict[str, Any], typed: SubmittedForm | None) -> _DirectoryRead:
    try:
        return _DirectoryRead(*reading.stored_directory(agreement, items_named(answers, typed.texts if typed else {})))
    except reading.NoAnswerError as error:
        return _DirectoryRead(Directory(), None, error.message)


def _context(request: HttpRequest, form: FormState, shown: PageState) -> dict[str, Any]:
    agreement, directory = form.agreement, form.directory
    sections = parts(form)
    return {
        "agreement": agreement,
        "steps": last_step(agreement),
        "parts": sections,
        "grid": next(part.grid for part in sections if part.grid),
        "version": agreement.settings_version,
        "last": SettingChange.in_scope.order_by("-pk").first(),
        "saved": _count(request.GET.get("saved", "")),
        "saved_anyway": shown.saved.count if shown.saved.done else 0,
        "changed": sum(form.is_changed(key) for key in form.texts),
        "wrong": [
            {"anchor": anchor(key), "label": label_of(key, directory), "why": misfit_text(complaint)}
            for key, complaint in form.complaints.items()
        ],
        "matching": {
            "label": LABELS["layouts"].label,
            "help": LABELS["layouts"].help,
            "warning": WARNINGS["W-LAYOUT"],
        },
        "split": {"label": LABELS["stock_split_accounts"].label, "help": LABELS["stock_split_accounts"].help},
        "vanished": [(label_of(key, directory), text) for key, text in shown.saved.vanished.items()],
        "theirs": [change_line(change, directory) for change in form.theirs.values()],
        "sign_in_needed": shown.saved.sign_in_needed,
        "read_at": form.read_at,
        "refreshed": shown.refreshed,
        "stale": _is_stale(form),
        "lists": _lists(directory),
        "is_long": len(directory.accounts) > LIST_MAX,
        "sign_in": signed_in_address(request),
        "may_change": visit_of(request).may(Role.ADMINISTRATOR),
    }


def _is_stale(form: FormState) -> bool:
    return form.read_at is not None and (timezone.now() - form.read_at).total_seconds() > STALE_AFTER_S


def _lists(directory: Directory) -> dict[str, list[Any]]:
    """The lists that fields share: accounts for postings, for stock, and for the suppliers' control account."""
    if len(directory.accounts) > LIST_MAX:
        return {}
    usable = [account for account in directory.accounts.values() if account.takes_entries and not account.barred]
    open_ = [account for account in usable if not account.blocked]
    return {
        "list-postings": open_,
        "list-balance": [account for account in usable if account.type == "status"],
        "list-no-vat": [account for account in open_ if not account.vat_code],
    }


def _count(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else None
