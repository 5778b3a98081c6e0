"""Fields of both systems' records in the reader's words: `lines.0.line_price` is *line 1, price*.

A field is known by its name, as Rackbeat (`vat_zone`) or e-conomic (`vatZone`) writes it; one without words here is
shown as it is written. The test walks every field that we read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise

_BY_WORDS: Final[tuple[tuple[Words, str], ...]] = (
    (_("Att."), "attention"),
    (_("account"), "account account_number account_type sales_account contra_account block_direct_entries"),
    (_("access"), "access_token application token user_account user_name required_roles"),
    (_("active"), "is_active deleted"),
    (_("address"), "address address_street address_street2 delivery_address_street street street2"),
    (_("agreement"), "agreement_number settings modules module_number app_slug redirect_to url event"),
    (_("amount"), "amount amount_in_base_currency owed"),
    (_("amount in own currency"), "total_base_currency"),
    (_("amount with VAT"), "total_total gross_amount"),
    (_("amount without VAT"), "total_subtotal net_amount total_net_amount"),
    (_("amount of the line"), "line_total"),
    (_("address for the bill"), "billing_address"),
    (_("attachment"), "filename size pages"),
    (_("barcode"), "barcode"),
    (_("barred"), "barred is_barred"),
    (_("booked"), "is_booked booked_at booked_invoice_number"),
    (_("cancelled"), "is_cancelled"),
    (_("closed"), "closed is_closed"),
    (_("code"), "code"),
    (_("company"), "company company_name"),
    (_("cost price"), "cost_price recommended_cost_price unit_cost_price"),
    (_("country"), "country address_country delivery_address_country"),
    (_("credit note"), "is_creditnote"),
    (_("credit limit"), "max_credit credit_limit"),
    (_("credited document"), "credited_invoice_id credited_line_id"),
    (_("currency"), "currency base_currency"),
    (_("customer"), "customer customer_id customer_number enabled_for_customer"),
    (_("customer group"), "customer_group customer_group_id customer_group_number"),
    (_("CVR number"), "company_vat company_identification_number"),
    (_("date"), "date from_date to_date last_updated order_date updated_at"),
    (
        _("delivery address"),
        "delivery delivery_address delivery_date default_delivery_location delivery_location_number",
    ),
    (_("department"), "department_id departmental_distribution departmental_distribution_number"),
    (_("delivery date"), "deliver_at"),
    (_("discount in per cent"), "discount_percentage"),
    (_("draft"), "draft_invoice draft_invoice_number"),
    (_("due date"), "due_date maturity_days"),
    (_("EAN number"), "ean nem_handel_type can_send_electronic_invoice"),
    (_("email"), "contact_email"),
    (_("entry"), "entries entry_number entry_type journal_entry_number finance_vouchers supplier_invoices"),
    (_("exchange rate"), "currency_rate exchange_rate"),
    (_("financial year"), "year accounting_year"),
    (_("group"), "group group_id"),
    (_("location above"), "parent_id"),
    (_("inventory"), "has_inventory inventory_enabled stock_quantity"),
    (_("invoice date"), "invoice_date"),
    (_("journal"), "journal journal_number"),
    (_("layout"), "layout layout_id layout_number"),
    (_("line"), "lines line_number"),
    (_("name"), "name address_name"),
    (_("number"), "number id child_id"),
    (_("order"), "order_number orders"),
    (_("payment terms"), "payment_terms payment_terms_id payment_terms_number"),
    (_("postcode"), "zip zipcode address_zipcode delivery_address_zipcode"),
    (_("price"), "line_price unit_net_price"),
    (_("product"), "item item_id product product_number"),
    (_("product group"), "product_group_number"),
    (_("purchase order"), "purchase_orders receipts"),
    (_("quantity"), "quantity"),
    (_("our reference"), "our_reference_id employee_id sales_person vendor_reference employee_number"),
    (_("reference"), "references other other_reference recipient"),
    (_("their reference"), "their_reference customer_contact customer_contact_number"),
    (_("sales price"), "sales_price"),
    (_("shipped"), "is_shipped"),
    (_("stock value"), "total_value value total lineables type"),
    (_("supplier"), "supplier supplier_id supplier_number enabled_for_supplier"),
    (_("supplier group"), "supplier_group supplier_group_id"),
    (_("supplier's invoice number"), "invoice_number supplier_invoice_number"),
    (_("telephone"), "contact_phone"),
    (_("text"), "text description heading text_line1 text_line2 note notes note_text"),
    (_("town"), "city address_city delivery_address_city"),
    (_("unit"), "unit unit_number"),
    (_("VAT"), "total_vat vat_amount vat_domestic"),
    (_("VAT number"), "vat_number"),
    (_("VAT code"), "vat_account vat_code contra_vat_account vat_type vat_type_number"),
    (_("VAT rate"), "vat_percentage rate_percentage vat_rate"),
    (_("VAT zone"), "vat_zone vat_zone_number"),
    (_("voucher number"), "voucher voucher_number numbers"),
)
FIELDS: Final[Mapping[str, Words]] = {name: words for words, names in _BY_WORDS for name in names.split()}
OF_LINE: Final = _("line %(position)s")
_CAPITAL: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_LINES: Final = "lines"


def known(name: str) -> Words | None:
    """The words of one part of a path."""
    return FIELDS.get(_CAPITAL.sub("_", name).lower())


def in_words(path: str) -> str:
    """A dotted path, its lines counted from 1; as it is written where a part of it has no words."""
    parts = path.split(".")
    words = list(_part_words(parts))
    is_known = words and all(part.isdecimal() or known(part) for part in parts)
    return ", ".join(dict.fromkeys(words)) if is_known else path


def _part_words(parts: list[str]) -> Iterator[str]:
    for part, following in zip(parts, [*parts[1:], ""], strict=True):
        if part == _LINES and following.isdecimal():
            yield str(OF_LINE) % {"position": int(following) + 1}
        elif not part.isdecimal():
            yield str(known(part) or part)
