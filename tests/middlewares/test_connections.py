"""Pages come over TLS as well, on connections that are used again."""

from __future__ import annotations

import datetime
import ssl
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests.crawling import crawl

SPIDER = """
import scrapy

class Asks(scrapy.Spider):
    name = "asks"
    custom_settings = {"CONCURRENT_REQUESTS": 1}

    async def start(self):
        for n in range(5):
            yield scrapy.Request(f"{self.home}/{n}")

    def parse(self, response):
        yield {"url": response.url, "title": response.url, "body": f"{response.url} {response.text}"}
"""


def certificate(folder: Path) -> Path:
    """A certificate for 127.0.0.1 signed by itself, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(1)
        .not_valid_before(now).not_valid_after(now + datetime.timedelta(days=1))
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ) + made.public_bytes(serialization.Encoding.PEM)
    file = folder / "server.pem"
    file.write_bytes(pem)
    return file


def test_pages_come_over_tls_on_one_connection(tmp_path: Path) -> None:
    connections: list[Any] = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def setup(self) -> None:
            connections.append(self.client_address)
            super().setup()

        def do_GET(self) -> None:
            body = b"User-agent: *" if self.path == "/robots.txt" else b"<p>page</p>"
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(body)))
            for _ in range(4):
                self.send_header("X-Padding", "x" * 15_000)  # six such heads are more than one may hold
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            pass

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate(tmp_path))
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        home = f"https://127.0.0.1:{server.server_port}"
        run = crawl(tmp_path, f"{SPIDER}\n    home = {home!r}\n", NEWSARCHIVE_ALLOWED_HOSTS="127.0.0.1")
    finally:
        server.shutdown()
        server.server_close()
    assert run.count("stored") == 5, run.log
    assert len(connections) == 1
