"""A sign-in ends when nobody uses it, and not while somebody does."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from lagerbro.web.sign_in.idle import ENDS_AFTER
from tests.visiting import sign_in
from tests.world import Company

pytestmark = pytest.mark.django_db
Queries = Callable[[int], AbstractContextManager[object]]
MINUTE = timedelta(minutes=1)


@pytest.fixture
def base(client: Client, company: Company) -> str:
    return sign_in(client, company.agreement)


def left_alone(client: Client, base: str, lasts: timedelta) -> None:
    """The page was opened, and nothing has been asked for since."""
    assert client.get(base).status_code == 200
    UserSession.objects.update(last_seen_at=timezone.now() - lasts)


def polled(client: Client, base: str) -> int:
    answer = client.get(
        base, headers={"HX-Request": "true", "HX-Trigger": "live", "HX-Current-URL": f"http://testserver{base}"}
    )
    return answer.status_code


@pytest.mark.parametrize(("lasts", "status"), [(ENDS_AFTER - MINUTE, 200), (ENDS_AFTER + MINUTE, 302)])
def test_it_ends_after_a_day_without_use(client: Client, base: str, lasts: timedelta, status: int) -> None:
    left_alone(client, base, lasts)
    assert client.get(base).status_code == status
    assert client.get(base).status_code == status
    assert Session.objects.exists() is (status == 200)


def test_use_puts_the_end_off(client: Client, base: str) -> None:
    left_alone(client, base, ENDS_AFTER - MINUTE)
    client.get(f"{base}activity/")
    assert UserSession.objects.get().last_seen_at > timezone.now() - MINUTE


def test_two_clicks_within_minutes_are_written_once(client: Client, base: str) -> None:
    left_alone(client, base, 9 * MINUTE)
    before = UserSession.objects.get().last_seen_at
    client.get(base)
    assert UserSession.objects.get().last_seen_at == before


def test_use_does_not_put_off_the_end_after_two_weeks(client: Client, base: str) -> None:
    left_alone(client, base, 20 * MINUTE)
    before = Session.objects.get().expire_date
    client.get(base)
    assert Session.objects.get().expire_date == before


def test_a_page_that_fetches_by_itself_is_nobodys_use(client: Client, base: str) -> None:
    left_alone(client, base, ENDS_AFTER - MINUTE)
    assert polled(client, base) == 200
    assert UserSession.objects.get().last_seen_at < timezone.now() - ENDS_AFTER + 2 * MINUTE


def test_an_open_page_goes_to_sign_in_as_a_whole_and_comes_back(client: Client, base: str) -> None:
    left_alone(client, base, ENDS_AFTER + MINUTE)
    answer = client.get(
        f"{base}?since=1",
        headers={"HX-Request": "true", "HX-Trigger": "live", "HX-Current-URL": f"http://testserver{base}"},
    )
    assert (answer.status_code, answer["HX-Redirect"]) == (401, f"/account/login/?next={base}")
    assert answer.content == b""


def test_a_session_that_was_there_before_sessions_were_listed_is_listed(client: Client, base: str) -> None:
    UserSession.objects.all().delete()
    assert client.get(base).status_code == 200
    assert UserSession.objects.count() == 1


def test_it_costs_nothing_where_nobody_is_signed_in(client: Client, django_assert_num_queries: Queries) -> None:
    with django_assert_num_queries(0):
        client.get("/account/login/")
