"""The directory for a page: the kept copy, or a fresh one; and how a system that does not answer is told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lagerbro.agreements import directories
from lagerbro.agreements.directories import TooManyRowsError
from lagerbro.agreements.directory import Directory
from lagerbro.agreements.models import Agreement, Credentials
from lagerbro.sync.clients import client_factory, unobserved
from lagerbro.sync.runtime import Clients
from lagerbro.web.sentences.words import Message, Sentence, message_of
from lagerbro.wire.errors import FailureKind, MissingValueError, RemoteError, UnusableValueError
from lagerbro.wire.page_time import may_ask

_DO_AGAIN: Final = _("What you have typed still stands here. Try again in a moment.")
_NOT_AS_IT_SHOULD_BE: Final = Sentence(
    _("Nothing was read or saved."),
    _("One of %(system)s's lists cannot be used: the field “%(field)s” has “%(value)s”."),
    _("Correct it in %(system)s. What you have typed still stands here."),
)
SENTENCES: Final[Mapping[str, Sentence]] = {
    FailureKind.GONE: Sentence(
        _("Nothing was read or saved."),
        _("Access to one of the systems has been withdrawn."),
        _("Reconnect under “Connections and access”. What you have typed still stands here."),
    ),
    FailureKind.CONFIG: Sentence(
        _("Nothing was read or saved."),
        _("One of the systems does not allow Lagerbro to read its lists. %(said)s"),
        _("Give Lagerbro the rights that it asks for. What you have typed still stands here."),
    ),
    UnusableValueError.code: _NOT_AS_IT_SHOULD_BE,
    MissingValueError.code: _NOT_AS_IT_SHOULD_BE,
    FailureKind.LIMITED: Sentence(
        _("Nothing was read or saved."),
        _("One of the systems asks us to wait, as there have been many calls."),
        _DO_AGAIN,
    ),
    "too_many": Sentence(
        _("Nothing was read or saved."),
        _("There are too many records to choose from in one of the lists."),
        _("Write to support: such a chart of accounts is looked at by a person."),
    ),
    "silent": Sentence(_("Nothing was read or saved."), _("One of the systems does not answer."), _DO_AGAIN),
}


class NoAnswerError(Exception):
    """A system could not be read; `message` says it in the reader's language."""

    def __init__(self, message: Message) -> None:
        self.message = message
        super().__init__(message.why)


def clients_of(agreement: Agreement) -> Clients | None:
    """The clients of the agreement's two systems; None while it has no keys, and for whoever may set no call off."""
    if not may_ask() or not Credentials.in_scope.exists():
        return None
    return client_factory().connect(agreement, unobserved)


def stored_directory(agreement: Agreement, items: Iterable[str]) -> tuple[Directory, datetime | None]:
    """The kept copy; before the first reading it is read now. Raises `NoAnswerError`."""
    copy = directories.stored_directory(agreement)
    return copy if copy is not None else fresh(agreement, items, whole=True)


def fresh(agreement: Agreement, items: Iterable[str], *, whole: bool = False) -> tuple[Directory, datetime | None]:
    """The registers as they are now; `whole` reads the sales accounts of e-conomic's groups too. Raises
    `NoAnswerError`."""
    clients = clients_of(agreement)
    if clients is None:
        return Directory(), None
    now = timezone.now()
    reader = directories.read_and_store_all if whole else directories.read_and_store_for_form
    try:
        return reader(agreement, clients.rackbeat, clients.economic, now, items), now
    except RemoteError as error:
        sentence = SENTENCES.get(error.code) or SENTENCES.get(error.kind, SENTENCES["silent"])
        raise NoAnswerError(message_of(sentence, error.code, "", error.details)) from error
    except TooManyRowsError as error:
        raise NoAnswerError(message_of(SENTENCES["too_many"], "too_many", "", {})) from error
