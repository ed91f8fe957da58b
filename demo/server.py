"""Serves the demo's newspaper on loopback: `python demo/server.py [PORT]`, and look at it with a browser."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from newspaper import Answer, pages


class _Handler(BaseHTTPRequestHandler):
    """Answers from memory."""

    protocol_version = "HTTP/1.1"
    answers: dict[str, Answer]
    asked: list[str]

    def do_GET(self) -> None:
        self.asked.append(self.path)
        answer = self.answers.get(self.path) or self.answers.get(self.path.partition("?")[0])
        if answer is None:
            answer = Answer(b"<!DOCTYPE html><title>404</title><h1>Page introuvable</h1>", status=404)
        self.send_response(answer.status)
        if answer.location:
            self.send_header("Location", answer.location)
        self.send_header("Content-Type", answer.content_type)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        self.wfile.write(answer.body)

    def log_message(self, *args: Any) -> None:
        """Say nothing: the crawler tells what it fetched."""


@contextmanager
def serving(port: int = 0) -> Iterator[tuple[str, list[str]]]:
    """The origin of the running site ("http://127.0.0.1:PORT"), and the list of paths it has been asked for."""
    asked: list[str] = []
    handler = type("Handler", (_Handler,), {"asked": asked})
    server = ThreadingHTTPServer(("127.0.0.1", port), handler)
    server.daemon_threads = True
    origin = f"http://127.0.0.1:{server.server_port}"
    handler.answers = pages(origin, date.today())  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield origin, asked
    finally:
        server.shutdown()
        server.server_close()


def main() -> None:
    """Serve until interrupted."""
    with serving(int(sys.argv[1]) if len(sys.argv) > 1 else 8000) as (origin, _):
        print(f"{origin}/ is up; Ctrl-C ends it.", flush=True)
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            print()


if __name__ == "__main__":
    main()
