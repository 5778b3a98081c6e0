"""The words of the settings page. Danish labels are the article's, letter by letter (domain-rules A.2, A.4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lagerbro.agreements.questions import Section
from lagerbro.agreements.suggestions import SuggestionReason

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Label:
    label: Words
    help: Words = ""


SECTIONS: Final[Mapping[Section, Words]] = {
    Section.SUPPLIERS: _("Supplier invoices"),
    Section.POSTING: _("Posting"),
    Section.SALES: _("Customer invoices"),
    Section.PRODUCTS: _("Products and groups"),
    Section.LAYOUTS: _("Layouts"),
    Section.STOCK_VALUE: _("Daily stock value update"),
    Section.STARTUP: _("Start-up sync"),
}

LABELS: Final[Mapping[str, Label]] = {
    "suppliers_enabled": Label(
        _("Enable supplier integration"),
        _(
            "Suppliers and supplier invoices go to e-conomic when they are made, changed or booked in Rackbeat. "
            "Purchase orders and receipts stay in Rackbeat; their numbers go along in the voucher's text."
        ),
    ),
    "supplier_group_account": Label(
        _("Account for supplier groups"),
        _(
            "The creditor control account in e-conomic that your suppliers belong to. New supplier groups are made "
            "with it; a group that e-conomic has keeps its own."
        ),
    ),
    "supplier_journal": Label(
        _("Journal"),
        _("Supplier invoices arrive here as vouchers that are not booked yet."),
    ),
    "fallback_account": Label(
        _("Default account if none found"),
        _("An account for purchases of goods. What is posted to it is marked “needs review”."),
    ),
    "purchase_accounts": Label(
        _("Accounts by product group"),
        _("Usually these are cost accounts of the profit and loss. The stock value is corrected afterwards."),
    ),
    "closed_period": Label(
        _("Closed period"),
        _(
            "What happens to a supplier invoice whose date is in a year or period that is closed or barred in "
            "e-conomic."
        ),
    ),
    "sales_enabled": Label(
        _("Enable customer integration"),
        _("Customers, customer invoices and credit notes go to e-conomic when they are made or booked in Rackbeat."),
    ),
    "use_actual_quantity": Label(
        _("Use actual quantity on creation"),
        _(
            "On: lines carry Rackbeat's quantity and unit price. Off: quantity 1 and the line's total, with the "
            "quantity in the text."
        ),
    ),
    "book_on_booking": Label(
        _("Book invoices in e-conomic when booked in Rackbeat"),
        _("On: invoices arrive booked. Off: they arrive as drafts that you book in e-conomic yourself."),
    ),
    "never_book_ean": Label(
        _("Never book EAN invoices"),
        _("Invoices with an EAN number arrive as drafts, so that you can send them from e-conomic."),
    ),
    "mark_shipped": Label(
        _("Mark invoices as shipped when booked in e-conomic"),
        _("An invoice that is booked in e-conomic is marked as shipped in Rackbeat."),
    ),
    "empty_line_item": Label(
        _("Item no. for empty e-conomic lines"),
        _("In Rackbeat every line has an item. Lines from e-conomic without one get this item."),
    ),
    "take_draft_orders": Label(
        _("Take draft orders from e-conomic too"),
        _(
            "Orders that you mark as sent in e-conomic become orders in Rackbeat within five minutes. On: drafts of "
            "orders are taken as well, as drafts, and are booked in Rackbeat when you send them."
        ),
    ),
    "oss_enabled": Label(
        _("Enable One Stop VAT"),
        _("Private customers in other EU countries get the VAT zone of their own country."),
    ),
    "number_taken": Label(
        _("Number taken"),
        _("What happens when the invoice's number has been used in e-conomic."),
    ),
    "vat_rounding_limit": Label(
        _("VAT rounding, at most"),
        _(
            "So much may e-conomic's VAT differ per invoice and still be booked, as far as it can come from rounding "
            "line by line: half an øre for each line with VAT. It is listed as VAT rounding."
        ),
    ),
    "rounding_item": Label(
        _("Item no. for rounding lines"),
        _("An item without stock. Leave it empty, and no rounding line is ever made."),
    ),
    "use_actual_cost": Label(
        _("Use actual cost price"),
        _(
            "On: the product's cost price from Rackbeat, which is what the stock has cost. Off: the suggested purchase "
            "price, which you type yourself."
        ),
    ),
    "update_cost": Label(
        _("Update the cost price when the product changes too"),
        _("Off: the cost price is sent when the product is made in e-conomic, and left alone afterwards."),
    ),
    "default_layout": Label(
        _("Default layout"),
        _("For customers without a layout of their own."),
    ),
    "layouts": Label(
        _("Match layouts"),
        _("For each layout in Rackbeat: the one in e-conomic that invoices get."),
    ),
    "stock_value_enabled": Label(
        _("Enable stock value sync"),
        _("The difference between Rackbeat's stock value and the stock account is posted as a voucher."),
    ),
    "stock_frequency": Label(
        _("Frequency"),
        _("Every day, every Sunday, or the last day of the month; always at 23:59 Danish time."),
    ),
    "stock_journal": Label(
        _("Journal"),
        _("The journal that the stock value is transferred to."),
    ),
    "stock_account": Label(
        _("Stock account"),
        _(
            "The account for stock in the balance sheet. Use it for nothing else: other postings are evened out. When "
            "you choose another account, the next run moves the stock to it and empties the one that was used until "
            "then."
        ),
    ),
    "stock_contra_account": Label(
        _("Contra account"),
        _("The account for cost of goods that the stock account is balanced against."),
    ),
    "stock_split": Label(
        _("Split the stock value"),
        _(
            "By product group or by location onto stock accounts of their own. What has no row of its own stays on the "
            "stock account above."
        ),
    ),
    "stock_split_accounts": Label(
        _("Accounts of the split"),
        _(
            "A row without a stock account belongs to the stock account above; one without a contra account has the "
            "contra account above. Rows with the same stock account are posted as one sum. When a row changes, the "
            "next run empties an account that is no longer used."
        ),
    ),
    "stock_post_opening": Label(
        _("Transfer the first difference"),
        _(
            "Off: the first time, Lagerbro shows the difference and waits, so that you can post the opening balance by "
            "hand. On: it is transferred, and the whole of it counts as cost of goods."
        ),
    ),
    "stock_minimum": Label(
        _("Smallest difference"),
        _("Smaller differences are not transferred; they come along the next time. 0.00 transfers every difference."),
    ),
    "stock_skip_negative": Label(
        _("Leave out negative stock"),
        _(
            "On: products whose stock value is below zero count as zero. Changing this moves the stock value in one "
            "night."
        ),
    ),
    "stock_book": Label(
        _("Book the stock value automatically"),
        _("On: Lagerbro books its own entries at once, and nobody else's. Off: they wait in the journal for you."),
    ),
    "startup_sync": Label(
        _("Start-up sync"),
        _(
            "Product groups and products, customer groups and customers, supplier groups and suppliers, and layouts "
            "are copied from e-conomic to Rackbeat when you activate."
        ),
    ),
}

WARNINGS: Final[Mapping[str, Words]] = {
    "W-ONCE": _(
        "Note! The start-up sync can be run only once. If you want your e-conomic data in Rackbeat, it must happen now."
    ),
    "W-SUPJ": _("Tip: create a separate journal for supplier invoices from Rackbeat."),
    "W-FALLBACK": _("NB! Used only when the account in the grid cannot be used, for instance because it is barred."),
    "W-VATCODE": _("The VAT code follows the account in e-conomic. Pick an account with the right code for each zone."),
    "W-GUESS": _(
        "Note! These accounts are suggestions, not correct defaults. Decide on each as if the fields were empty."
    ),
    "W-DECIMALS": _("Note! With more than 2 decimals in Rackbeat the amount can differ in e-conomic."),
    "W-NUMBERS": _("Drafts get their number in e-conomic only when booked there. The numbers will then differ."),
    "W-SHIFT": _(
        "Note! Booking with the next number of e-conomic shifts the series for ever after: the next invoice from "
        "Rackbeat finds its own number taken too. That goes on until the numbers in Rackbeat begin above those in "
        "e-conomic."
    ),
    "W-EAN": _("Note! Works only together with “Book invoices in e-conomic when booked in Rackbeat”."),
    "W-SHIPPED": _("Applies to invoices without an order. The goods are taken out of stock."),
    "W-EMPTYLINE": _("Create an item without stock in Rackbeat for this purpose."),
    "W-OSS": _(
        "Applies to customers transferred from now on. Needs a VAT zone and an account per country in e-conomic."
    ),
    "W-COST": _("An item with no stock has no cost price. The suggested purchase price is sent for it instead."),
    "W-LAYOUT": _("Which layout a customer has is chosen on the customer."),
    "W-BOOKITNOW": _(
        "Book each adjustment before the next. If several are waiting, book only the newest and delete the rest."
    ),
    "W-FINJ": _("Important: the journal must be able to hold finance vouchers."),
    "W-ASKACC": _("Unsure about the account? Ask your bookkeeper or auditor."),
}

CAUTIONS: Final = frozenset({"W-SHIFT", "W-ONCE", "W-FALLBACK", "W-GUESS", "W-DECIMALS", "W-EAN", "W-FINJ"})
"""The warnings that the article sets apart with OBS!, NB! or *vigtigt*; the others are advice."""

OPTIONS: Final[Mapping[str, Words]] = {
    "daily": _("Daily"),
    "weekly": _("Weekly"),
    "monthly": _("Monthly"),
    "none": _("No split"),
    "group": _("By product group"),
    "location": _("By location"),
    "hold": _("Hold it until the period is open, or somebody decides"),
    "first_open": _("Post it on the first open day after it, with its own date in the text"),
    "stop": _("Stop, and keep the invoice as a draft"),
    "next": _("Book with e-conomic's next number, and show both"),
}

NO_ITEM: Final = _("Lines without item / freight")
NOT_USED_WORD: Final = _("Not used")

REASONS: Final[Mapping[SuggestionReason, Words]] = {
    SuggestionReason.NAME: _("the name is like it"),
    SuggestionReason.FREIGHT: _("an account for freight"),
    SuggestionReason.ONLY_ONE: _("the only one that fits"),
    SuggestionReason.FIRST: _("the first that fits"),
}
