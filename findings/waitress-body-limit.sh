#!/bin/sh
# A body of exactly max_request_body_size is refused, and a body that is sent in chunks is counted with what stands
# around the chunks: the same bytes pass with a length and are refused without.
. "$(dirname "$0")/isolated.sh"
isolated waitress==3.0.2 <<'PYTHON'
import http.client
import threading

from waitress.server import create_server

LIMIT = 1000


def app(environ, start_response):
    size = len(environ["wsgi.input"].read())
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [str(size).encode()]


server = create_server(app, host="127.0.0.1", port=0, max_request_body_size=LIMIT)
threading.Thread(target=server.run, daemon=True).start()


def status(size, *, chunked):
    connection = http.client.HTTPConnection("127.0.0.1", server.effective_port, timeout=10)
    body = b"a" * size
    connection.request("POST", "/", [body] if chunked else body, encode_chunked=chunked,
                       headers={"Transfer-Encoding": "chunked"} if chunked else {})
    answer = connection.getresponse()
    connection.close()
    return answer.status


runs("waitress")
print(f"max_request_body_size={LIMIT}")
seen("999 bytes with a length", status(999, chunked=False), 200)
seen("1000 bytes with a length", status(1000, chunked=False), 413)
seen("950 bytes in one chunk", status(950, chunked=True), 200)
seen("995 bytes in one chunk", status(995, chunked=True), 413)
PYTHON
