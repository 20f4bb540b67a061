"""Traces: from a client's `traceparent` through HTTP, GraphQL, SQL and a job to a collector (OTLP over HTTP, JSON)."""

import http.server
import json
import re
import threading

import pytest

import people
from harness import AimageServer, wait_until
from scenario import Supervisor

TRACE = "0af7651916cd43dd8448eb211c80319c"
PARENT = "b7ad6b7169203331"
SPAN_KEYS = {"traceId", "spanId", "parentSpanId", "traceState", "flags", "name", "kind", "startTimeUnixNano",
             "endTimeUnixNano", "attributes", "events", "links", "status"}


class Collector(http.server.ThreadingHTTPServer):
    """Takes what the protocol allows, answers 400 to anything else and remembers why."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Receiver)
        self.spans: list[dict] = []
        self.complaints: list[str] = []
        self.refusals = 1  # The first request is asked to come again.
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def of_trace(self, trace: str) -> list[dict]:
        return [span for span in self.spans if span["traceId"] == trace]


class Receiver(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        try:
            spans = self._check(body)
        except (AssertionError, KeyError, ValueError) as error:
            self.server.complaints.append(f"{error!r} in {body[:500]!r}")
            return self._answer(400, b'{"code":3}')
        if self.server.refusals:
            self.server.refusals -= 1
            return self._answer(503, b"", retry_after="0")
        self.server.spans += spans
        self._answer(200, b'{"partialSuccess":{}}')

    def _check(self, body: bytes) -> list[dict]:
        assert self.path == "/v1/traces", self.path
        assert self.headers["Content-Type"] == "application/json"
        resource, = json.loads(body)["resourceSpans"]
        names = {each["key"]: each["value"] for each in resource["resource"]["attributes"]}
        assert names["service.name"] == {"stringValue": "aimage-test"}
        spans = [span for scope in resource["scopeSpans"] for span in scope["spans"]]
        for span in spans:
            assert set(span) <= SPAN_KEYS, span
            assert re.fullmatch("[0-9a-f]{32}", span["traceId"]) and re.fullmatch("[0-9a-f]{16}", span["spanId"])
            assert isinstance(span["kind"], int) and 1 <= span["kind"] <= 5
            assert int(span["startTimeUnixNano"]) <= int(span["endTimeUnixNano"])
            assert isinstance(span["startTimeUnixNano"], str)
            for attribute in span["attributes"]:
                (kind, value), = attribute["value"].items()
                assert kind in ("stringValue", "intValue", "boolValue", "doubleValue", "arrayValue")
                assert kind != "intValue" or isinstance(value, str)
        return spans

    def _answer(self, status: int, body: bytes, retry_after: str | None = None):
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        if retry_after:
            self.send_header("Retry-After", retry_after)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


@pytest.fixture(scope="module")
def collector():
    instance = Collector()
    yield instance
    instance.shutdown()
    instance.server_close()


@pytest.fixture(scope="module")
def traced(collector):
    instance = AimageServer(environment={
        "OTEL_EXPORTER_OTLP_ENDPOINT": collector.url, "OTEL_SERVICE_NAME": "aimage-test"})
    try:
        instance.start()
        people.settle(instance)
        yield instance
    finally:
        instance.remove()


def attributes(span: dict) -> dict:
    return {each["key"]: next(iter(each["value"].values())) for each in span["attributes"]}


def test_a_client_s_trace_goes_on_through_http_graphql_and_sql(traced, collector):
    api = people.SignIn(traced)("supervisor")
    answer = api.post(
        "{ projects(first: 1) { edges { node { id } } } }",
        headers={"traceparent": f"00-{TRACE}-{PARENT}-01", "tracestate": "vendor=1"})
    assert answer.status_code == 200
    wait_until(lambda: any(span["kind"] == 2 for span in collector.of_trace(TRACE)), 30, "the request's span")
    spans = {span["name"]: span for span in collector.of_trace(TRACE)}
    request, query, statement = spans["POST /graphql"], spans["query"], spans["SELECT"]
    assert request["parentSpanId"] == PARENT and request["traceState"] == "vendor=1"
    assert query["parentSpanId"] == request["spanId"]
    assert statement["parentSpanId"] == query["spanId"] and statement["kind"] == 3
    assert attributes(request)["http.response.status_code"] == "200"
    assert attributes(query)["graphql.operation.type"] == "query"
    assert attributes(statement)["db.system.name"] == "postgresql"
    assert {"prepare", "parse", "validate", "plan", "execute", "Query.projects"} <= set(spans)
    assert spans["execute"]["parentSpanId"] == query["spanId"]
    assert collector.complaints == []


def test_a_trace_that_is_not_to_be_recorded_is_not(traced, collector):
    trace = "1" * 32
    people.SignIn(traced)("supervisor").post(
        "{ viewer { id } }", headers={"traceparent": f"00-{trace}-{PARENT}-00"})
    marker = "2" * 32
    people.SignIn(traced)("supervisor").post(
        "{ viewer { id } }", headers={"traceparent": f"00-{marker}-{PARENT}-01"})
    wait_until(lambda: collector.of_trace(marker), 30, "a later trace")
    assert collector.of_trace(trace) == []


def test_a_job_belongs_to_the_trace_of_the_mutation_that_asked_for_it(traced, collector, photographs):
    api = people.SignIn(traced)("supervisor")
    person = Supervisor(api)
    project = person.project("追跡")
    rpd = person.rpd(project, "SETTINGS_REVIEW", "設定")
    task = person.task(project, "課題")
    subtask = person.subtask(project, task, "猫", photographs["chelsea"])
    trace = "3" * 32
    api.headers["traceparent"] = f"00-{trace}-{PARENT}-01"
    person.start_review(subtask, [rpd])
    del api.headers["traceparent"]

    def job():
        return next((span for span in collector.of_trace(trace) if span["name"] == "job review"), None)

    span = wait_until(job, 120, "the job's span")
    assert span["kind"] == 5
    parents = {each["spanId"]: each["name"] for each in collector.of_trace(trace)}
    assert parents[span["parentSpanId"]] == "mutation"
    assert collector.complaints == []
