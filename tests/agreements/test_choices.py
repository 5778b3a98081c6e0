"""Decided settings become choices; every change has a history; what no question has is refused whole."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lagerbro.agreements.choices import UnknownSettingError, choices_of, decide
from lagerbro.agreements.models import Agreement, Setting, SettingChange
from lagerbro.agreements.scope import agreement_scope
from lagerbro.books.choices import NOT_USED, Choices, Frequency

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def agreement() -> Agreement:
    return Agreement.objects.create(public_id="nordlys", company_name="Nordlys", rackbeat_account_id=7, created_at=NOW)


def test_nothing_decided_is_everything_off(agreement: Agreement) -> None:
    with agreement_scope(agreement.pk):
        assert choices_of(agreement) == Choices()


def test_decisions_and_their_history(agreement: Agreement) -> None:
    with agreement_scope(agreement.pk):
        assert decide(agreement, {"sales_enabled": True, "layouts:3": 21}, by="Mette", at=NOW) == 2
        assert decide(agreement, {"sales_enabled": True, "stock_frequency": "weekly"}, by="Mette", at=NOW) == 1
        assert decide(agreement, {"vat_rounding_limit": "0.10", "layouts:3": None}, by="Jens", at=NOW) == 2
        assert choices_of(agreement) == Choices(
            version=3,
            sales_enabled=True,
            stock_frequency=Frequency.WEEKLY,
            vat_rounding_limit=Decimal("0.10"),
        )
        history = SettingChange.in_scope.order_by("pk").values_list("version", "key", "before", "after", "changed_by")
        assert list(history) == [
            (1, "sales_enabled", None, True, "Mette"),
            (1, "layouts:3", None, 21, "Mette"),
            (2, "stock_frequency", None, "weekly", "Mette"),
            (3, "vat_rounding_limit", None, "0.10", "Jens"),
            (3, "layouts:3", 21, None, "Jens"),
        ]


def test_a_hundred_decisions_cost_the_queries_of_one(agreement: Agreement) -> None:
    first = {f"purchase_accounts:{group}.eu": 1320 for group in range(75)}
    then = {f"purchase_accounts:{group}.eu": None if group < 25 else 1321 for group in range(100)}
    with agreement_scope(agreement.pk):
        decide(agreement, {**first, "layouts:1": 20, "layouts:2": 20}, by="Mette", at=NOW)
        with CaptureQueriesContext(connection) as few:
            assert decide(agreement, {"layouts:1": None, "layouts:2": 21}, by="Mette", at=NOW) == 2
        with CaptureQueriesContext(connection) as many:
            assert decide(agreement, then, by="Jens", at=NOW) == 100
        assert len(many) == len(few)
        assert choices_of(agreement).purchase_accounts == {f"{group}.eu": 1321 for group in range(25, 100)}
        assert Setting.in_scope.filter(decided_by="Jens").count() == 75
        assert SettingChange.in_scope.filter(version=3, before=1320, after__isnull=True).count() == 25


def test_not_used_is_a_decision_about_a_cell(agreement: Agreement) -> None:
    with agreement_scope(agreement.pk):
        answers = {"purchase_accounts:7.eu": NOT_USED, "purchase_accounts:7.domestic": 1310}
        assert decide(agreement, answers, by="Mette", at=NOW) == 2
        assert choices_of(agreement).purchase_accounts == {"7.eu": NOT_USED, "7.domestic": 1310}
        with pytest.raises(UnknownSettingError):
            decide(agreement, {"purchase_accounts:7.eu": "perhaps"}, by="Mette", at=NOW)


@pytest.mark.parametrize(
    "answers",
    [
        {"colour": "red"},
        {"sales_enabled": "yes"},
        {"layouts": {}},
        {"stock_frequency": "never"},
        {"sales_enabled:1": 1},
    ],
)
def test_what_no_question_has_is_refused_whole(agreement: Agreement, answers: dict[str, object]) -> None:
    with agreement_scope(agreement.pk):
        with pytest.raises(UnknownSettingError):
            decide(agreement, {"book_on_booking": True, **answers}, by="Mette", at=NOW)
        assert (Setting.in_scope.count(), SettingChange.in_scope.count()) == (0, 0)
        decide(agreement, {"book_on_booking": True}, by="Mette", at=NOW)
        assert choices_of(agreement).book_on_booking is True
