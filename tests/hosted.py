"""The real program behind a proxy that speaks https to browsers, as an operator hosts it; both systems beside it."""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import IPv4Address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from lagerbro.demo.children import Children
from lagerbro.demo.sandbox_clients import is_up
from tests.app.keys.installation import Installation

FROM = "X-Test-From"
"""A header by which a test says which address the proxy is to see it come from."""
HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding", "te", "trailer", "upgrade", "content-length"}
UP_WITHIN_S = 90


@dataclass(frozen=True)
class Hosted:
    """`lagerbro`: the public address. `port`: where the program itself listens, past the proxy."""

    lagerbro: str
    rackbeat: str
    economic: str
    port: int
    installation: Installation
    certificate: Path

    @property
    def verify(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=str(self.certificate))


@contextmanager
def hosted(folder: Path, *, with_systems: bool = True, **environment: str) -> Iterator[Hosted]:
    """`environment`: what the operator sets besides the addresses."""
    economic, rackbeat, web = (free_port() for _ in range(3))
    certificate = make_certificate(folder)
    with Children(folder / "logs") as children, tls_proxy(certificate, web) as public_port:
        public = f"https://localhost:{public_port}"
        tokens = {"SANDBOX_APP_SECRET": "secret", "SANDBOX_GRANT": "grant", "SANDBOX_RACKBEAT_TOKEN": "bearer"}
        begin = f"{public}/onboarding/begin"
        systems = [("economic", economic, []), ("rackbeat", rackbeat, ["--install-url", begin])] if with_systems else []
        for name, port, more in systems:
            state = str(folder / f"{name}.sqlite3")
            children.start(name, ["sandbox", name, "--port", str(port), "--state", state, *more], tokens)
        for _, port, _ in systems:
            children.wait_until(lambda port=port: is_up(port, "/_sandbox/health", "POST"), UP_WITHIN_S)  # type: ignore[misc]
        installation = Installation(folder / "home", {**_settings(public, rackbeat, economic), **environment})
        own = {"DJANGO_SETTINGS_MODULE": "lagerbro.app.settings", "LAGERBRO_HOME": str(installation.home)}
        own["DATABASE_URL"] = ""  # a file of its own, whatever the tests around it use
        children.start("web", ["serve", "--port", str(web)], {**own, **installation.environment})
        children.wait_until(lambda: is_up(web, "/"), UP_WITHIN_S)
        yield Hosted(
            public,
            f"http://127.0.0.1:{rackbeat}",
            f"http://127.0.0.1:{economic}",
            web,
            installation,
            certificate.certificate,
        )


def _settings(public: str, rackbeat: int, economic: int) -> Mapping[str, str]:
    """No more than what the real systems' addresses are replaced by, and the public one."""
    return {
        "LAGERBRO_PUBLIC_URL": public,
        "LAGERBRO_ENVIRONMENT": "test",
        "LAGERBRO_EMAIL_VERIFICATION": "none",
        "LAGERBRO_RACKBEAT_URL": f"http://127.0.0.1:{rackbeat}",
        "LAGERBRO_RACKBEAT_APPS_URL": f"http://127.0.0.1:{rackbeat}/pages/apps",
        "LAGERBRO_ECONOMIC_REST_URL": f"http://127.0.0.1:{economic}",
        "LAGERBRO_ECONOMIC_API_URL": f"http://127.0.0.1:{economic}",
        "LAGERBRO_ECONOMIC_GRANT_URL": f"http://127.0.0.1:{economic}/secure/api1/requestaccess.aspx",
        "LAGERBRO_ECONOMIC_APP_SECRET": "secret",
        "LAGERBRO_ECONOMIC_APP_PUBLIC_TOKEN": "public-1180001",
    }


@dataclass(frozen=True)
class Certificate:
    certificate: Path
    key: Path


def make_certificate(folder: Path) -> Certificate:
    """For `localhost`, signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    names = x509.SubjectAlternativeName([x509.DNSName("localhost"), x509.IPAddress(IPv4Address("127.0.0.1"))])
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    builder = builder.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
    signed = builder.add_extension(names, critical=False).sign(key, hashes.SHA256())
    found = Certificate(folder / "certificate.pem", folder / "key.pem")
    found.certificate.write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    found.key.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return found


@contextmanager
def tls_proxy(certificate: Certificate, port: int) -> Iterator[int]:
    """Https on a free port of loopback, handed on as http, with what proxies say of whom they were asked by."""

    class Proxy(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            sent = {name: value for name, value in self.headers.items() if name.lower() not in HOP_BY_HOP}
            came_from = sent.pop(FROM, self.client_address[0])
            claimed = sent.pop("X-Forwarded-For", "")
            sent["X-Forwarded-For"] = f"{claimed}, {came_from}" if claimed else came_from
            sent["X-Forwarded-Proto"] = "https"
            with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as inner:
                inner.request(self.command, self.path, body, sent)
                answer = inner.getresponse()
                content = answer.read()
            self.send_response(answer.status)
            for name, value in answer.getheaders():
                if name.lower() not in HOP_BY_HOP:
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(content)

        do_POST = do_HEAD = do_GET

        def log_message(self, *_: object) -> None:
            """Nothing is told."""

    server = _Quiet(("127.0.0.1", 0), Proxy)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate.certificate, certificate.key)
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)


class _Quiet(ThreadingHTTPServer):
    def handle_error(self, *_: object) -> None:
        """A browser that does not like the certificate at first, or goes away."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
