"""What an invoice names besides its customer and products, under e-conomic's numbers. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class NamedOn:
    """None where it names nothing, or e-conomic has it not. `zone`: the VAT zone that was decided for it.
    `terms`: Rackbeat's number, until e-conomic's is known.

    `attention` is *Att.*, `contact` *Deres reference*, `seller` and `second_seller` *Vores reference*. `units`: by the
    name that Rackbeat gives them. `departments`: by product.
    """

    zone: int
    terms: int | None = None
    customer_layout: int | None = None
    attention: int | None = None
    contact: int | None = None
    seller: int | None = None
    second_seller: int | None = None
    units: dict[str, int] = field(default_factory=dict)
    departments: dict[str, int] = field(default_factory=dict)
