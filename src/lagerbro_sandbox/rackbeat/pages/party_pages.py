"""*Kunder* and *Leverandører*: who there is, and barring one."""

from __future__ import annotations

from dataclasses import dataclass

from lagerbro_sandbox.kernel.http import Response
from lagerbro_sandbox.rackbeat.pages.table import listed
from lagerbro_sandbox.rackbeat.pages.visit import PageRouter, Visit, to


def add_to(router: PageRouter) -> None:
    _Parties("customers", "Kunder").add_to(router)
    _Parties("suppliers", "Leverandører").add_to(router)


@dataclass(frozen=True, slots=True)
class _Parties:
    path: str
    name: str

    def add_to(self, router: PageRouter) -> None:
        router.add("GET", self.path, self._overview)
        router.add("POST", f"{self.path}/{{}}/bar", lambda visit: self._set(visit, is_barred=True))
        router.add("POST", f"{self.path}/{{}}/unbar", lambda visit: self._set(visit, is_barred=False))

    def _overview(self, visit: Visit) -> Response:
        return visit.page("parties.html", table=listed(visit, self.path), here=self.path, name=self.name)

    def _set(self, visit: Visit, *, is_barred: bool) -> Response:
        record = visit.api("PUT", f"{self.path}/{visit.key}", {"is_barred": is_barred})
        return to(self.path, "barred" if is_barred else "unbarred", f"{record['number']} {record['name']}")
