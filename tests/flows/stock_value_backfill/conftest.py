"""The shop of the nightly stock value."""

from tests.flows.stock_value.conftest import shop

__all__ = ["shop"]
