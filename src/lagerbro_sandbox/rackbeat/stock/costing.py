"""What a movement does to the value of an item's stock, by average cost or first in, first out (rackbeat-api 6).

Pure: movements go in by their day and, within a day, in the order in which they were made; what comes out is exact in
millionths. Whatever leaves last takes all that is left, so that no value stays behind without stock. Stock below zero
is worth the last known cost; what comes in covers it first, at that cost, and the difference in price goes the way of
consumption (choices.SHORTAGE).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from lagerbro_sandbox.rackbeat.stock.micro import priced, share, unit_cost


class Costing(StrEnum):
    """How an account values what leaves; chosen when the account is made, for good (D)."""

    AVERAGE = "average"
    FIFO = "fifo"


class Kind(StrEnum):
    """The types of transaction that the ledger report tells apart (D)."""

    RECEIPT = "receipt"
    SHIPMENT = "shipment"
    QUANTITY = "quantity_adjustment"
    VALUE = "value_adjustment"
    INTERNAL = "movement"
    PRODUCTION = "production_order"


@dataclass(frozen=True, slots=True)
class Movement:
    """One row of an item's history. `cost` is the price of what comes in, or the new cost of a value adjustment;
    without one, what comes in costs what `basis`, an earlier movement that it takes back, did, or what is in stock."""

    id: int
    kind: Kind
    quantity: int
    cost: int | None = None
    basis: int | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a movement changed, and how the item stands after it. `cost` is the last known cost per unit."""

    delta: int
    quantity: int
    value: int
    cost: int


@dataclass(slots=True)
class Layer:
    """Goods that came in together. Only first in, first out keeps them apart."""

    quantity: int
    value: int


@dataclass(slots=True)
class State:
    """How an item stands between two movements."""

    quantity: int = 0
    value: int = 0
    cost: int = 0
    layers: list[Layer] = field(default_factory=list)


Known = Callable[[int], int | None]
"""The cost per unit of an earlier movement, by id; None for one that does not come earlier."""


def roll(state: State, movements: Iterable[Movement], costing: Costing, known: Known) -> Iterator[Outcome]:
    """Lead the state through the movements."""
    costs: dict[int, int] = {}
    for movement in movements:
        before = state.value
        cost = movement.cost
        if cost is None and movement.basis is not None:
            cost = costs[movement.basis] if movement.basis in costs else known(movement.basis)
        _step(state, movement, cost, costing)
        delta = state.value - before
        if movement.quantity:
            costs[movement.id] = unit_cost(abs(delta), abs(movement.quantity))
        yield Outcome(delta, state.quantity, state.value, state.cost)


def _step(state: State, movement: Movement, cost: int | None, costing: Costing) -> None:
    if movement.kind is Kind.VALUE:
        _revalue(state, cost)
    elif movement.quantity > 0:
        _come_in(state, movement.quantity, state.cost if cost is None else cost, costing)
    elif movement.quantity < 0:
        _go_out(state, -movement.quantity, costing)
    if state.quantity > 0:
        state.cost = unit_cost(state.value, state.quantity)


def _revalue(state: State, cost: int | None) -> None:
    """Everything in stock at a new cost; nothing happens where there is no stock (D)."""
    if cost is not None and state.quantity > 0:
        state.value = priced(state.quantity, cost)
        state.layers = [Layer(state.quantity, state.value)]


def _come_in(state: State, quantity: int, cost: int, costing: Costing) -> None:
    short = max(-state.quantity, 0)
    state.quantity += quantity
    if state.quantity <= 0:
        state.value = share(state.value, -state.quantity, short) if state.quantity else 0
        state.cost = cost
        return
    remaining = quantity - short
    value = priced(remaining, cost)
    state.value = value + (0 if short else state.value)
    if costing is Costing.FIFO:
        state.layers.append(Layer(remaining, value))


def _go_out(state: State, quantity: int, costing: Costing) -> None:
    on_hand = max(state.quantity, 0)
    state.quantity -= quantity
    if quantity >= on_hand:
        state.layers.clear()
        state.value = (0 if on_hand else state.value) - priced(quantity - on_hand, state.cost)
    elif costing is Costing.FIFO:
        state.value -= _consumed(state.layers, quantity)
    else:
        state.value -= share(state.value, quantity, on_hand)


def _consumed(layers: list[Layer], quantity: int) -> int:
    """What the oldest `quantity` is worth; it is taken out of the layers."""
    value = consumed_layers = 0
    for layer in layers:
        if layer.quantity > quantity:
            part = share(layer.value, quantity, layer.quantity)
            layer.quantity -= quantity
            layer.value -= part
            value += part
            break
        value += layer.value
        quantity -= layer.quantity
        consumed_layers += 1
    del layers[:consumed_layers]
    return value


def layers_behind(quantity: int, value: int, came_in: Iterable[Layer]) -> list[Layer]:
    """The layers in stock, from what came in, youngest first: the oldest of them holds what the others do not."""
    layers: list[Layer] = []
    for layer in came_in:
        if quantity <= 0:
            break
        if layer.quantity < quantity:
            layers.append(layer)
        else:
            layers.append(Layer(quantity, value))
        quantity -= layer.quantity
        value -= layer.value
    return layers[::-1]
