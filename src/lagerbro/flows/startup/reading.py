"""The dry run: both systems' lists are read a page at a time, and each record is planned (docs/decisions 0032).

A page and its rows are one commit, so that whoever comes next reads the page after it. e-conomic pages by offset
(economic-api 2.3): when a record is deleted meanwhile, another slips past. So a list is only believed when it had as
many records at its end as at its beginning and all of them came; else it is read again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from django.db import transaction

from lagerbro.economic.surfaces import ListPage
from lagerbro.flows.startup.candidate import CannotGoError, MappingContext
from lagerbro.flows.startup.kinds import ORDER, SOURCES, Kind
from lagerbro.flows.startup.mapping import candidate
from lagerbro.flows.startup.models import RackbeatCopy, RecordState, RunState, StartupRecord, StartupRun
from lagerbro.flows.startup.plan import Action, Known, Planned, plan_record
from lagerbro.flows.startup.rows import copies_of, known_records, stored, text_of
from lagerbro.sync.outcome import ClaimLostError
from lagerbro.sync.runtime import Clients
from lagerbro.wire.texts import clean, is_key
from lagerbro.wire.unreadable import shown

_POSITION: Final = ("state", "kind", "in_rackbeat", "page", "results", "seen", "passes", "code")
PASSES_MAX: Final = 3
RECORDS_MAX: Final = 200_000
"""Of one kind."""
LIST_CHANGING: Final = "startup_list_changing"
TOO_MANY: Final = "startup_too_many"


@dataclass
class Reading:
    """One slice of a dry run. `storing` is a commit that checks the claim; `is_over` says when to give way."""

    run: StartupRun
    clients: Clients
    context: MappingContext
    storing: Callable[[], AbstractContextManager[None]]
    is_over: Callable[[], bool]

    def read(self) -> None:
        """Read pages until everything has been read, the list cannot be read, or it is time to give way."""
        rackbeat = self.clients.rackbeat.records.behind_others()
        while self.run.state == RunState.READING and not self.run.code and not self.is_over():
            kind = self.run.reading
            assert kind is not None
            source = SOURCES[kind]
            if self.run.in_rackbeat:
                page = rackbeat.page(source.list_path, self.run.page + 1, source.listed_fields)
                self._commit(partial(self._keep_copies, kind, page.records, page.pages))
            else:
                sort = source.key if source.is_sortable else ""
                listed = self.clients.economic.registers.rest.page(source.path, self.run.page, sort)
                self._commit(partial(self._plan, kind, listed))

    def _commit(self, change: Callable[[], None]) -> None:
        with self.storing():
            change()
            present = StartupRun.in_scope.filter(pk=self.run.pk, state=RunState.READING)
            # read and checked in one statement: between two somebody could ask for another dry run
            if not present.update(**{name: getattr(self.run, name) for name in _POSITION}):
                raise ClaimLostError(str(self.run))  # somebody has asked for another dry run meanwhile

    def _keep_copies(self, kind: Kind, records: Iterable[object], pages: int) -> None:
        copies = {}
        for record in records:
            number = _number_of(record)
            if number and isinstance(record, dict):
                name = record.get("name")
                copies[number] = RackbeatCopy(
                    agreement_id=self.run.agreement_id,
                    run=self.run,
                    kind=kind,
                    number=number,
                    name=clean(name)[:255] if isinstance(name, str) else "",
                    content=text_of({field: record.get(field) for field in record if field != "number"}),
                )
        stored(RackbeatCopy, copies.values(), ("run", "kind", "number"))
        self.run.page += 1
        if self.run.page >= pages or not copies:
            self.run.in_rackbeat, self.run.page, self.run.passes = False, 0, 1
            self.run.results, self.run.seen = None, 0
            if not self.run.chosen.carries(kind):
                self._go_on_after(kind)

    def _plan(self, kind: Kind, listed: ListPage) -> None:
        run, results = self.run, listed.results
        if results > RECORDS_MAX:
            run.code = TOO_MANY
            return
        if run.results is not None and run.results != results and run.passes < PASSES_MAX:
            self._begin_again(kind)
            return
        changes_still = run.results is not None and run.results != results
        run.results = results
        self._store_planned(kind, listed.records)
        run.seen += len(listed.records)
        run.page += 1
        if changes_still:
            run.code = LIST_CHANGING
        elif listed.is_last:
            self._end_list(kind)

    def _end_list(self, kind: Kind) -> None:
        """All of it came, each record once; what came twice in every pass stands twice in e-conomic."""
        # counted in the table and not while reading: a page that a stop had read again is there once
        distinct = StartupRecord.in_scope.filter(run=self.run, kind=kind).count()
        is_whole = self.run.seen == self.run.results
        if is_whole and (distinct == self.run.seen or self.run.passes > 1):
            self._go_on_after(kind)
        elif self.run.passes < PASSES_MAX:
            self._begin_again(kind)
        else:
            self.run.code = LIST_CHANGING

    def _begin_again(self, kind: Kind) -> None:
        StartupRecord.in_scope.filter(run=self.run, kind=kind).delete()
        self.run.passes += 1
        self.run.page, self.run.results, self.run.seen = 0, None, 0

    def _go_on_after(self, kind: Kind) -> None:
        after = ORDER[ORDER.index(kind) + 1 :]
        self.run.in_rackbeat, self.run.page = True, 0
        if after:
            self.run.kind = after[0]
            return
        # the copies served to plan; what is written later is read afresh, record by record
        RackbeatCopy.in_scope.filter(run=self.run).delete()
        self.run.kind, self.run.state = "", RunState.READY

    def _store_planned(self, kind: Kind, records: list[Any]) -> None:
        known = known_records(self.run)
        found: dict[str, StartupRecord] = {}
        rows = list(self._planned(kind, records, known))
        twice = self._rows_of_earlier_pages(kind, [row.key for row in rows])
        for row in rows:
            before = found.get(row.key) or twice.get(row.key)
            if before is not None and not _is_same_plan(before, row):
                row.action, row.code, row.fields, row.existing = Action.CANNOT, "number_twice", "", ""
            found[row.key] = row
        stored(StartupRecord, found.values(), ("run", "kind", "key"))

    def _planned(self, kind: Kind, records: list[Any], known: Known) -> Iterable[StartupRecord]:
        found: list[Any] = []
        for record in records:
            try:
                found.append(candidate(kind, record, self.context))
            except CannotGoError as reason:
                found.append(Planned.cannot(reason))
        wanted = [one for one in found if not isinstance(one, Planned)]
        copies = copies_of(self.run, kind, {one.number: one.name for one in wanted})
        for position, one in enumerate(found):
            planned = one if isinstance(one, Planned) else plan_record(one, copies.get(one.number), known)
            yield self._row(kind, planned, self.run.seen + position)

    def _row(self, kind: Kind, planned: Planned, position: int) -> StartupRecord:
        return StartupRecord(
            agreement_id=self.run.agreement_id,
            run=self.run,
            kind=kind,
            rank=ORDER.index(kind),
            key=planned.number if planned.number and planned.code not in _UNUSABLE else f" {position}",
            number=planned.number,
            target=planned.target,
            name=planned.name[:255],
            existing_name=planned.existing_name[:255],
            action=planned.action,
            state=RecordState.WAITING,
            code=planned.code,
            details=dict(planned.details),
            fields=text_of(planned.fields) if planned.fields else "",
            existing=text_of(planned.existing) if planned.existing else "",
            left_out=",".join(planned.left_out)[:255],
        )

    def _rows_of_earlier_pages(self, kind: Kind, keys: list[str]) -> Mapping[str, StartupRecord]:
        """Those that an earlier page brought."""
        if not self.run.page:
            return {}
        rows = StartupRecord.in_scope.filter(run=self.run, kind=kind, key__in=keys)
        return {row.key: row for row in rows}


def begin_list_again(run: StartupRun) -> None:
    """The list that could not be believed is read from its beginning. Inside the agreement's scope."""
    with transaction.atomic():
        StartupRecord.in_scope.filter(run=run, kind=run.kind).delete()
        run.code, run.page, run.results, run.seen, run.passes = "", 0, None, 0, 1
        StartupRun.in_scope.filter(pk=run.pk).update(code="", page=0, results=None, seen=0, passes=1)


_UNUSABLE: Final = frozenset({"number_not_digits", "number_unusable"})
"""What has one of these has a number that identifies nothing."""


def _is_same_plan(one: StartupRecord, other: StartupRecord) -> bool:
    compared = ("action", "name", "fields", "code")
    return all(getattr(one, name) == getattr(other, name) for name in compared)


def _number_of(record: object) -> str:
    """The number of a record in Rackbeat's list; empty for one that has none that could be met."""
    number = record.get("number") if isinstance(record, dict) else None
    text = str(number) if isinstance(number, str | int) and not isinstance(number, bool) else ""
    return text if len(text) <= 64 and is_key(text) and shown(text, 64) == text else ""
