"""Sentences about customer invoices, and what e-conomic's product groups mean for them and for the stock value."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from lagerbro.web.sentences.words import Sentence, Words

_ITEM: Final[Mapping[str, tuple[Words, Words]]] = {
    "empty_line_item": (
        _("Lines from e-conomic without an item cannot be taken in."),
        _("No stock is moved by such lines, but the item's own stock may look wrong."),
    ),
    "rounding_item": (
        _("A rounding line cannot be made, and such invoices are held."),
        _("A rounding line must not move any stock, so none is made."),
    ),
}


def _items() -> dict[str, Sentence]:
    sentences: dict[str, Sentence] = {}
    for field, (why, stock) in _ITEM.items():
        sentences[f"{field}_missing"] = Sentence(
            _("Item %(number)s (%(label)s) does not exist in Rackbeat."), why, _("Create it, or choose another item.")
        )
        sentences[f"{field}_barred"] = Sentence(
            _("Item %(number)s %(name)s (%(label)s) is barred in Rackbeat."),
            why,
            _("Remove the bar in Rackbeat, or choose another item."),
        )
        sentences[f"{field}_stock_tracked"] = Sentence(
            _("Item %(number)s %(name)s (%(label)s) is kept in stock."), stock, _("Choose an item without stock.")
        )
    return sentences


SENTENCES: Final[Mapping[str, Sentence]] = {
    **_items(),
    "customer_zone_domestic_missing": Sentence(
        _("e-conomic has no domestic VAT zone for customers."),
        _("No Danish customer can be invoiced."),
        _("Ask e-conomic's support to open the zone."),
    ),
    "customer_zones_missing": Sentence(
        _("e-conomic lacks VAT zones for customers: %(zones)s."),
        _("Customers there cannot be transferred."),
        _("Ask e-conomic's support to open the zone if you have such customers."),
    ),
    "product_group_missing": Sentence(
        _("Product group %(number)s %(name)s is in Rackbeat, but not in e-conomic."),
        _("Its products are held, because Lagerbro never guesses a sales account."),
        _(
            "Create the group in e-conomic with the same number and its sales accounts. Or activate as it is: on the "
            "page of a product that waits for it, “Create the group” makes it with the accounts of a group you choose."
        ),
    ),
    "sales_account_missing": Sentence(
        _("Product group %(number)s %(group)s has no sales account in e-conomic for: %(zones)s."),
        _("Invoices to customers there are refused."),
        _("Choose the account on the product group in e-conomic."),
    ),
    "sales_account_barred": Sentence(
        _("Sales account %(number)s %(name)s is barred in e-conomic."),
        _("Invoices with it cannot be booked."),
        _("Remove the bar in e-conomic, or choose another account on the product groups."),
    ),
    "sales_vat_differs": Sentence(
        _(
            "Product group %(group)s: Rackbeat charges %(our_rate)s %% VAT, e-conomic %(their_rate)s %% "
            "(account %(number)s)."
        ),
        _("The totals would differ, and every such invoice would be held as a draft."),
        _("Make the VAT the same: in Rackbeat on the product group, in e-conomic by the account's VAT code."),
    ),
    "customer_group_missing": Sentence(
        _("Customer group %(number)s %(name)s is in Rackbeat, but not in e-conomic."),
        _("Its customers are held, because Lagerbro never guesses a control account."),
        _(
            "Create the group in e-conomic with the same number. Or activate as it is: on the page of a customer that "
            "waits for it, “Create the group” makes it with the control account of a group you choose."
        ),
    ),
    "payment_terms_missing": Sentence(
        _("Payment terms %(number)s %(name)s are in Rackbeat, but not in e-conomic."),
        _("Customers and invoices with them are held."),
        _("Create the terms in e-conomic, or choose others on the customers."),
    ),
    "currency_missing": Sentence(
        _("Currency %(currency)s is on %(count)s of your customers in Rackbeat, but not in e-conomic."),
        _("Those customers and their invoices are held."),
        _("Create the currency in e-conomic."),
    ),
    "invoice_numbers_overlap": Sentence(
        _("Rackbeat's next invoice is no. %(rackbeat)s, and e-conomic has booked up to no. %(economic)s."),
        _("A number that is used in e-conomic cannot be used again, and the invoice stops there."),
        _("Let Rackbeat's numbers begin above e-conomic's, or choose e-conomic's next number under “Number taken”."),
    ),
    "invoice_numbers": Sentence(
        _("Rackbeat's next invoice is no. %(rackbeat)s; e-conomic has booked up to no. %(economic)s."),
    ),
    "ean_without_booking": Sentence(
        _("“Never book EAN invoices” does nothing."),
        _("It works only together with “Book invoices in e-conomic when booked in Rackbeat”."),
        _("Switch on booking too, or remove the tick."),
    ),
    "own_company_incomplete": Sentence(
        _("Your own %(part)s is missing in %(system)s."),
        _("EAN invoices cannot be sent without it."),
        _("Fill it in on your company in %(system)s."),
    ),
    "e_invoices_not_possible": Sentence(
        _("Your e-conomic agreement cannot send electronic invoices."),
        _("EAN invoices stay drafts, and you could not send them from there."),
        _("Sign up for electronic invoices in e-conomic."),
    ),
    "oss_zones_missing": Sentence(
        _("One Stop VAT is on, but no VAT zone in e-conomic has the name of a country."),
        _("Private customers in other EU countries are held."),
        _("Have a VAT zone made in e-conomic for each country you sell to, or switch One Stop VAT off."),
    ),
    "oss_zone_unclear": Sentence(
        _("More than one VAT zone in e-conomic names %(country)s: %(zone_names)s."),
        _("Private customers there are held, because Lagerbro does not guess which one is meant."),
        _("Let only one of them have the country in its name in e-conomic."),
    ),
    "oss_rate_differs": Sentence(
        _(
            "Sales account %(number)s for %(country)s has %(their_rate)s %% VAT in e-conomic, "
            "and the ordinary rate there is %(our_rate)s %%."
        ),
        _("Private customers there pay what e-conomic's account says."),
        _("Look at the account's VAT code in e-conomic. If the goods have that rate there, it is right."),
    ),
    "oss_accounts_missing": Sentence(
        _("Product group %(number)s %(group)s has no sales account for %(count)s of the countries in e-conomic."),
        _("Invoices to private customers there are refused."),
        _("Choose the accounts on the product group in e-conomic."),
    ),
    "economic_inventory_on": Sentence(
        _("e-conomic's own inventory module is on for: %(groups)s."),
        _("e-conomic posts the cost of goods itself, and the stock would be posted twice."),
        _("Switch the inventory off on those product groups in e-conomic, or switch the stock value off here."),
    ),
}

PASSED: Final[Mapping[str, Words]] = {
    "customer_zone_domestic_missing": _("The domestic VAT zone is there"),
    "customer_zones_missing": _("The VAT zones for customers are there"),
    "product_group_missing": _("Every product group is in e-conomic too"),
    "sales_account_missing": _("Every product group has its sales accounts"),
    "sales_account_barred": _("No sales account is barred"),
    "sales_vat_differs": _("Both systems charge the same VAT on every product group"),
    "customer_group_missing": _("Every customer group is in e-conomic too"),
    "currency_missing": _("The currencies of all customers are in e-conomic too"),
    "payment_terms_missing": _("All payment terms are in e-conomic too"),
    "own_company_incomplete": _("Your own CVR number and country are filled in"),
    "e_invoices_not_possible": _("Electronic invoices can be sent"),
    "economic_inventory_on": _("e-conomic's own inventory module is off"),
}
