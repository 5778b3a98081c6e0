#!/bin/sh
# The argument `params` does not add to the query that an address has, it replaces it, an empty one too: a link to the
# next page leads to the first page again. Parameters of the client do so with every address.
. "$(dirname "$0")/isolated.sh"
isolated httpx2==2.16.2 <<'PYTHON'
import httpx2

NEXT_PAGE = "http://api.test/customers?skippages=1&pagesize=1000"


def asked(client, **more):
    return client.get(NEXT_PAGE, **more).text


def client(**more):
    return httpx2.Client(transport=httpx2.MockTransport(lambda request: httpx2.Response(200, text=str(request.url))), **more)


runs("httpx2")
print(f"asked for {NEXT_PAGE}")
seen("without params", asked(client()), NEXT_PAGE)
seen("params={'filter': 'barred$eq:false'}", asked(client(), params={"filter": "barred$eq:false"}),
     "http://api.test/customers?filter=barred%24eq%3Afalse")
seen("params={}", asked(client(), params={}), "http://api.test/customers")
seen("a client with params={'demo': 'true'}", asked(client(params={"demo": "true"})), "http://api.test/customers?demo=true")
merged = httpx2.URL(NEXT_PAGE).copy_merge_params({"demo": "true"})
seen("merged by hand with copy_merge_params", str(merged), f"{NEXT_PAGE}&demo=true")
PYTHON
