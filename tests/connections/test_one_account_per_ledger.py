"""Two Rackbeat accounts joined with the same ledger: the second waits, at whichever moment it is found out."""

from __future__ import annotations

from threading import Event, Thread

import pytest
from django.db import connection, connections, transaction

from lagerbro.agreements.history import record_event
from lagerbro.agreements.ledgers import IN_USE, LedgerTakenError, is_in_use, reserve_ledger
from lagerbro.agreements.models import Agreement, AgreementState
from lagerbro.agreements.scope import agreement_scope
from lagerbro.connections.activation import ActivationOutcome
from lagerbro.connections.reconnecting import state_after_reconnect
from tests.connections.setting import Setting
from tests.sandboxes import START

pytestmark = pytest.mark.django_db
SHARED = "ledger_shared"


def other(state: AgreementState, number: int = 1180001) -> Agreement:
    """Somebody else's, whose name must not come our way."""
    return Agreement.objects.create(
        public_id="other",
        company_name="Hemmelig Handel ApS",
        rackbeat_account_id=999,
        economic_agreement_number=number,
        state=state,
        created_at=START,
    )


@pytest.mark.parametrize("state", AgreementState)
def test_found_while_the_other_transfers_and_not_afterwards(setting: Setting, state: AgreementState) -> None:
    holder = other(state)
    assert (SHARED in setting.found()) == (state in IN_USE)
    outcome = setting.activate().outcome
    assert (outcome == ActivationOutcome.BLOCKED) == (state in IN_USE)
    assert setting.agreement.state == (AgreementState.INSTALLING if state in IN_USE else AgreementState.ACTIVE)
    Agreement.objects.filter(pk=holder.pk).update(state=AgreementState.GONE)
    assert SHARED not in setting.found()
    assert setting.activate().outcome in (ActivationOutcome.ACTIVE, ActivationOutcome.ALREADY)


def test_another_ledger_is_nobodys_business(setting: Setting) -> None:
    other(AgreementState.ACTIVE, 1180002)
    assert SHARED not in setting.found()
    assert setting.activate().outcome == ActivationOutcome.ACTIVE


def test_nothing_of_the_other_company_is_told(setting: Setting) -> None:
    other(AgreementState.ACTIVE)
    (finding,) = (one for one in setting.look().findings if one.code == SHARED)
    assert finding.details == {"number": "1180001"}


def test_the_other_begins_while_we_look(setting: Setting) -> None:
    """Both looked when neither had begun; the later one is held up before anything is stored."""

    def begin(name: str) -> None:
        if name == "activate.subscribed":
            other(AgreementState.ACTIVE)

    done = setting.activate(hands=setting.with_point(begin))
    assert done.outcome == ActivationOutcome.BLOCKED
    assert SHARED in {finding.code for finding in done.findings if not finding.passed}
    assert (setting.agreement.state, setting.schedules()) == (AgreementState.INSTALLING, set())
    Agreement.objects.filter(public_id="other").update(state=AgreementState.GONE)
    assert setting.activate().outcome == ActivationOutcome.ACTIVE


def test_who_comes_back_to_a_ledger_that_was_taken_over_is_activated_anew(setting: Setting) -> None:
    setting.activate()
    Agreement.objects.filter(pk=setting.agreement.pk).update(state=AgreementState.GONE)
    holder = other(AgreementState.PAUSED)
    with agreement_scope(setting.agreement.pk):
        assert state_after_reconnect(setting.agreement) == AgreementState.INSTALLING
        Agreement.objects.filter(pk=holder.pk).update(state=AgreementState.GONE)
        assert state_after_reconnect(setting.agreement) == AgreementState.ACTIVE
        record_event(setting.agreement, "paused", by="Mette", at=START)
        assert state_after_reconnect(setting.agreement) == AgreementState.PAUSED


def test_no_number_is_no_ledger(setting: Setting) -> None:
    agreement = other(AgreementState.ACTIVE)
    agreement.economic_agreement_number = None
    reserve_ledger(agreement)
    assert not is_in_use(None, beside=None)
    assert is_in_use(1180001, beside=None)
    assert is_in_use(1180001, beside=setting.agreement)
    with pytest.raises(LedgerTakenError):
        reserve_ledger(setting.agreement)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_begin_at_once_one_begins(setting: Setting) -> None:
    """The second comes while the first has the ledger in hand, and waits for it: seen on both databases."""
    second = other(AgreementState.INSTALLING)
    came, refused = Event(), Event()

    def begin() -> None:
        try:
            with transaction.atomic():
                came.set()
                reserve_ledger(second)
                second.state = AgreementState.ACTIVE
                second.save()
        except LedgerTakenError:
            refused.set()
        finally:
            connections.close_all()

    thread = Thread(target=begin)
    with transaction.atomic():
        reserve_ledger(setting.agreement)
        thread.start()
        if connection.vendor == "postgresql":  # on a file the second cannot even begin its transaction
            came.wait(timeout=60)
        Agreement.objects.filter(pk=setting.agreement.pk).update(state=AgreementState.ACTIVE)
    thread.join()
    assert refused.is_set()
    assert Agreement.objects.filter(state__in=IN_USE).get().pk == setting.agreement.pk
