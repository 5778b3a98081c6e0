"""People, what each of them may do with an agreement, and who has been asked to join."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lagerbro.agreements.models import AgreementOwned
from lagerbro.agreements.scope import ScopedManager


class Role(models.IntegerChoices):
    """What somebody may do; each may do what those before it may (domain-rules F20)."""

    READER = 1, _("reader")
    BOOKKEEPER = 2, _("bookkeeper")
    ADMINISTRATOR = 3, _("administrator")


class Person(AbstractBaseUser):
    """Somebody who signs in by e-mail address. Passwords and second factors are allauth's work."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120, blank=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=timezone.now)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    objects = BaseUserManager()

    def __str__(self) -> str:
        return self.name or self.email


class KnownBrowser(models.Model):
    """A browser that the person has signed in with. It holds the only copy of the text whose digest is kept."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64)
    seen_at = models.DateTimeField(db_index=True)

    objects: ClassVar[models.Manager[KnownBrowser]] = models.Manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["digest", "person"], name="one_row_per_browser_and_person")
        ]


class CachedValue(models.Model):
    """What Django's cache holds (`people.shared_cache`): tries that are counted, codes that have been used."""

    key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    ends_at = models.DateTimeField(null=True, db_index=True)

    objects: ClassVar[models.Manager[CachedValue]] = models.Manager()


class Membership(AgreementOwned):
    """A person's role in an agreement."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    role = models.PositiveSmallIntegerField(choices=Role.choices)
    created_at = models.DateTimeField()

    in_scope = ScopedManager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["agreement", "person"], name="one_role_per_person")
        ]


class Invitation(AgreementOwned):
    """Somebody asked to join by e-mail. The letter holds the only copy of the text whose digest is kept."""

    email = models.EmailField()
    role = models.PositiveSmallIntegerField(choices=Role.choices)
    digest = models.CharField(max_length=64, unique=True)
    invited_by = models.CharField(max_length=255)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    in_scope = ScopedManager()
