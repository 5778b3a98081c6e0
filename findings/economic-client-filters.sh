#!/bin/sh
# The published Python client for e-conomic writes a filter into the address as it stands: "Larsen & Holm" asks for
# "Larsen ". The last five of twenty-five records are records 11 to 15.
. "$(dirname "$0")/isolated.sh"
isolated python-economic-rest==0.9.2 requests==2.34.2 <<'PYTHON'
import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlsplit

from economic.auth import Authentication
from economic.customers import Customer

RECORDS = [{"customerNumber": number, "name": f"Customer {number}"} for number in range(1, 26)]
asked = []


class Api(BaseHTTPRequestHandler):
    """Pages of customers, counted from nought as e-conomic counts them."""

    def do_GET(self):
        query = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
        asked.append(query)
        size, skipped = int(query["pagesize"]), int(query["skippages"])
        body = {"collection": RECORDS[size * skipped : size * (skipped + 1)], "pagination": {"results": len(RECORDS)}}
        content = json.dumps(body).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_):
        pass


server = HTTPServer(("127.0.0.1", 0), Api)
threading.Thread(target=server.serve_forever, daemon=True).start()
Customer.base_url = f"http://127.0.0.1:{server.server_port}/customers"
auth = Authentication("app", "token")

runs("python-economic-rest", "requests")
next(iter(Customer.filter(auth, name="Larsen & Holm")))
seen("the filter that arrives for the name 'Larsen & Holm'", asked[-1]["filter"], "name$eq:Larsen ")
next(iter(Customer.filter(auth, name="Bageri #1")))
seen("the filter that arrives for the name 'Bageri #1'", asked[-1].get("filter"), "name$eq:Bageri ")
last = [each.customer_number for each in Customer.all(auth, reverse=True, limit=5, page_size=10)]
seen("all(reverse=True, limit=5, page_size=10) of 25", last, [15, 14, 13, 12, 11])
PYTHON
