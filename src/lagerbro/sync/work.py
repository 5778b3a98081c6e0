"""One transfer in hand: its intents, its attempts, its links, and the commits that keep them true.

The order is always: store the intent, make the call, store what it answered together with the next intent. A run of an
invoice with two writes therefore costs three commits, and a crash between any two of them leaves an open intent that
the next run finds, looks for and adopts (DESIGN 3 and 4).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
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
from lagerbro.sync.waiting import OUTCOME_PENDING_FOR, SEND_WITHIN
from lagerbro.sync.write_state import WriteState, write_state
from lagerbro.wire.errors import FailureKind, RemoteError, UnreadableAnswerError
from lagerbro.wire.exchange import Exchange
from lagerbro.wire.numbers import decode, encode

AnswerT = TypeVar("AnswerT", bound=msgspec.Struct)
KEYS_MAX: Final = 3
"""Keys that one run gives to one write."""
_ATTEMPTS: Final = Insertion(Attempt)
LOOK_FIRST_FOR: Final = timedelta(days=40)
"""The nightly sweep finds what was booked in Rackbeat within five weeks (`flows.polls.sweep`)."""


@dataclass(frozen=True, slots=True)
class Step(Generic[AnswerT]):
    """One write. `send` makes it under the given idempotency key; `find_existing` finds what an earlier try may have
    made.

    `is_once_only` marks a write that exists at most once in a record's life (a draft, a booking): its answer under
    another version of the record is not made again but shown to a person (domain-rules H18). `appears_within_s`: what
    was made may show that late, so that a look that finds nothing is repeated (domain-rules H30).
    """

    name: str
    answer: type[AnswerT]
    request: msgspec.Struct
    send: Callable[[str], AnswerT]
    find_existing: Callable[[], AnswerT | None]
    is_once_only: bool = True
    appears_within_s: int = 0


class Work:
    """One run of one transfer. Lives in one thread."""

    def __init__(
        self,
        transfer: Transfer,
        agreement: Agreement,
        choices: Choices,
        runtime: Runtime,
        stopping: Callable[[], bool] = lambda: False,
    ) -> None:
        self.transfer = transfer
        self.agreement = agreement
        self.choices = choices
        self.runtime = runtime
        self.stopping = stopping
        self.is_asked_anew = transfer.asked > transfer.done
        self.links = Links(agreement)
        self.details_while_held: dict[str, str] = {}
        """What the transfer's page shows, beside the reason, when this run does not come to an end."""
        self.intents: Intents
        self.clients: Clients
        self._unstored_attempts: list[Attempt] = []
        self._changed_intents: list[Intent] = []

    def open(self) -> None:
        """Read what earlier runs left behind, and the keys; before anything else."""
        self.intents = Intents(self.transfer, self.agreement.ledger_since)
        self.clients = self.runtime.connect(self.agreement, self.observe)

    @property
    def must_look_first(self) -> bool:
        """Whether this may have been made by us and forgotten: what is booked late is still among the newest weeks."""
        lost_at = self.agreement.memory_lost_at
        return lost_at is not None and self.runtime.clock.now() < lost_at + LOOK_FIRST_FOR

    @property
    def is_resumed(self) -> bool:
        """Whether an earlier run left writes behind whose effect must be read before anything is built on it."""
        return any(row.run < self.transfer.runs for row in self.intents.unfinished())

    def write(self, step: Step[AnswerT], version: str) -> AnswerT:
        """Make the write exactly once and answer what the remote made of it.

        Raises `OutcomePending` while an unknown outcome must be left alone, `Refusal` when the write was made for
        another version of the record, `RemoteError` when the remote refuses.
        """
        latest, now = self.intents.latest(step.name), self.runtime.clock.now()
        state = write_state(latest, version, now, is_once_only=step.is_once_only, is_memory_lost=self.must_look_first)
        match state, latest:
            case WriteState.NOTHING, _:
                return self._send_new(step, version)
            case WriteState.PERHAPS_FORGOTTEN, _:
                return self._adopt_or_send(step, version)
            case WriteState.IN_FLIGHT, Intent() as intent:
                raise OutcomePending(intent.in_flight_until)
            case WriteState.UNANSWERED, Intent() as intent:
                return self._look_up_or_send(step, intent, version)
            case WriteState.MADE, Intent() as intent:
                return decode(intent.answer.encode(), step.answer)
            case WriteState.MADE_FOR_ANOTHER, Intent() as intent:
                return self._refuse_or_send_new(step, intent, version)
        raise AssertionError(state)

    def adopt(self, step: Step[AnswerT], version: str, existing: AnswerT) -> AnswerT:
        """What stands there is ours although no answer told us so: known from now on, as if the step had made it."""
        self._confirm(self._store_intent(step, version), existing)
        return existing

    def remember_document_type(self, document_type: DocumentType) -> None:
        """What sort of document it turned out to be. Costs a commit, once in the life of a credit note."""
        if self.transfer.document_type == document_type:
            return
        # the claim is part of the condition: who has lost it must not write over what the new holder has found
        mine = Transfer.in_scope.filter(pk=self.transfer.pk, claim=self.transfer.claim)
        if not mine.update(document_type=document_type):
            raise ClaimLostError(str(self.transfer))
        self.transfer.document_type = document_type

    def observe(self, exchange: Exchange) -> None:
        """Remember a call; it is stored with the next commit."""
        # not stored at once: a commit for each call would double what a document costs the disk
        self._unstored_attempts.append(
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

    @contextmanager
    def storing(self) -> Iterator[None]:
        """One commit of what is written inside, with what has been learnt, if the claim still holds."""
        with transaction.atomic():
            self.store()
            yield
        self.forget_results()

    def store_results(self) -> None:
        """The same for a caller who checks the claim in the same transaction."""
        _ATTEMPTS.all(self._unstored_attempts)
        for intent in self._changed_intents:
            store_outcome(intent)

    def forget_results(self) -> None:
        """They have been committed. Not before: what a rollback takes back is stored with the next commit."""
        self._unstored_attempts, self._changed_intents = [], []

    def _adopt_or_send(self, step: Step[AnswerT], version: str) -> AnswerT:
        """What stands there is ours, and known from now on."""
        existing = step.find_existing()
        return self._send_new(step, version) if existing is None else self.adopt(step, version, existing)

    def _look_up_or_send(self, step: Step[AnswerT], latest: Intent, version: str) -> AnswerT:
        """Look whether the unanswered try was made: take what stands there, else make it."""
        existing = step.find_existing()
        if existing is not None:
            self._confirm(latest, existing)
            return existing if latest.version == version else self._refuse_or_send_new(step, latest, version)
        if step.appears_within_s and latest.looked_at is None:
            raise self._pending_until_next_look(latest, step.appears_within_s)
        if latest.version == version and latest.failed_status is None:
            return self._send(step, latest)  # should it appear after all, the same key makes it no second time
        # its key is used up by a server error, or what it was for has changed: this try is over, the next has a key of
        # its own
        latest.state = IntentState.REFUSED
        self._changed_intents.append(latest)
        return self._send_new(step, version)

    def _refuse_or_send_new(self, step: Step[AnswerT], latest: Intent, version: str) -> AnswerT:
        """What exists once and was made of another version is a person's affair; what repeats is made of this one."""
        if step.is_once_only:
            raise Refusal("changed_during_transfer", FailureKind.CONFIG, before=latest.version, now=version)
        return self._send_new(step, version)

    def _pending_until_next_look(self, latest: Intent, after_s: int) -> OutcomePending:
        """The end of this run: the next one looks again, once."""
        latest.looked_at = self.runtime.clock.now()
        latest.in_flight_until = latest.looked_at + timedelta(seconds=after_s)
        self._changed_intents.append(latest)
        return OutcomePending(latest.in_flight_until, "not_found_yet")

    def _store_intent(self, step: Step[AnswerT], version: str) -> Intent:
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
            in_flight_until=now + OUTCOME_PENDING_FOR,
        )
        intent.idempotency_key = self._identity(intent).idempotency_key()
        with transaction.atomic():
            self.store()
            self.intents.add(intent)
        self.forget_results()
        self.runtime.failpoint(f"{self.transfer.kind}.{step.name}.decided")
        return intent

    def _send_new(self, step: Step[AnswerT], version: str, keys_left: int = KEYS_MAX - 1) -> AnswerT:
        return self._send(step, self._store_intent(step, version), keys_left)

    def _send(self, step: Step[AnswerT], intent: Intent, keys_left: int = KEYS_MAX - 1) -> AnswerT:
        """What the remote made of it. Every refusal is definite and ends the try; everything else leaves it open."""
        if intent.run != self.transfer.runs:
            self._store_resending(intent)
        if self.runtime.clock.now() > intent.in_flight_until - OUTCOME_PENDING_FOR + SEND_WITHIN:
            # the process was stopped since the intent was stored: somebody may hold it dead and look by now
            raise OutcomePending(intent.in_flight_until)
        try:
            answer = step.send(intent.idempotency_key)
        except RemoteError as error:
            if error.outcome_unknown:
                self._note_failure(intent, error)
                raise OutcomePending(intent.in_flight_until, error.code, error=error) from error
            intent.state = IntentState.REFUSED
            self._changed_intents.append(intent)
            if not error.replayed:
                raise
            if keys_left == 0:
                raise UnreadableAnswerError("an answer is remembered for a key that is new") from error
            # what an earlier call was told, which did nothing: what holds now is asked anew
            return self._send_new(step, intent.version, keys_left - 1)
        self.runtime.failpoint(f"{self.transfer.kind}.{step.name}.answered")
        self._confirm(intent, answer)
        return answer

    def _store_resending(self, intent: Intent) -> None:
        """The call is about to be in flight once more: whoever comes next has to rest from now."""
        intent.in_flight_until, intent.looked_at = self.runtime.clock.now() + OUTCOME_PENDING_FOR, None
        with transaction.atomic():
            self.store()
            store_outcome(intent)
        self.forget_results()

    def _note_failure(self, intent: Intent, error: RemoteError) -> None:
        """A server error is remembered by the remote for its key: the next try needs another."""
        if error.status is not None:
            intent.failed_status = error.status
            self._changed_intents.append(intent)

    def _confirm(self, intent: Intent, answer: AnswerT) -> None:
        intent.state = IntentState.CONFIRMED
        intent.answer = encode(answer).decode()
        self._changed_intents.append(intent)

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
