"""A record of e-conomic's in Rackbeat's words, and why one cannot be put in them. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from lagerbro.flows.startup.kinds import Kind

Records = tuple[Kind, str]
"""A record that another one refers to: its kind and its number."""


class CannotGoError(Exception):
    """The record cannot go over. `code` and `details` make the sentence; `number` and `name` are what it is known by,
    as far as it has them."""

    def __init__(self, code: str, number: str = "", name: str = "", **details: str) -> None:
        super().__init__(code)
        self.code = code
        self.number = number
        self.name = name
        self.details = details


@dataclass(frozen=True, slots=True)
class Candidate:
    """`fields` are Rackbeat's, without the number. `needs`: what has to be in Rackbeat before it, by the field that
    names it; `may_name`: what is named where Rackbeat has it and left out where it has not. `left_out`: fields of
    e-conomic's that Rackbeat cannot take."""

    kind: Kind
    number: str
    name: str
    fields: Mapping[str, Any]
    needs: Mapping[str, Records] = field(default_factory=dict)
    may_name: Mapping[str, Records] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GroupVat:
    """The VAT of a product group's sales in each zone, in per cent, by Rackbeat's names of the zones."""

    rates: Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class MappingContext:
    """What a mapping has to know besides the record. `vat`: by the product group's number; one that is missing is not
    known. `keeps_stock`: whether a group that is made is kept in stock, by its number where e-conomic tells."""

    base_currency: str
    vat: Mapping[int, GroupVat] = field(default_factory=dict)
    all_groups_stocked: bool = True
