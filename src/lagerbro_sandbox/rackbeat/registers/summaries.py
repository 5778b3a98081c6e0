"""Customers, suppliers and items as documents show them."""

from __future__ import annotations

from typing import Final

from lagerbro_sandbox.kernel.records import Record
from lagerbro_sandbox.rackbeat.registers.lots import LOTS
from lagerbro_sandbox.rackbeat.registers.parties import CUSTOMERS, SUPPLIERS
from lagerbro_sandbox.rackbeat.registers.products import PRODUCTS
from lagerbro_sandbox.rackbeat.session import Session

_REGISTERS: Final = {register.kind: register for register in (CUSTOMERS, SUPPLIERS, PRODUCTS, LOTS)}


def shown(session: Session, kind: str, body: Record) -> Record:
    """The record as it is sent: references as objects, links, both names."""
    return _REGISTERS[kind].whole(session, body)
