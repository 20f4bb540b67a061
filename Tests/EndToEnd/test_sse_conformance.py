"""graphql-sse in both modes, requirement by requirement, over a plain socket; the last part with a foreign client."""

import json
import threading
import uuid

import httpx
import pytest

from harness import wait_until
from scenario import Supervisor
from wire import EVENTS, JSON, PREFLIGHT, events, opened, operations, send

STREAM = "/graphql/stream"
FINE = {"query": "{ __typename }"}
RESULT = {"data": {"__typename": "Query"}}
WATCH = """
subscription($reviewId: ID!) { reviewProgress(reviewId: $reviewId) { eventId __typename } }
"""


@pytest.fixture
def headers(supervisor) -> dict[str, str]:
    return supervisor.headers | PREFLIGHT


# Distinct connections


def accept_events(headers: dict[str, str] | None = None) -> dict[str, str]:
    return PREFLIGHT | {"Accept": EVENTS} | (headers or {})


@pytest.mark.parametrize("path", ["/graphql", STREAM])
def test_distinct_a_query_by_post_is_one_result_and_the_end(server, path):
    with opened(server, path=path, body=FINE, headers=accept_events()) as response:
        assert response.status == 200
        assert response.headers["Content-Type"] == "text/event-stream; charset=utf-8"
        assert response.headers["Cache-Control"] == "no-cache"
        assert response.headers["X-Accel-Buffering"] == "no"
        assert list(operations(response)) == [("next", RESULT), ("complete", None)]


def test_distinct_a_query_by_get_is_one_result_and_the_end(server):
    with opened(server, "GET", "/graphql?query=%7B__typename%7D", headers=accept_events()) as response:
        assert list(operations(response)) == [("next", RESULT), ("complete", None)]


def test_distinct_the_last_event_has_an_empty_data_field(server):
    """Without one a browser's EventSource would drop it."""
    with opened(server, body=FINE, headers=accept_events()) as response:
        assert response.read().endswith(b"event: complete\ndata: \n\n")


@pytest.mark.parametrize("query", ["{", "{ nothing }", "query A { __typename } query B { __typename }"])
def test_distinct_what_does_not_run_is_a_result_with_errors(server, query):
    with opened(server, body={"query": query}, headers=accept_events()) as response:
        assert response.status == 200
        (_, result), end = operations(response)
        assert result["errors"] and "data" not in result and end == ("complete", None)


@pytest.mark.parametrize(("body", "status"), [(b"{", 400), (b"[]", 400), (b"{}", 400)])
def test_distinct_what_is_no_request_has_a_status(server, body, status):
    assert send(server, body=body, headers=accept_events({"Content-Type": JSON})).status == status


def test_distinct_a_bad_token_is_401(server):
    assert send(server, body=FINE, headers=accept_events({"Authorization": "Bearer x"})).status == 401


def test_distinct_a_json_line_is_never_broken(server):
    with opened(server, body={"query": 'query { a: __type(name: "a\\nb\\r\\u2028") { name } }'},
                headers=accept_events()) as response:
        assert [event for event, _ in operations(response)] == ["next", "complete"]


@pytest.fixture(scope="module")
def finished_review(supervisor, reviewed) -> str:
    return reviewed.reviews[0]["id"]


def test_distinct_a_subscription_sends_every_event_and_ends(server, supervisor, headers, finished_review):
    body = {"query": WATCH, "variables": {"reviewId": finished_review}}
    with opened(server, body=body, headers=accept_events(headers)) as response:
        *results, end = operations(response)
    expected = supervisor.events(WATCH, {"reviewId": finished_review})
    assert [result["data"] for _, result in results] == expected and len(expected) > 2
    assert end == ("complete", None)


def test_distinct_a_subscription_that_accepts_json_too_gets_events(server, headers, finished_review):
    body = {"query": WATCH, "variables": {"reviewId": finished_review}}
    accept = headers | {"Accept": f"{JSON}, {EVENTS}"}
    with opened(server, body=body, headers=accept) as response:
        assert response.headers.get_content_type() == EVENTS
        assert [event for event, _ in operations(response)][-1] == "complete"


def test_distinct_a_silent_stream_is_kept_alive_by_comments(server, headers, silent_subscription):
    with opened(server, body=silent_subscription, headers=accept_events(headers)) as response:
        stream = events(response)
        # One at once, so that proxies and browsers see the stream begin; then one every twelve seconds.
        assert next(stream) == (None, "") and next(stream) == (None, "")


@pytest.fixture(scope="module")
def silent_subscription(supervisor) -> dict:
    """A subscription of a project in which nothing happens."""
    project = Supervisor(supervisor).project(f"silent {uuid.uuid4()}")
    return {
        "query": "subscription($id: ID!) { projectReviews(projectId: $id) { eventId } }", "variables": {"id": project}}


# Single connection


class Stream:
    """A reserved stream, read by a thread of its own."""

    def __init__(self, server, headers: dict[str, str], by_url: bool = False):
        self.server = server
        self.headers = headers
        reserved = send(server, "PUT", STREAM, headers=headers)
        assert reserved.status == 201 and reserved.headers.get_content_type() == "text/plain"
        self.token = reserved.body.decode()
        self.signed = headers | {"X-GraphQL-Event-Stream-Token": self.token}
        self.by_url = by_url
        self.received: list[tuple[str, dict]] = []

    def __enter__(self) -> "Stream":
        path, headers = (f"{STREAM}?token={self.token}", self.headers) if self.by_url else (STREAM, self.signed)
        self.opening = opened(self.server, "GET", path, headers=headers | {"Accept": EVENTS})
        self.response = self.opening.__enter__()
        assert self.response.status == 200
        self.thread = threading.Thread(target=self._read, daemon=True)
        self.thread.start()
        return self

    def __exit__(self, *exception) -> None:
        self.opening.__exit__(*exception)

    def _read(self) -> None:
        try:
            for event in operations(self.response):
                self.received.append(event)
        except (OSError, ValueError, AttributeError):
            pass  # The test has closed the stream under this thread.

    def start(self, id: str, body: dict, headers: dict[str, str] | None = None) -> int:
        return send(self.server, "POST", STREAM, body | {"extensions": {"operationId": id}}, headers or self.signed).status

    def stop(self, id: str) -> int:
        return send(self.server, "DELETE", f"{STREAM}?operationId={id}", headers=self.signed).status

    def results(self, id: str) -> list[dict]:
        """The payloads of an operation, once it has ended."""
        wait_until(lambda: ("complete", {"id": id}) in self.received, 30, f"the end of {id}")
        return [data["payload"] for event, data in list(self.received) if event == "next" and data["id"] == id]


@pytest.mark.parametrize("by_url", [False, True], ids=["token in the header", "token in the URL"])
def test_single_operations_answer_on_the_stream_with_their_ids(server, headers, by_url):
    with Stream(server, headers, by_url) as stream:
        assert stream.start("one", FINE) == 202
        assert stream.results("one") == [RESULT]


def test_single_several_operations_share_the_stream(server, supervisor, headers, finished_review):
    with Stream(server, headers) as stream:
        assert stream.start("s", {"query": WATCH, "variables": {"reviewId": finished_review}}) == 202
        assert stream.start("q", FINE) == 202
        assert stream.results("q") == [RESULT]
        expected = supervisor.events(WATCH, {"reviewId": finished_review})
        assert [result["data"] for result in stream.results("s")] == expected


def test_single_what_does_not_run_is_a_result_with_errors(server, headers):
    with Stream(server, headers) as stream:
        assert stream.start("v", {"query": "{ nothing }"}) == 202
        (result,) = stream.results("v")
        assert result["errors"] and "data" not in result


def test_single_an_operation_is_stopped_by_delete_and_its_id_is_free(server, headers, silent_subscription):
    with Stream(server, headers) as stream:
        assert stream.start("s", silent_subscription) == 202
        assert stream.start("s", silent_subscription) == 409
        assert stream.stop("s") == 200
        assert stream.results("s") == []
        assert stream.start("s", FINE) == 202


def test_single_a_second_stream_of_a_token_is_409(server, headers):
    with Stream(server, headers) as stream:
        assert send(server, "GET", STREAM, headers=stream.signed | {"Accept": EVENTS}).status == 409


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_single_an_unknown_token_is_404(server, headers, method):
    signed = headers | {"X-GraphQL-Event-Stream-Token": "unknown", "Accept": EVENTS}
    body = FINE | {"extensions": {"operationId": "1"}} if method == "POST" else None
    assert send(server, method, f"{STREAM}?operationId=1", body, signed).status == 404


def test_single_a_token_is_its_owners(server, headers, stranger):
    with Stream(server, headers) as stream:
        signed = PREFLIGHT | stranger.headers | {"X-GraphQL-Event-Stream-Token": stream.token}
        assert stream.start("1", FINE, signed) == 404


def test_single_an_operation_without_an_id_is_400(server, headers):
    with Stream(server, headers) as stream:
        assert send(server, "POST", STREAM, FINE, stream.signed).status == 400
        assert stream.start("", FINE) == 400
        assert send(server, "DELETE", STREAM, headers=stream.signed).status == 400


def test_single_closing_the_stream_ends_its_operations(server, headers, silent_subscription):
    with Stream(server, headers) as stream:
        assert stream.start("s", silent_subscription) == 202
    wait_until(lambda: stream.start("s", FINE) == 404, 10, "forgetting the token")


def test_single_tokens_cannot_be_guessed(server, headers):
    tokens = {send(server, "PUT", STREAM, headers=headers).body for _ in range(20)}
    assert len(tokens) == 20 and all(len(token) >= 32 for token in tokens)


# A foreign client


def test_httpx_reads_a_subscription_as_events(server, supervisor, headers, finished_review):
    body = {"query": WATCH, "variables": {"reviewId": finished_review}}
    with httpx.stream("POST", server.graphql_url, json=body, headers=accept_events(headers), timeout=30) as response:
        lines = [line for line in response.iter_lines() if line.startswith("data: {")]
    assert [json.loads(line[6:])["data"] for line in lines] == supervisor.events(WATCH, body["variables"])
