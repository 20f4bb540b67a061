"""Plain HTTP as it goes over the wire: requests without defaults of a library, and answers read piece by piece."""

import contextlib
import http.client
import json
import socket
import urllib.parse

from harness import AimageServer

JSON = "application/json"
MODERN = "application/graphql-response+json"
EVENTS = "text/event-stream"


class Answer:
    """An answer that was read to its end."""

    def __init__(self, response: http.client.HTTPResponse):
        self.status = response.status
        self.headers = response.headers
        self.body = response.read()

    @property
    def type(self) -> str:
        """The media type without its parameters."""
        return self.headers.get_content_type()

    @property
    def json(self):
        return json.loads(self.body)

    @property
    def code(self) -> str | None:
        """The code of the first error."""
        return self.json["errors"][0].get("extensions", {}).get("code")


def send(
    server: AimageServer, method: str = "POST", path: str = "/graphql", body: bytes | dict | list | None = None,
    headers: dict[str, str] | None = None,
) -> Answer:
    """Sends one request, with no header fields but `Host`, `Content-Length` and those given, and reads the answer."""
    with opened(server, method, path, body, headers) as response:
        return Answer(response)


@contextlib.contextmanager
def opened(server, method="POST", path="/graphql", body=None, headers=None, seconds: float = 30):
    """Sends one request and gives the answer before it is read; leaving the block closes the connection."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=seconds)
    headers = dict(headers or {})
    if isinstance(body, dict | list):
        body = json.dumps(body).encode()
        headers.setdefault("Content-Type", JSON)
    try:
        connection.putrequest(method, path, skip_accept_encoding=True)
        if body is not None:
            connection.putheader("Content-Length", str(len(body)))
        for name, value in headers.items():
            connection.putheader(name, value)
        connection.endheaders(body)
        yield connection.getresponse()
    finally:
        # A thread that reads the answer would keep `close` waiting.
        if connection.sock:
            with contextlib.suppress(OSError):
                connection.sock.shutdown(socket.SHUT_RDWR)
        connection.close()


def get(server, parameters: dict[str, str], headers: dict[str, str] | None = None) -> Answer:
    """Sends a GET with parameters, dictionaries among them as JSON."""
    given = {name: value if isinstance(value, str) else json.dumps(value) for name, value in parameters.items()}
    return send(server, "GET", "/graphql?" + urllib.parse.urlencode(given), headers=PREFLIGHT | (headers or {}))


# Browsers ask before they send a header field of this kind: who sends it is no foreign page.
PREFLIGHT = {"Apollo-Require-Preflight": "true"}


def events(response: http.client.HTTPResponse):
    """The server-sent events of an answer as (event, data), comments as (None, text)."""
    event, data = "message", []
    while line := response.readline():
        text = line.decode().rstrip("\n")
        if text.startswith(":"):
            yield None, text[1:]
        elif text.startswith("event:"):
            event = text[6:].strip()
        elif text.startswith("data:"):
            data.append(text[5:].removeprefix(" "))
        elif text == "" and data:
            yield event, "\n".join(data)
            event, data = "message", []


def operations(response):
    """The events of an answer without comments, each with its data as JSON."""
    for event, data in events(response):
        if event is not None:
            yield event, json.loads(data) if data else None
