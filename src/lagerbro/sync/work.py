"""One transfer in hand: its intents, its attempts, its links, and the commits that keep them true.

The order is always: store the intent, make the call, store what it answered together with the next intent. A run of an
invoice with two writes therefore costs three commits, and a crash between any two of them leaves an open intent that
the next run finds, looks for and adopts (DESIGN 3 and 4).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Generic, TypeVar

import msgspec
from django.db import transaction

from lagerbro.agreements.models import Agreement
from lagerbro.books.choices import Choices
from lagerbro.sync.identity import WriteIdentity
from lagerbro.sync.models import Attempt, DocumentType, Intent, IntentState, Transfer
from lagerbro.sync.outcome import ClaimLostError, OutcomePending, Refusal
from lagerbro.sync.runtime import Clients, Runtime
from lagerbro.sync.storage.claims import lock_claim
from lagerbro.sync.storage.insertion import Insertion
from lagerbro.sync.storage.intents import Intents, store_outcome
from lagerbro.sync.storage.links import Links
from lagerbro.sync.waiting import FRESH, RESTS
from lagerbro.wire.errors import FailureKind, RemoteError, UnreadableAnswerError
from lagerbro.wire.exchange import Exchange
from lagerbro.wire.numbers import decode, encode

AnswerT = TypeVar("AnswerT", bound=msgspec.Struct)
KEYS_MAX: Final = 3
"""Keys that one run gives to one write."""
_ATTEMPTS: Final = Insertion(Attempt)
LOOKS_FIRST_FOR: Final = timedelta(days=40)
"""The nightly sweep finds what was booked in Rackbeat within five weeks (`flows.polls.sweep`)."""


@dataclass(frozen=True, slots=True)
class Step(Generic[AnswerT]):
    """One write. `send` makes it under the given idempotency key; `look` finds what an earlier try may have made.

    `once` marks a write that exists at most once in a record's life (a draft, a booking): its answer under another
    version of the record is not made again but shown to a person (domain-rules H18). `appears_within_s`: what was made
    may show that late, so that a look that finds nothing is repeated (domain-rules H30).
    """

    name: str
    answer: type[AnswerT]
    request: msgspec.Struct
    send: Callable[[str], AnswerT]
    look: Callable[[], AnswerT | None]
    once: bool = True
    appears_within_s: int = 0


class Work:
    """One run of one transfer. Lives in one thread."""

    def __init__(self, transfer: Transfer, agreement: Agreement, choices: Choices, runtime: Runtime) -> None:
        self.transfer = transfer
        self.agreement = agreement
        self.choices = choices
        self.runtime = runtime
        self.asked_anew = transfer.asked > transfer.done
        self.links = Links(agreement, runtime)
        self.intents: Intents
        self.clients: Clients
        self._attempts: list[Attempt] = []
        self._answered: list[Intent] = []

    def open(self) -> None:
        """Read what earlier runs left behind, and the keys; before anything else."""
        self.intents = Intents(self.transfer)
        self.clients = self.runtime.connect(self.agreement, self.observe)

    @property
    def looks_first(self) -> bool:
        """Whether this may have been made by us and forgotten: what is booked late is still among the newest weeks."""
        lost_at = self.agreement.memory_lost_at
        return lost_at is not None and self.runtime.clock.now() < lost_at + LOOKS_FIRST_FOR

    @property
    def resumed(self) -> bool:
        """Whether an earlier run left writes behind whose effect must be read before anything is built on it."""
        return any(row.run < self.transfer.runs for row in self.intents.unfinished())

    def write(self, step: Step[AnswerT], version: str) -> AnswerT:
        """Make the write exactly once and answer what the remote made of it.

        Raises `OutcomePending` while an unknown outcome must be left alone, `Refusal` when the write was made for
        another version of the record, `RemoteError` when the remote refuses.
        """
        known = self.intents.latest(step.name)
        if step.once and self._may_be_forgotten(known):
            found = step.look()
            if found is not None:
                self._confirm(self._decide(step, version), found)
                return found
        if known and known.state == IntentState.CONFIRMED:
            return self._repeated(step, known, version)
        if known and known.state == IntentState.OPEN:
            found = self._found(step, known)
            if found is not None:
                return self._repeated(step, known, version) if known.version != version else found
            if known.version == version and known.failed_status is None:
                return self._send(step, known)
            known.state = IntentState.REFUSED
            self._answered.append(known)
        return self._send(step, self._decide(step, version))

    def remember_document_type(self, document_type: DocumentType) -> None:
        """What sort of document it turned out to be. Costs a commit, once in the life of a credit note."""
        if self.transfer.document_type == document_type:
            return
        mine = Transfer.objects.filter(pk=self.transfer.pk, claim=self.transfer.claim)
        if not mine.update(document_type=document_type):
            raise ClaimLostError(str(self.transfer))
        self.transfer.document_type = document_type

    def _may_be_forgotten(self, known: Intent | None) -> bool:
        """Whether it may stand there although no write of it is known, or all that is known has been let go of."""
        return self.looks_first if known is None else known.state == IntentState.SETTLED

    def observe(self, exchange: Exchange) -> None:
        """Remember a call; it is stored with the next commit."""
        self._attempts.append(
            Attempt(
                agreement_id=self.agreement.pk,
                transfer_id=self.transfer.pk,
                run=self.transfer.runs,
                started_at=exchange.started_at,
                duration_ms=exchange.duration_ms,
                system=exchange.system,
                method=exchange.method,
                url=exchange.url,
                sent=exchange.sent,
                status=exchange.status,
                answered=exchange.answered,
                error_code=exchange.error_code,
                request_id=exchange.request_id,
            )
        )

    def store(self) -> None:
        """Write what has been learnt, inside the caller's transaction, if the claim still holds."""
        lock_claim(self.transfer, self.runtime.clock.now())
        self.store_results()

    def store_results(self) -> None:
        """The same for a caller who checks the claim in the same transaction."""
        _ATTEMPTS.all(self._attempts)
        for intent in self._answered:
            store_outcome(intent)

    def forget_results(self) -> None:
        """They have been committed. Not before: what a rollback takes back is stored with the next commit."""
        self._attempts, self._answered = [], []

    def _repeated(self, step: Step[AnswerT], known: Intent, version: str) -> AnswerT:
        if known.version == version:
            return decode(known.answer.encode(), step.answer)
        if step.once:
            raise Refusal("changed_during_transfer", FailureKind.CONFIG, before=known.version, now=version)
        return self._send(step, self._decide(step, version))

    def _found(self, step: Step[AnswerT], known: Intent) -> AnswerT | None:
        if self.runtime.clock.now() < known.rests_until:
            raise OutcomePending(known.rests_until)
        found = step.look()
        if found is not None:
            self._confirm(known, found)
        elif step.appears_within_s and known.looked_at is None:
            self._look_again(known, step.appears_within_s)
        return found

    def _look_again(self, known: Intent, after_s: int) -> None:
        known.looked_at = self.runtime.clock.now()
        known.rests_until = known.looked_at + timedelta(seconds=after_s)
        self._answered.append(known)
        raise OutcomePending(known.rests_until, "not_found_yet")

    def _decide(self, step: Step[AnswerT], version: str) -> Intent:
        now = self.runtime.clock.now()
        intent = Intent(
            agreement_id=self.agreement.pk,
            transfer_id=self.transfer.pk,
            step=step.name,
            version=version,
            try_epoch=self.intents.next_try(step.name),
            choices_version=self.choices.version,
            run=self.transfer.runs,
            request=encode(step.request).decode(),
            created_at=now,
            rests_until=now + RESTS,
        )
        intent.idempotency_key = self._identity(intent).idempotency_key()
        with transaction.atomic():
            self.store()
            self.intents.add(intent)
        self.forget_results()
        self.runtime.failpoint(f"{self.transfer.kind}.{step.name}.decided")
        return intent

    def _send(self, step: Step[AnswerT], intent: Intent, keys_left: int = KEYS_MAX - 1) -> AnswerT:
        if intent.run != self.transfer.runs:
            self._resend(intent)
        if self.runtime.clock.now() > intent.rests_until - RESTS + FRESH:
            raise OutcomePending(intent.rests_until)
        try:
            answer = step.send(intent.idempotency_key)
        except RemoteError as error:
            if error.outcome_unknown:
                self._unanswered(intent, error)
                raise OutcomePending(intent.rests_until, error.code, answered=error.status is not None) from error
            intent.state = IntentState.REFUSED
            self._answered.append(intent)
            if not error.replayed:
                raise
            if keys_left == 0:
                raise UnreadableAnswerError("an answer is remembered for a key that is new") from error
            # what an earlier call was told, which did nothing: what holds now is asked anew
            return self._send(step, self._decide(step, intent.version), keys_left - 1)
        self.runtime.failpoint(f"{self.transfer.kind}.{step.name}.answered")
        self._confirm(intent, answer)
        return answer

    def _resend(self, intent: Intent) -> None:
        """The call is about to be in flight once more: whoever comes next has to rest from now."""
        intent.rests_until, intent.looked_at = self.runtime.clock.now() + RESTS, None
        with transaction.atomic():
            self.store()
            store_outcome(intent)
        self.forget_results()

    def _unanswered(self, intent: Intent, error: RemoteError) -> None:
        if error.status is not None:
            intent.failed_status = error.status
            self._answered.append(intent)

    def _confirm(self, intent: Intent, answer: AnswerT) -> None:
        intent.state = IntentState.CONFIRMED
        intent.answer = encode(answer).decode()
        self._answered.append(intent)

    def _identity(self, intent: Intent) -> WriteIdentity:
        return WriteIdentity(
            environment=self.runtime.environment,
            agreement=self.agreement.public_id,
            epoch=self.agreement.ledger_epoch,
            kind=self.transfer.kind,
            key=self.transfer.key,
            version=intent.version,
            step=intent.step,
            try_epoch=intent.try_epoch,
        )
