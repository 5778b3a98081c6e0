"""Why a record of e-conomic's does not come to Rackbeat by the start-up sync, and what can be done about it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lagerbro.flows.startup.kinds import Kind
from lagerbro.web.sentences.words import Sentence

Words = str | Promise

KINDS: Final[Mapping[Kind, Words]] = {
    Kind.PAYMENT_TERMS: _("Payment terms"),
    Kind.UNIT: _("Units"),
    Kind.EMPLOYEE: _("Employees"),
    Kind.LAYOUT: _("Layouts"),
    Kind.PRODUCT_GROUP: _("Product groups"),
    Kind.PRODUCT: _("Products"),
    Kind.CUSTOMER_GROUP: _("Customer groups"),
    Kind.CUSTOMER: _("Customers"),
    Kind.SUPPLIER_GROUP: _("Supplier groups"),
    Kind.SUPPLIER: _("Suppliers"),
}

_NOT: Final = _("Is not transferred.")
_MEND: Final = _("Mend it in e-conomic and look again, or make it in Rackbeat by hand.")
_BY_HAND: Final = _("Make it in Rackbeat by hand.")

REASONS: Final[Mapping[str, Sentence]] = {
    "barred": Sentence(_NOT, _("It is barred in e-conomic."), _("Lift the bar in e-conomic and look again.")),
    "field_unreadable": Sentence(_NOT, _("A field of it cannot be read: %(field)s is “%(stood)s”."), _MEND),
    "group_not_transferred": Sentence(
        _NOT, _("Its group %(named)s does not come to Rackbeat."), _("Mend the group and look again.")
    ),
    "group_vat_unknown": Sentence(
        _NOT,
        _("The VAT of its sales account in Denmark is not known here, and it is not guessed."),
        _("Give the group a sales account in e-conomic, press “Read the lists again” in the settings and look again."),
    ),
    "layout_deleted": Sentence(_NOT, _("It is deleted in e-conomic."), _("Nothing has to be done.")),
    "left_out_by_choice": Sentence(
        _("Was left out."),
        _("In Rackbeat the number is called “%(other)s”, and you have chosen to leave such records out."),
        _("Nothing has to be done."),
    ),
    "name_too_long": Sentence(
        _NOT, _("Its name has %(length)s characters, and Rackbeat takes %(longest)s."), _("Shorten the name there.")
    ),
    "no_group": Sentence(_NOT, _("It is in no group."), _MEND),
    "no_name": Sentence(_NOT, _("It has no name."), _MEND),
    "no_number": Sentence(_NOT, _("It has no number."), _MEND),
    "no_payment_terms": Sentence(_NOT, _("It has no payment terms."), _MEND),
    "no_type": Sentence(_NOT, _("It does not say which kind of terms they are."), _MEND),
    "no_zone": Sentence(_NOT, _("It has no VAT zone."), _MEND),
    "number_not_digits": Sentence(
        _NOT, _("Its number has letters or signs, and Rackbeat takes digits only."), _("Give it a number of digits.")
    ),
    "number_taken": Sentence(
        _("Is neither transferred nor linked."),
        _("Another record in Rackbeat has its number: “%(other)s”."),
        _("Give one of the two another number, and make it in Rackbeat by hand."),
    ),
    "number_twice": Sentence(
        _NOT, _("Its number stands twice in e-conomic's list, and not with the same content."), _BY_HAND
    ),
    "number_unusable": Sentence(_NOT, _("Rackbeat cannot take its number."), _("Give it another number.")),
    "payment_terms_missing": Sentence(
        _NOT,
        _("Its payment terms %(named)s are not in Rackbeat."),
        _("Tick “Payment terms” and look again, or make terms with that number in Rackbeat."),
    ),
    "record_unreadable": Sentence(_NOT, _("What e-conomic sent is no record: “%(stood)s”."), _MEND),
    "startup_changed_in_rackbeat": Sentence(
        _("Was left alone."),
        _("It was renamed or deleted in Rackbeat after you had looked: “%(other)s”."),
        _("Look whether it is the same record, and fill in by hand what is missing."),
    ),
    "startup_no_answer": Sentence(
        _("Is perhaps not made."),
        _("Rackbeat did not answer five times in a row."),
        _("Look whether it is in Rackbeat, and make it by hand if not."),
    ),
    "startup_refused": Sentence(_("Was refused by Rackbeat."), _("It told why. %(said)s"), _BY_HAND),
    "terms_unusable": Sentence(_NOT, _("Rackbeat cannot take %(days)s days or the type “%(type)s”."), _MEND),
    "zone_unknown": Sentence(_NOT, _("Its VAT zone %(zone)s is none that Rackbeat has."), _MEND),
}
"""By the code of a row; a test walks the codes of the plan."""

FIELDS: Final[Mapping[str, Words]] = {
    "address_city": _("town"),
    "address_country": _("country"),
    "address_street": _("address"),
    "address_street2": _("address"),
    "address_zipcode": _("postcode"),
    "barcode": _("barcode"),
    "company_vat": _("CVR number"),
    "contact_email": _("email"),
    "contact_phone": _("telephone"),
    "description": _("text"),
    "ean": _("EAN number"),
    "employee_id": _("sales person"),
    "layout_id": _("layout"),
    "recommended_cost_price": _("cost price"),
    "recommended_sales_price": _("recommended price"),
    "unit_id": _("unit"),
}
"""What may be left out of a record that comes over."""
