"""The registers: customers, products and the small ones. One table says what each looks like and allows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from lagerbro_sandbox.economic.registers import forms
from lagerbro_sandbox.economic.wire import filterable as f
from lagerbro_sandbox.economic.wire.fields import Form, Whole


@dataclass(frozen=True, slots=True)
class Register:
    """A kind of master data.

    `form` None: read only. `numbers`: `sent` by the caller, `either` (the server gives one when none is sent) or
    `given` by the server, whatever is sent. `key_in_put`: a PUT must name the number in its body too. `noun`: the word
    for one record in `metaData`.
    """

    name: str
    key: str
    fields: f.Fields = f.NONE
    form: Form | None = None
    put_form: Form | None = None
    numbers: str = "sent"
    key_in_put: bool = False
    text_key: bool = False
    stamped: bool = False
    noun: str = ""

    def form_of_put(self) -> Form:
        """What a PUT takes."""
        form = self.put_form or self.form or {}
        return {**form, self.key: Whole(required=True)} if self.key_in_put and not self.text_key else form


REGISTERS: Final = {
    register.name: register
    for register in (
        Register(
            "customers",
            "customerNumber",
            f.CUSTOMERS,
            forms.CUSTOMER,
            forms.CUSTOMER_PUT,
            numbers="either",
            stamped=True,
            noun="customer",
        ),
        Register(
            "customer-groups",
            "customerGroupNumber",
            f.CUSTOMER_GROUPS,
            forms.CUSTOMER_GROUP_FORM,
            noun="customer group",
        ),
        Register(
            "products",
            "productNumber",
            f.PRODUCTS,
            forms.PRODUCT,
            text_key=True,
            key_in_put=True,
            stamped=True,
            noun="product",
        ),
        Register("product-groups", "productGroupNumber"),
        Register("units", "unitNumber", f.NONE, forms.UNIT_FORM, numbers="given", noun="unit"),
        Register(
            "payment-terms",
            "paymentTermsNumber",
            f.NONE,
            forms.PAYMENT_TERMS_FORM,
            numbers="given",
            noun="payment term",
        ),
        Register("payment-types", "paymentTypeNumber"),
        Register("layouts", "layoutNumber"),
        Register("vat-zones", "vatZoneNumber"),
        Register("vat-types", "vatTypeNumber"),
        Register("vat-accounts", "vatCode", text_key=True),
        Register("currencies", "code", text_key=True),
        Register("departments", "departmentNumber", f.DEPARTMENTS),
        Register("employees", "employeeNumber", f.EMPLOYEES),
        Register(
            "suppliers",
            "supplierNumber",
            f.SUPPLIERS,
            forms.SUPPLIER,
            numbers="either",
            key_in_put=True,
            noun="supplier",
        ),
        Register("supplier-groups", "supplierGroupNumber"),
        Register("journals", "journalNumber", f.JOURNALS),
        Register("accounts", "accountNumber", f.ACCOUNTS),
        Register("app-roles", "roleNumber", f.APP_ROLES),
    )
}
CONTACTS: Final = Register(
    "customer-contacts",
    "customerContactNumber",
    f.CONTACTS,
    forms.CONTACT_FORM,
    numbers="given",
    key_in_put=True,
    noun="contact",
)
DELIVERY_LOCATIONS: Final = Register(
    "delivery-locations",
    "deliveryLocationNumber",
    f.DELIVERY_LOCATIONS,
    forms.DELIVERY_LOCATION_FORM,
    numbers="given",
    noun="delivery location",
)
