"""A person at the API: plain HTTP, and the foreign client `gql` over HTTP and over WebSocket."""

import hashlib
import pathlib
from contextlib import asynccontextmanager

import requests
from gql import Client, GraphQLRequest
from gql.transport.aiohttp import AIOHTTPTransport
from gql.transport.websockets import WebsocketsTransport

from harness import AimageServer

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

    def __init__(self, server: AimageServer, token: str | None):
        self.server = server
        self.token = token
        self.session = requests.Session()
        self.headers = {"Authorization": f"Bearer {token}"} if token else {}

    # Plain HTTP

    def post(self, query: str, variables: dict | None = None, **fields) -> requests.Response:
        """POSTs one operation and gives the whole HTTP answer."""
        body = {"query": query, "variables": variables or {}} | fields
        return self.session.post(self.server.graphql_url, json=body, headers=self.headers, timeout=30)

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

    def mutate(self, name: str, input_type: str, selection: str, input: dict) -> dict:
        """Runs one mutation of the usual shape and gives its payload; user errors are a failure."""
        query = f"mutation($input: {input_type}!) {{ {name}(input: $input) {{ {selection} userErrors {{ field code message }} }} }}"
        payload = self.execute(query, {"input": input})[name]
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
        return Client(transport=transport, fetch_schema_from_transport=False)

    @asynccontextmanager
    async def subscription(self, query: str, variables: dict):
        """An iterator over the events of a subscription, each the `data` of one answer."""
        async with self.websocket_client() as session:
            yield session.subscribe(GraphQLRequest(query, variable_values=variables))

    # Files

    def create_upload(self, project_id: str, path: pathlib.Path, purpose: str, **changes) -> dict:
        """Announces a file and gives the payload of `createUpload`."""
        input = {
            "projectId": project_id,
            "purpose": purpose,
            "fileName": path.name,
            "mediaType": MEDIA_TYPES[path.suffix],
            "byteCount": path.stat().st_size,
        } | changes
        return self.execute(CREATE_UPLOAD, {"input": input})["createUpload"]

    def put(self, ticket: dict, body: bytes) -> requests.Response:
        """Sends bytes to a ticket's URL, as the ticket says, without the person's token."""
        headers = {header["name"]: header["value"] for header in ticket["headers"]}
        return requests.request(ticket["method"], ticket["url"], data=body, headers=headers, timeout=60)

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
