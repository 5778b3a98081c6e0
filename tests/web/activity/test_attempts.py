"""The calls that were made for a transfer: in pieces, bodies from their beginning, and each whole on its own page."""

from __future__ import annotations

import gzip
from html import escape, unescape
from random import Random

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lagerbro.agreements.models import Agreement, CapabilityKind
from lagerbro.agreements.scope import agreement_scope
from lagerbro.people.models import Role
from lagerbro.sync.models import Attempt, Transfer
from lagerbro.web.views.attempts import BODIES_BYTES, PAGE
from lagerbro.wire.exchange import BODY_LIMIT_CHARS
from tests.reading import said
from tests.sandboxes import START
from tests.visiting import framed, sign_in
from tests.world import Company

pytestmark = pytest.mark.django_db
PAGE_LIMIT_BYTES = 100 * 1024
NOISE = [chr(code) for code in (*range(33, 127), *range(0xC0, 0x250), *range(0x1F300, 0x1F400))]
"""Letters of one, two and four bytes, HTML's own among them."""


def noise(random: Random, chars: int = BODY_LIMIT_CHARS) -> str:
    return "".join(random.choices(NOISE, k=chars))


def transfer(agreement: Agreement, attempts: int, sent: str = "", answered: str = "", url: str = "") -> Transfer:
    with agreement_scope(agreement.pk):
        made = Transfer.in_scope.create(
            agreement=agreement, kind="customer_invoice", key="9001", created_at=START, changed_at=START
        )
        rows = (attempt(made, n, sent, answered, url or f"https://rest.test/call-{n}") for n in range(1, attempts + 1))
        Attempt.in_scope.bulk_create(rows)
    return made


def attempt(made: Transfer, n: int, sent: str, answered: str, url: str) -> Attempt:
    facts = {"agreement_id": made.agreement_id, "run": n, "started_at": START, "duration_ms": n, "status": 200}
    return Attempt(transfer=made, system="e-conomic", method="POST", url=url, sent=sent, answered=answered, **facts)


def keys(made: Transfer) -> list[int]:
    with agreement_scope(made.agreement_id):
        return list(Attempt.in_scope.filter(transfer=made).order_by("pk").values_list("pk", flat=True))


def in_danish(client: Client, path: str) -> str:
    answer = client.get(path, headers={"accept-language": "da"})
    assert answer.status_code == 200
    return said(answer)


def calls_on(page: str) -> list[int]:
    return [int(piece.split("\n", maxsplit=1)[0].split("<")[0]) for piece in page.split("/call-")[1:]]


@pytest.mark.parametrize(
    ("asked", "first", "last", "number"),
    [
        ("", 71, 120, 1),
        ("?page=1", 71, 120, 1),
        ("?page=2", 21, 70, 2),
        ("?page=3", 1, 20, 3),
        ("?page=4", 1, 20, 3),
        ("?page=999999999999999999999", 1, 20, 3),
        ("?page=0", 1, 20, 3),
        ("?page=-1", 1, 20, 3),
        ("?page=x", 71, 120, 1),
    ],
)
def test_the_latest_come_first_and_earlier_ones_in_pieces(
    client: Client, company: Company, asked: str, first: int, last: int, number: int
) -> None:
    made = transfer(company.agreement, 120)
    page = in_danish(client, f"{sign_in(client, company.agreement)}activity/{made.pk}/{asked}")
    assert calls_on(page) == list(range(first, last + 1))
    assert f"Kald {first}–{last} af 120, i den rækkefølge de blev foretaget." in page
    assert f"Side {number} af 3" in page
    assert ("Vis de tidligere" in page, f'href="?page={number + 1}"' in page) == (number < 3, number < 3)


def test_a_few_are_all_there_without_a_word_of_pages(client: Client, company: Company) -> None:
    made = transfer(company.agreement, PAGE)
    page = in_danish(client, f"{sign_in(client, company.agreement)}activity/{made.pk}/")
    assert calls_on(page) == list(range(1, PAGE + 1))
    assert "Kald 1–" not in page
    assert "Side 1 af" not in page


def test_the_page_is_light_whatever_is_in_200_calls(client: Client, company: Company) -> None:
    random, step = Random(7), BODIES_BYTES // PAGE
    bodies = noise(random, BODY_LIMIT_CHARS + 400 * step)  # no two calls begin alike
    made = transfer(company.agreement, 200)
    with agreement_scope(company.agreement.pk):
        for n, row in enumerate(found := list(Attempt.in_scope.filter(transfer=made))):
            row.sent = bodies[2 * n * step :][:BODY_LIMIT_CHARS]
            row.answered = bodies[(2 * n + 1) * step :][:BODY_LIMIT_CHARS]
            row.url = f"https://rest.test/{noise(random, 1900)}"
        Attempt.in_scope.bulk_update(found, ["sent", "answered", "url"])
    path = f"{sign_in(client, company.agreement)}activity/{made.pk}/"
    sizes = [len(gzip.compress(client.get(f"{path}?page={number}").content)) for number in range(1, 5)]
    assert min(sizes) > BODIES_BYTES / 2
    assert max(sizes) <= PAGE_LIMIT_BYTES
    assert in_danish(client, path).count("Vis hele") == PAGE


def test_what_is_cut_is_whole_on_a_page_of_its_own(client: Client, company: Company) -> None:
    body = '{"note": "<script>alert(1)</script>"}' + "ø" * 2000
    made = transfer(company.agreement, PAGE, body, "short")
    path = f"{sign_in(client, company.agreement)}activity/{made.pk}/"
    page = in_danish(client, path)
    limit = BODIES_BYTES // (2 * PAGE)
    kept = body.encode()[:limit].decode(errors="ignore")
    assert f"{escape(kept)}…</pre>".replace("&#x27;", "&#39;") in page.replace("&#x27;", "&#39;")
    assert "<script>alert" not in page
    key = keys(made)[0]
    assert f'href="{path}calls/{key}/">Vis hele</a>' in page
    answer = client.get(f"{path}calls/{key}/", headers={"accept-language": "da"})
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
    whole = said(answer)
    assert body in unescape(whole)
    assert "<script>alert" not in whole
    assert "Skrevet i e-conomic" in whole
    assert "tegn af en forespørgsel" not in whole


def test_a_few_calls_are_shown_whole(client: Client, company: Company) -> None:
    body = "linje " * 800
    made = transfer(company.agreement, 6, body, body)
    page = in_danish(client, f"{sign_in(client, company.agreement)}activity/{made.pk}/")
    assert page.count(body) == 12
    assert "Vis hele" not in page


def test_a_body_that_was_longer_than_is_kept_is_said_to_be(client: Client, company: Company) -> None:
    made = transfer(company.agreement, 1, "", "x" * BODY_LIMIT_CHARS)
    page = in_danish(client, f"{sign_in(client, company.agreement)}activity/{made.pk}/calls/{keys(made)[0]}/")
    assert f"De første {BODY_LIMIT_CHARS} tegn af en forespørgsel eller et svar gemmes." in page


def test_only_this_agreements_calls_and_only_of_this_transfer(client: Client, company: Company) -> None:
    other = Agreement.objects.create(public_id="other", company_name="X", rackbeat_account_id=9, created_at=START)
    theirs, ours = transfer(other, 1, "hemmelig"), transfer(company.agreement, 1)
    elsewhere = company.invoiced(4242)
    base = sign_in(client, company.agreement)
    for address in (
        f"activity/{ours.pk}/calls/{keys(theirs)[0]}/",
        f"activity/{theirs.pk}/calls/{keys(theirs)[0]}/",
        f"activity/{elsewhere.pk}/calls/{keys(ours)[0]}/",
        f"activity/{ours.pk}/calls/0/",
    ):
        assert client.get(base + address).status_code == 404, address
    assert client.get(f"{base}activity/{ours.pk}/calls/{keys(ours)[0]}/").status_code == 200


def test_whoever_may_read_the_transfer_may_read_its_calls(client: Client, company: Company) -> None:
    made = transfer(company.agreement, 1, "body")
    path = f"activity/{made.pk}/calls/{keys(made)[0]}/"
    reading, _ = framed(company.agreement, CapabilityKind.READER)
    inside, _ = framed(company.agreement)
    for base in (sign_in(client, company.agreement, Role.READER), reading, inside):
        answer = client.get(base + path)
        assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
        assert client.post(base + path).status_code in (403, 405)
    assert Client().get(f"/a/{company.agreement.public_id}/{path}").status_code == 302


def test_fifty_cost_the_queries_of_one_and_no_whole_bodies(client: Client, company: Company) -> None:
    made = transfer(company.agreement, 1)
    path = f"{sign_in(client, company.agreement)}activity/{made.pk}/"
    client.get(path)  # the first page after signing in notes that the browser is in use
    with CaptureQueriesContext(connection) as one:
        client.get(path)
    with agreement_scope(company.agreement.pk):
        Attempt.in_scope.bulk_create(attempt(made, n, "s" * 9000, "", "https://rest.test/") for n in range(150))
    with CaptureQueriesContext(connection) as many:
        client.get(path)
    assert len(many) == len(one)
