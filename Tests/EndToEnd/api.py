"""A person at the API: plain HTTP, the foreign client `gql` over HTTP and over WebSocket, and a plain WebSocket."""

import hashlib
import json
import pathlib

import requests
from gql import Client
from gql.transport.aiohttp import AIOHTTPTransport
from gql.transport.websockets import WebsocketsTransport
from websockets.sync.client import connect

from harness import AimageServer

SUBPROTOCOL = "graphql-transport-ws"
MEDIA_TYPES = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".webp": "image/webp", ".gif": "image/gif"}

CREATE_UPLOAD = """
mutation CreateUpload($input: CreateUploadInput!) {
  createUpload(input: $input) {
    ticket { asset { id state } url method headers { name value } maximumBytes expiresAt }
    userErrors { field code message }
  }
}
"""

COMPLETE_UPLOAD = """
mutation CompleteUpload($input: CompleteUploadInput!) {
  completeUpload(input: $input) {
    asset { id state mediaType byteCount width height sha256 url errorCode }
    userErrors { field code message }
  }
}
"""


class Api:
    """The API as one person sees it; without a token, as a stranger from the street."""

    def __init__(self, server: AimageServer, token: str | None = None):
        self.server = server
        self.token = token
        self.session = requests.Session()
        self.headers = {"Authorization": f"Bearer {token}"} if token else {}

    # Plain HTTP

    def post(self, query: str, variables: dict | None = None, headers: dict | None = None, **fields) -> requests.Response:
        """POSTs one operation and gives the whole HTTP answer."""
        body = {"query": query, "variables": variables or {}} | fields
        return self.session.post(
            self.server.graphql_url, json=body, headers=self.headers | (headers or {}), timeout=30)

    def execute(self, query: str, variables: dict | None = None) -> dict:
        """The `data` of an operation that must succeed without errors."""
        response = self.post(query, variables)
        answer = response.json()
        assert "errors" not in answer, answer["errors"]
        assert response.status_code == 200, response.text
        return answer["data"]

    def errors(self, query: str, variables: dict | None = None) -> list[dict]:
        """The `errors` of an operation that must have some."""
        answer = self.post(query, variables).json()
        assert answer.get("errors"), answer
        return answer["errors"]

    def payload(self, name: str, selection: str, input: dict) -> dict:
        """Runs one mutation of the usual shape and gives its payload with its user errors."""
        return self.execute(mutation(name, selection), {"input": input})[name]

    def mutate(self, name: str, selection: str, input: dict) -> dict:
        """Runs one mutation of the usual shape and gives its payload; user errors are a failure."""
        payload = self.payload(name, selection, input)
        assert payload["userErrors"] == [], payload["userErrors"]
        return payload

    # The foreign client

    def http_client(self) -> Client:
        """gql over HTTP; use it in `async with`."""
        transport = AIOHTTPTransport(url=self.server.graphql_url, headers=self.headers)
        return Client(transport=transport, fetch_schema_from_transport=False, execute_timeout=30)

    def websocket_client(self) -> Client:
        """gql over WebSocket with the subprotocol graphql-transport-ws; use it in `async with`."""
        transport = WebsocketsTransport(
            url=self.server.websocket_url,
            init_payload=self.headers,
            subprotocols=[WebsocketsTransport.GRAPHQLWS_SUBPROTOCOL],
        )
        return Client(transport=transport, fetch_schema_from_transport=False, execute_timeout=30)

    # A plain WebSocket

    def socket(self) -> "Socket":
        """A WebSocket on which this person is signed in; use it in `with`."""
        socket = Socket(self.server)
        socket.send({"type": "connection_init", "payload": self.headers})
        assert socket.receive() == {"type": "connection_ack"}
        return socket

    def events(self, query: str, variables: dict, seconds: float = 60) -> list[dict]:
        """All events of a subscription until it completes, each the `data` of one message."""
        with self.socket() as socket:
            return list(socket.subscribe(query, variables, seconds=seconds))

    # Files

    def create_upload(self, project_id: str, path: pathlib.Path, purpose: str = "SUBTASK_CONTENT", **changes) -> dict:
        """Announces a file and gives the payload of `createUpload`."""
        input = {"projectId": project_id, "purpose": purpose, "fileName": path.name} | changes
        if "mediaType" not in input:
            input |= {"mediaType": MEDIA_TYPES[path.suffix]}
        if "byteCount" not in input:
            input |= {"byteCount": path.stat().st_size}
        return self.execute(CREATE_UPLOAD, {"input": input})["createUpload"]

    def put(self, ticket: dict, body: bytes, **changes) -> requests.Response:
        """Sends bytes to a ticket's URL, as the ticket says, without the person's token."""
        headers = {header["name"]: header["value"] for header in ticket["headers"]}
        arguments = {"method": ticket["method"], "url": ticket["url"], "data": body, "headers": headers} | changes
        return requests.request(**arguments, timeout=60)

    def complete_upload(self, asset_id: str) -> dict:
        """Says that the bytes are there and gives the payload of `completeUpload`."""
        return self.execute(COMPLETE_UPLOAD, {"input": {"assetId": asset_id}})["completeUpload"]

    def upload(self, project_id: str, path: pathlib.Path, purpose: str = "SUBTASK_CONTENT") -> dict:
        """Uploads a picture all the way and gives the asset, which must be ready and have the file's hash."""
        created = self.create_upload(project_id, path, purpose)
        assert created["userErrors"] == [], created
        response = self.put(created["ticket"], path.read_bytes())
        assert response.status_code in (200, 201, 204), response.text
        completed = self.complete_upload(created["ticket"]["asset"]["id"])
        assert completed["userErrors"] == [], completed
        asset = completed["asset"]
        assert asset["state"] == "READY"
        assert asset["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
        return asset


def mutation(name: str, selection: str) -> str:
    """The document of a mutation of the usual shape: one input, one payload with user errors."""
    input_type = name[0].upper() + name[1:] + "Input"
    return (
        f"mutation($input: {input_type}!) {{ {name}(input: $input) "
        f"{{ {selection} userErrors {{ field code message }} }} }}"
    )


class Refused(Exception):
    """The server ended an operation with an `error` message."""

    def __init__(self, errors: list[dict]):
        super().__init__(errors)
        self.errors = errors


class Socket:
    """A WebSocket at the server, message by message; nothing is sent that the test did not ask for."""

    def __init__(self, server: AimageServer, subprotocols=(SUBPROTOCOL,), **options):
        self.opening = connect(
            server.websocket_url, subprotocols=list(subprotocols) or None, compression=None, max_size=None,
            open_timeout=20, close_timeout=5, **options)
        self.connection = self.opening.__enter__()
        self.next_id = 0

    def __enter__(self) -> "Socket":
        return self

    def __exit__(self, *exception) -> None:
        self.opening.__exit__(*exception)

    def send(self, message: dict | str | bytes) -> None:
        self.connection.send(json.dumps(message) if isinstance(message, dict) else message)

    def receive(self, seconds: float = 30) -> dict:
        """The next message."""
        return json.loads(self.connection.recv(timeout=seconds))

    def start(self, query: str, variables: dict | None = None, id: str | None = None) -> str:
        """Starts an operation and gives its id."""
        if id is None:
            self.next_id += 1
            id = str(self.next_id)
        self.send({"type": "subscribe", "id": id, "payload": {"query": query, "variables": variables or {}}})
        return id

    def results(self, id: str, seconds: float = 60):
        """The results of the one operation that runs on this socket, until it completes."""
        while True:
            message = self.receive(seconds)
            if message["type"] == "ping":
                continue
            assert message["id"] == id, message
            if message["type"] == "complete":
                return
            if message["type"] == "error":
                raise Refused(message["payload"])
            yield message["payload"]

    def subscribe(self, query: str, variables: dict | None = None, seconds: float = 60):
        """The `data` of each result of an operation, until it completes; errors in a result are a failure."""
        for result in self.results(self.start(query, variables), seconds):
            assert "errors" not in result, result["errors"]
            yield result["data"]
