"""Who has access and who is invited, in pieces and by search: the one who looks first, then by role and e-mail."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import HttpRequest
from django.utils import timezone

from lagerbro.people.admission import open_invitations
from lagerbro.people.models import Invitation, Membership, Person

PAGE: Final = 50
SEARCH_LENGTH_MAX: Final = 64
PAGE_DIGITS_MAX: Final = 6


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the list the visitor is, as the address says it; forms come back to it."""

    search: str
    page: str

    @classmethod
    def of(cls, request: HttpRequest) -> Place:
        """Anything that names no page is the first."""
        page = request.GET.get("page", "")
        named = page.isdecimal() and page.isascii() and len(page) <= PAGE_DIGITS_MAX
        return cls(request.GET.get("q", "").strip()[:SEARCH_LENGTH_MAX], page if named else "")

    def fits(self, *names: str) -> bool:
        return any(self.search.casefold() in name.casefold() for name in names)

    def query(self, page: str | int) -> str:
        """The end of the address of a page of what was searched for."""
        chosen = {"q": self.search, "page": "" if str(page) == "1" else str(page)}
        query = urlencode({name: value for name, value in chosen.items() if value})
        return f"?{query}" if query else ""

    @property
    def here(self) -> str:
        return self.query(self.page)


@dataclass(frozen=True, slots=True)
class People:
    """One piece of the list. `total` counts everybody, whatever was searched for."""

    place: Place
    page: Page[Any]
    total: int

    @property
    def members(self) -> list[Membership]:
        return [row for row in self.page.object_list if isinstance(row, Membership)]

    @property
    def invitations(self) -> list[Invitation]:
        return [row for row in self.page.object_list if isinstance(row, Invitation)]

    @property
    def can_be_searched(self) -> bool:
        return self.total > PAGE or bool(self.place.search)

    @property
    def here(self) -> str:
        """The page that is shown, which is the last where the address asks for a later one."""
        return self.place.query(self.page.number)

    @property
    def previous(self) -> str:
        return self.place.query(self.page.previous_page_number())

    @property
    def next(self) -> str:
        return self.place.query(self.page.next_page_number())


def people(request: HttpRequest, visitor: Person) -> People:
    """Everybody is read, for there are 200 at most (`access.PEOPLE_MAX`), and one piece is shown."""
    place = Place.of(request)
    members = list(Membership.in_scope.select_related("person").order_by("-role", "person__email"))
    invitations = open_invitations(timezone.now())
    members.sort(key=lambda row: row.person_id != visitor.pk)  # a stable sort: the others stay in order
    listed: list[Membership | Invitation] = [
        *(row for row in members if place.fits(row.person.name, row.person.email)),
        *(row for row in invitations if place.fits(row.email)),
    ]
    return People(place, Paginator(listed, PAGE).get_page(place.page), len(members) + len(invitations))
