"""Who becomes administrator by an installation, and who may go on with connecting again."""

from __future__ import annotations

from datetime import timedelta

from django.core import mail
from django.test import Client

from lagerbro.agreements.models import Agreement, Installation
from lagerbro.agreements.scope import agreement_scope
from lagerbro.people.admission import remove
from lagerbro.people.models import Membership, Person, Role
from lagerbro.sync.clients import ClientFactory
from tests.installing import Installer
from tests.reading import said
from tests.sandboxes import START

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def signed_in(installer: Installer, email: str) -> Person:
    person = Person.objects.get_or_create(email=email)[0]
    installer.client.force_login(person, backend=BACKEND)
    return person


def administrators(agreement: Agreement) -> list[int]:
    with agreement_scope(agreement.pk):
        return sorted(Membership.in_scope.filter(role=Role.ADMINISTRATOR).values_list("person", flat=True))


def answered(installer: Installer, answer: str = "yes") -> str:
    return said(installer.client.post("/arrived/", {"answer": answer}, follow=True, headers={"accept-language": "da"}))


def test_who_signs_in_next_is_asked_and_only_one_becomes_administrator(installer: Installer) -> None:
    installer.install()
    agreement = Agreement.objects.get()
    mette = signed_in(installer, "mette@nordlys.dk")
    assert "Vil du være administrator for Nordlys Cykler ApS?" in installer.page("/arrived/")
    assert administrators(agreement) == []  # looking is not saying yes
    answered(installer)
    assert administrators(agreement) == [mette.pk]
    signed_in(installer, "fremmed@example.dk")
    assert "Vil du være administrator" not in installer.follow("/arrived/")
    assert "En anden er blevet administrator" in answered(installer)
    assert administrators(agreement) == [mette.pk]


def test_no_is_no(installer: Installer) -> None:
    installer.install()
    signed_in(installer, "fremmed@example.dk")
    answered(installer, "no")
    answered(installer)
    assert administrators(Agreement.objects.get()) == []


def test_after_an_hour_it_is_too_late(installer: Installer) -> None:
    installer.install()
    row = Installation.objects.get()
    assert row.joined_at is not None
    Installation.objects.update(joined_at=row.joined_at - timedelta(hours=1, seconds=1))
    assert "Login oprettes ved installation" in installer.page("/account/signup/")
    signed_in(installer, "mette@nordlys.dk")
    answered(installer)
    assert administrators(Agreement.objects.get()) == []


def connected(installer: Installer, *emails: str) -> tuple[Agreement, list[Person]]:
    """An agreement with these administrators; the first is signed in."""
    installer.install()
    agreement = Agreement.objects.get()
    people = [Person.objects.create(email=email) for email in emails]
    with agreement_scope(agreement.pk):
        for person in people:
            Membership.in_scope.create(agreement=agreement, person=person, role=Role.ADMINISTRATOR, created_at=START)
    installer.client = Client()
    signed_in(installer, emails[0])
    return agreement, people


def begun(installer: Installer, agreement: Agreement) -> str:
    """Connecting again, as far as the page that asks whether the two belong together."""
    installer.follow(installer.client.post(f"/a/{agreement.public_id}/connections/reconnect/")["Location"])
    return installer.follow(installer.give_access())


def test_a_removed_administrator_does_not_come_back_by_what_they_had_begun(
    installer: Installer, factory: ClientFactory
) -> None:
    agreement, (jens, mette) = connected(installer, "jens@nordlys.dk", "mette@nordlys.dk")
    assert "Adgangen er givet: forbind igen?" in begun(installer, agreement)
    row = Installation.objects.get(reconnects=agreement)
    assert not row.bearer  # no key of the agreement's stands in it
    with agreement_scope(agreement.pk):
        remove(Membership.in_scope.get(person=jens), by="Mette", at=START)
    assert not Installation.objects.filter(reconnects=agreement).exists()
    assert installer.client.post("/onboarding/confirm/").status_code == 404
    assert administrators(agreement) == [mette.pk]


def test_nobody_else_goes_on_with_it_at_that_browser(installer: Installer) -> None:
    agreement, (jens, mette) = connected(installer, "jens@nordlys.dk", "mette@nordlys.dk")
    begun(installer, agreement)
    signed_in(installer, "mette@nordlys.dk")  # an administrator too, but not the one who began
    assert installer.client.post("/onboarding/confirm/").status_code == 404
    assert not Installation.objects.filter(reconnects=agreement).exists()
    assert administrators(agreement) == sorted((jens.pk, mette.pk))


def test_connecting_again_gives_no_role_and_is_told_to_all_administrators(installer: Installer) -> None:
    agreement, (jens, mette) = connected(installer, "jens@nordlys.dk", "mette@nordlys.dk")
    begun(installer, agreement)
    installer.press("confirm")
    assert administrators(agreement) == sorted((jens.pk, mette.pk))
    assert "Vil du være administrator" not in installer.follow("/arrived/")
    told = [(letter.to, letter.subject) for letter in mail.outbox]
    assert sorted(told) == [
        ([person.email], "Nordlys Cykler ApS er blevet forbundet med Lagerbro igen") for person in (jens, mette)
    ]
