"""Polls of Rackbeat's lists: they catch what a webhook should have told us and did not."""

from __future__ import annotations

from dataclasses import dataclass

from lagerbro.flows.polls.listing import listing
from lagerbro.flows.polls.position import PollPosition, filter_moment
from lagerbro.flows.polls.stored_transfers import TransferStatus, transfer_statuses, transferred_versions
from lagerbro.flows.sections import Section
from lagerbro.flows.startup.links import is_own_write, under_way
from lagerbro.rackbeat.types import Changed
from lagerbro.sync.flow import Flow, record_of
from lagerbro.sync.schedules.routine import RoutineContext, RoutineResult
from lagerbro.sync.schedules.timing import Timing
from lagerbro.sync.storage.enqueueing import PRIORITY_BULK, RankedRecord


@dataclass(frozen=True, slots=True)
class RackbeatPoll:
    """One list. `path` says what is listed; what changed is asked for as a record of `flow`'s kind, while its `section`
    is switched on.

    Drafts are in the list as well: a document that was transferred and is one again has been unbooked (H18)."""

    name: str
    flow: Flow
    section: Section
    path: str
    timing: Timing
    priority: int = PRIORITY_BULK
    document: Flow | None = None
    """What carries over a document that may be attached to a record after it was transferred."""

    def run(self, context: RoutineContext) -> RoutineResult:
        """List what changed since the last poll, but nothing from before the section was switched on."""
        if not self.section.is_on(context.choices):
            return RoutineResult(remembered=context.remembered)
        position = PollPosition.of(context.remembered)
        since = position.since(self.section.begins_at(context.agreement))
        listed = listing(context.clients.rackbeat.changed(self.path, filter_moment(since)))
        news, next_position = position.news(listed.records, context.now)
        wanted = [record_of(self.flow, record.key) for record in self._wanted(context, news)]
        records = (*wanted, *self._documents(context, news))
        return RoutineResult(records, self.priority, next_position.stored(), listed.code, listed.details)

    def _wanted(self, context: RoutineContext, news: list[Changed]) -> list[Changed]:
        """A document is known by the moment it was booked, and a draft is nobody's business unless something was made
        of it; master data has to be read to be compared, unless it is as our start-up sync wrote it."""
        kind, epoch = self.flow.kind, context.agreement.ledger_epoch
        transferred = transferred_versions(kind, epoch, [record.key for record in news if _has_booking_state(record)])
        drafts = transfer_statuses(kind, [record.key for record in news if record.is_booked is False])
        ours = under_way(kind, [record.key for record in news])
        wanted = [record for record in news if record.key not in ours]
        return [record for record in wanted if _is_wanted(record, transferred.get(record.key), drafts.get(record.key))]

    def _documents(self, context: RoutineContext, news: list[Changed]) -> list[RankedRecord]:
        """Of what was changed since it was transferred and had no document then."""
        if self.document is None:
            return []
        kind, epoch = self.flow.kind, context.agreement.ledger_epoch
        transferred = transferred_versions(kind, epoch, [record.key for record in news if record.booked_at])
        statuses = transfer_statuses(self.document.kind, transferred)
        return [record_of(self.document, key) for key in transferred if key not in statuses]


def _has_booking_state(record: Changed) -> bool:
    """A document that is booked, or master data, which never is."""
    return bool(record.booked_at) or record.is_booked is None


def _is_wanted(record: Changed, transferred: str | None, status: TransferStatus | None) -> bool:
    if record.is_booked is False:
        return status is not None and status.is_unbooking_news
    if is_own_write(transferred, record.updated_at):
        return False
    return record.booked_at is None or transferred != record.booked_at
