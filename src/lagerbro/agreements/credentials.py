"""The keys of an agreement, read and kept at one place. Inside its scope."""

from __future__ import annotations

from lagerbro.agreements.models import Agreement, Credentials
from lagerbro.agreements.secrets import SecretUnreadableError


class CredentialsUnreadableError(Credentials.DoesNotExist):
    """They stand there, and no key of this installation opens them: of no more use than none."""

    code = "keys_unreadable"


def credentials() -> Credentials:
    """Raises `Credentials.DoesNotExist` where there are none that can be read."""
    try:
        return Credentials.in_scope.get()
    except SecretUnreadableError as error:
        raise CredentialsUnreadableError(str(error)) from error


def store_credentials(agreement: Agreement, *, rackbeat_token: str, economic_grant_token: str) -> None:
    """Put them in the place of those that may be there, and may be unreadable: they are not read."""
    Credentials.in_scope.filter(agreement=agreement).delete()
    Credentials.in_scope.create(
        agreement=agreement, rackbeat_token=rackbeat_token, economic_grant_token=economic_grant_token
    )
