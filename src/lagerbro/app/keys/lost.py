"""`lagerbro keys-lost`: the way on when the key to what is stored sealed is gone for good.

What nobody can open is emptied, so that the companies can give access again. Settings, links and history stay, and for
some weeks everything that exists once is looked for in e-conomic before it is made (`app.generation`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.db.models import Model

from lagerbro.agreements.models import Agreement, Credentials, Installation, KeyCanary, RackbeatWebhook
from lagerbro.agreements.scope import agreement_scope
from lagerbro.agreements.secrets import key_index_of
from lagerbro.app.keys.canary import existing_columns, note_keys
from lagerbro.app.keys.configured import FILE
from lagerbro.app.keys.files import write_lines
from lagerbro.app.keys.opening import load_keys, one_process_at_a_time
from lagerbro.app.keys.sealed import CANARIES, SEALED, SealedColumn
from lagerbro.connections.disconnecting import destroy_keys

CODE: Final = "keys_lost"
BY: Final = "lagerbro keys-lost"


@dataclass(frozen=True, slots=True)
class Lost:
    """What no key at hand opens: whose access, whose second factors, how many installations under way."""

    agreements: Sequence[int]
    people: Sequence[int]
    installations: Sequence[int]
    canaries: Sequence[int]

    @property
    def is_nothing(self) -> bool:
        return not (self.agreements or self.people or self.installations or self.canaries)


def unreadable_rows() -> Lost:
    """Changes nothing."""
    unreadable = {model: _unreadable(model) for model in (Credentials, RackbeatWebhook)}
    agreements = {
        key
        for model, keys in unreadable.items()
        for key in model._base_manager.filter(pk__in=keys).values_list("agreement_id", flat=True)  # noqa: SLF001 - whoever they belong to
    }
    factors = Authenticator.objects.filter(pk__in=_unreadable(Authenticator))
    people = set(factors.values_list("user_id", flat=True))
    return Lost(sorted(agreements), sorted(people), _unreadable(Installation), _unreadable(KeyCanary))


def start_over(now: datetime) -> Lost:
    """Empty what is lost; a key is made where there is none. Answers what it was."""
    with one_process_at_a_time():
        load_keys()
        if not settings.LAGERBRO_KEYS:
            write_lines(settings.LAGERBRO_HOME / FILE, (Fernet.generate_key().decode(),))
            load_keys()
        call_command("migrate", interactive=False, verbosity=0)
        with transaction.atomic():
            lost = unreadable_rows()
            _empty(lost, now)
            note_keys(frozenset())
    return lost


def _empty(lost: Lost, now: datetime) -> None:
    for agreement in Agreement.objects.filter(pk__in=lost.agreements):
        with agreement_scope(agreement.pk):
            destroy_keys(agreement, CODE, BY, now)
    Agreement.objects.filter(pk__in=lost.agreements).update(memory_lost_at=now)
    Authenticator.objects.filter(user_id__in=lost.people).delete()
    Installation.objects.filter(pk__in=lost.installations).delete()
    KeyCanary.objects.filter(pk__in=lost.canaries).delete()


def _unreadable(model: type[Model]) -> list[int]:
    return sorted({key for column in existing_columns(_columns(model)) for key in _closed(column)})


def _columns(model: type[Model]) -> list[SealedColumn]:
    return [column for column in (*SEALED, CANARIES) if column.model is model]


def _closed(column: SealedColumn) -> Iterator[Any]:
    for key, stored in column.rows():
        if any(key_index_of(value) is None for value in column.values(stored)):
            yield key


def report(lost: Lost, *, emptied: bool) -> str:
    """What it was, and what comes next."""
    if lost.is_nothing:
        return "Nothing is lost: every stored secret opens with the keys at hand. Nothing was changed."
    counts = (
        f"{len(lost.agreements)} companies' access to Rackbeat and e-conomic, {len(lost.people)} people's second"
        f" factors, {len(lost.installations)} installations under way"
    )
    if not emptied:
        return (
            f"No key at hand opens {counts}. If you still have the key, put it back. If it is gone for good, run"
            " `lagerbro keys-lost --empty`: what cannot be opened is emptied, and every company must give access again."
        )
    return (
        f"Emptied: {counts}. Start every process; each company presses Installér in Rackbeat again, and goes on with"
        " its settings, links and history. Before anything is made in e-conomic it is looked for there."
    )
