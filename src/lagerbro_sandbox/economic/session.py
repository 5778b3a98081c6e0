"""One authenticated request: whose books, on which base address, at what time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from lagerbro_sandbox.economic.storage import outbox
from lagerbro_sandbox.economic.storage.store import Store
from lagerbro_sandbox.kernel.clock import MovableClock
from lagerbro_sandbox.kernel.records import Record

BASE_RATE = Decimal(100)


@dataclass(frozen=True, slots=True)
class Session:
    """`base` is the address that links begin with; `company` the agreement's own record."""

    store: Store
    clock: MovableClock
    agreement: int
    company: Record
    base: str
    app: str = ""
    """The secret of the app that asks: what belongs to one app is not another's (economic-api 11.2)."""

    def is_strict(self, about: str) -> bool:
        """Whether the strict reading holds where the evidence on the real system conflicts."""
        return bool(self.store.switch(f"strict {about}"))

    def get(self, kind: str, key: str | int) -> Record | None:
        return self.store.get(self.agreement, kind, key)

    def put(self, kind: str, key: str | int, body: Record) -> None:
        self.store.put(self.agreement, kind, key, body)

    def change_company(self, changes: Record) -> None:
        """Keep what a person or an app changed in the agreement's own record."""
        self.company.update(changes)
        self.store.put_agreement(self.agreement, self.company)

    def all(self, kind: str) -> list[Record]:
        return self.store.all(self.agreement, kind)

    def announce(self, event: str, values: Mapping[str, str]) -> None:
        """Tell whoever asked for it by webhook."""
        outbox.announce(self.store.connection, self.agreement, event, values, self.clock.now())

    def today(self) -> date:
        return self.clock.today()

    def timestamp(self) -> str:
        return self.clock.now().strftime("%Y-%m-%dT%H:%M:%SZ")

    def is_settling(self, made_at: str) -> bool:
        """Whether what was written then is not to be read yet: e-conomic's vouchers come after a moment (4.4)."""
        delay = timedelta(milliseconds=self.store.switch("voucher_delay_ms"))
        return bool(delay) and self.clock.now() - datetime.fromisoformat(made_at) < delay

    @property
    def base_currency(self) -> str:
        return str(self.company["settings"]["baseCurrency"])

    def rate_per_100(self, currency: str) -> Decimal | None:
        """Today's stored rate; None for a currency the agreement does not know."""
        if currency == self.base_currency:
            return BASE_RATE
        rate: Any = self.company["rates"].get(currency)
        return None if rate is None else Decimal(rate)
