"""Idempotency keys: derived, so that the same write always has the same key and two writes never share one."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

KEY_DIGITS = 48


@dataclass(frozen=True, slots=True)
class WriteIdentity:
    """Everything that makes a write the write it is (DESIGN 4)."""

    environment: str
    agreement: str
    epoch: int
    kind: str
    key: str
    version: str
    step: str
    try_epoch: int

    def idempotency_key(self) -> str:
        """A text of 48 hexadecimal digits; says nothing of whom it is about."""
        parts = (
            self.environment,
            self.agreement,
            str(self.epoch),
            self.kind,
            self.key,
            self.version,
            self.step,
            str(self.try_epoch),
        )
        # The lengths keep ("a", "bc") and ("ab", "c") apart.
        text = "".join(f"{len(part)}:{part}" for part in parts)
        return sha256(text.encode()).hexdigest()[:KEY_DIGITS]
