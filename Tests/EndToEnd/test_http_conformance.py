"""GraphQL over HTTP (September 2026), requirement by requirement, over a plain socket.

The id of a case names the section and says the requirement in our own words. `strict_server` has the statuses of the
edition for everybody; `server` those of the older drafts for clients of `application/json`.
"""

import asyncio
import gzip
import json
import socket

import pytest
import requests
from gql import Client, gql
from gql.transport.aiohttp import AIOHTTPTransport
from gql.transport.exceptions import TransportQueryError
from gql.transport.httpx import HTTPXTransport

from harness import AimageServer
from wire import EVENTS, JSON, MODERN, PREFLIGHT, get, send

FINE = {"query": "{ __typename }"}
# Nobody is signed in, and this field needs somebody; it is nullable.
PARTIAL = {"query": '{ __typename node(id: "x") { id } }'}
MUTATION = 'mutation { createProject(input: {organizationId: "x", name: "y"}) { userErrors { message } } }'


@pytest.fixture(scope="module")
def strict_server():
    """A server with the edition's statuses for every media type, and with batches."""
    instance = AimageServer("--http-status-profile", "2026", "--batching", "3")
    try:
        yield instance.start()
    finally:
        instance.remove()


# Methods and paths


def test_post_runs_a_query(server):
    """Section "URL": the path serves the schema. Section "Request": POST is supported."""
    answer = send(server, body=FINE)
    assert answer.status == 200 and answer.json == {"data": {"__typename": "Query"}}


def test_get_runs_a_query_from_the_url(server):
    """Section "GET"."""
    answer = get(server, FINE)
    assert answer.status == 200 and answer.json == {"data": {"__typename": "Query"}}


def test_head_is_get_without_its_body(server):
    answer = send(server, "HEAD", "/graphql?query=%7B__typename%7D", headers=PREFLIGHT)
    assert answer.status == 200 and answer.body == b"" and int(answer.headers["Content-Length"]) > 0


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_another_method_is_405_with_allow(server, method):
    answer = send(server, method, body=FINE)
    assert answer.status == 405
    assert {"GET", "POST"} <= {name.strip() for name in answer.headers["Allow"].split(",")}


@pytest.mark.parametrize("accept", [JSON, MODERN, EVENTS])
def test_a_mutation_by_get_is_405_and_allows_post(server, accept):
    """Section "GET": GET must not execute mutations."""
    answer = get(server, {"query": MUTATION}, {"Accept": accept})
    assert answer.status == 405 and answer.headers["Allow"] == "POST"


def test_a_query_beside_a_mutation_is_chosen_by_get(server):
    """Section "GET": what counts is the operation that is executed."""
    answer = get(server, {"query": f"query Q {{ __typename }} {MUTATION.replace('mutation', 'mutation M')}",
                          "operationName": "Q"})
    assert answer.status == 200


# Request: body


@pytest.mark.parametrize("content_type", [
    "application/json", "application/json; charset=utf-8", "application/json;charset=UTF-8", "Application/JSON",
    'application/json; charset="utf-8"',
])
def test_json_is_taken_with_and_without_its_charset(server, content_type):
    answer = send(server, body=json.dumps(FINE).encode(), headers={"Content-Type": content_type})
    assert answer.status == 200


@pytest.mark.parametrize("content_type", [
    None, "text/plain", "application/x-www-form-urlencoded", "application/graphql", "application/json; charset=utf-16",
    "application/jsonx", "multipart/mixed",
])
def test_a_body_of_another_type_is_refused_as_unsupported(server, content_type):
    headers = PREFLIGHT | ({"Content-Type": content_type} if content_type else {})
    assert send(server, body=json.dumps(FINE).encode(), headers=headers).status == 415


@pytest.mark.parametrize("body", [
    pytest.param(FINE | {"other": 1, "id": 2}, id="members without a meaning are ignored"),
    pytest.param(FINE | {"operationName": None}, id="operationName may be null"),
    pytest.param(FINE | {"variables": None, "extensions": None}, id="variables and extensions may be null"),
    pytest.param(FINE | {"variables": {}, "extensions": {"a": [1]}}, id="variables and extensions may be maps"),
    pytest.param(FINE | {"variables": {"unused": 1}}, id="variables that the operation has not are ignored"),
    pytest.param({"query": "query A { __typename }", "operationName": "A"}, id="operationName chooses"),
    pytest.param({"query": "query($v: Boolean = true) { __typename @include(if: $v) }", "variables": {"v": True}},
                 id="variables are given as values"),
    pytest.param({"query": '{ __typename } # "素" \N{GRINNING FACE}'}, id="the text may be any Unicode"),
    pytest.param({"query": "\N{BYTE ORDER MARK}{ __typename }"}, id="the document may begin with a byte order mark"),
])
def test_a_well_formed_request_is_executed(strict_server, body):
    answer = send(strict_server, body=body)
    assert answer.status == 200 and answer.json == {"data": {"__typename": "Query"}}


def test_a_byte_order_mark_before_the_json_is_passed_over(server):
    body = b"\xef\xbb\xbf" + json.dumps(FINE).encode()
    assert send(server, body=body, headers={"Content-Type": JSON}).status == 200


# Request: URL


@pytest.mark.parametrize("parameters", [
    pytest.param(FINE | {"operationName": "", "variables": "", "extensions": ""}, id="an empty parameter is absent"),
    pytest.param({"query": "query A { __typename } query B { b: __typename }", "operationName": "A"},
                 id="operationName is a text"),
    pytest.param({"query": "query($v: Boolean!) { __typename @include(if: $v) }", "variables": {"v": True}},
                 id="variables are JSON"),
    pytest.param(FINE | {"extensions": {"a": 1}}, id="extensions are JSON"),
    pytest.param(FINE | {"variables": "null"}, id="variables may be null"),
    pytest.param(FINE | {"other": "x"}, id="parameters without a meaning are ignored"),
])
def test_a_well_formed_url_is_executed(strict_server, parameters):
    answer = get(strict_server, parameters)
    assert answer.status == 200 and answer.json == {"data": {"__typename": "Query"}}


def test_the_operation_name_null_in_a_url_is_a_name(server):
    answer = get(server, {"query": "query null { __typename }", "operationName": "null"})
    assert answer.json == {"data": {"__typename": "Query"}}


@pytest.mark.parametrize(("path", "status"), [
    pytest.param("/graphql", 422, id="the query is missing"),
    pytest.param("/graphql?query=", 422, id="the query is empty"),
    pytest.param("/graphql?query=%7B__typename%7D&variables=%5B%5D", 422, id="variables are no map"),
    pytest.param("/graphql?query=%7B__typename%7D&extensions=1", 422, id="extensions are no map"),
    pytest.param("/graphql?query=%7B__typename%7D&variables=%7B", 400, id="variables are no JSON"),
    pytest.param("/graphql?query=%7B__typename%7D&query=%7Bx%7D", 400, id="the query stands twice"),
    pytest.param("/graphql?query=%FF", 400, id="not UTF-8"),
])
def test_a_url_that_is_no_request_is_refused(strict_server, path, status):
    answer = send(strict_server, "GET", path, headers=PREFLIGHT)
    assert answer.status == status and "data" not in answer.json


# Response: media types


@pytest.mark.parametrize(("accept", "expected"), [
    (None, JSON), ("*/*", JSON), ("application/*", JSON), (JSON, JSON), (MODERN, MODERN),
    (f"{MODERN}, {JSON};q=0.9", MODERN), (f"{JSON}, {MODERN};q=0.9", JSON), (f"{JSON};q=0.5, {MODERN};q=0.6", MODERN),
    (f"{MODERN};q=0, */*", JSON), (f"text/html, {MODERN};q=0.1", MODERN), (f"{MODERN}; charset=utf-8", MODERN),
    (f"{JSON};q=0, {MODERN};q=0.001", MODERN),
])
def test_the_media_type_is_negotiated_by_weight(server, accept, expected):
    answer = send(server, body=FINE, headers={"Accept": accept} if accept else {})
    assert answer.status == 200 and answer.type == expected


@pytest.mark.parametrize("accept", ["text/html", f"{JSON};q=0", "image/*", f"{MODERN}; charset=latin1"])
def test_an_accept_that_cannot_be_satisfied_is_406(server, accept):
    answer = send(server, body=FINE, headers={"Accept": accept})
    assert answer.status == 406 and answer.type != MODERN


@pytest.mark.parametrize("accept", [JSON, MODERN])
def test_the_charset_is_said(server, accept):
    assert send(server, body=FINE, headers={"Accept": accept}).headers["Content-Type"] == f"{accept}; charset=utf-8"


# Response: statuses

CASES = [
    # What, the body, then the status: edition of 2026, older with the newer media type, older with application/json.
    pytest.param(FINE, 200, 200, id="data and no errors"),
    pytest.param(PARTIAL, 294, 200, id="data and errors: partial success"),
    pytest.param(b"{", 400, 400, id="the body is not JSON"),
    pytest.param(b'{"query":"{ a }","query":"{ b }"}', 400, 400, id="a key stands twice"),
    pytest.param(b'{"query":"\xff"}', 400, 400, id="the body is not UTF-8"),
    pytest.param(b"", 400, 400, id="the body is empty"),
    pytest.param({}, 422, 400, id="the query is missing"),
    pytest.param([], 422, 400, id="the body is an array without a batch"),
    pytest.param({"query": 1}, 422, 400, id="the query is a number"),
    pytest.param({"query": ["{ a }"]}, 422, 400, id="the query is a list"),
    pytest.param(FINE | {"operationName": 1}, 422, 400, id="operationName is a number"),
    pytest.param(FINE | {"variables": []}, 422, 400, id="variables are a list"),
    pytest.param(FINE | {"variables": "{}"}, 422, 400, id="variables are a text"),
    pytest.param(FINE | {"extensions": 0}, 422, 400, id="extensions are a number"),
    pytest.param({"query": "{ __typename"}, 400, 200, id="a syntax error"),
    pytest.param({"query": ""}, 400, 200, id="an empty document"),
    pytest.param({"query": "# nothing"}, 400, 200, id="a document of comments"),
    pytest.param({"query": "{ nothing }"}, 422, 200, id="a validation error"),
    pytest.param({"query": "query A { __typename } query B { __typename }"}, 422, 200, id="no operation is chosen"),
    pytest.param({"query": "query A { __typename }", "operationName": "B"}, 422, 200, id="an unknown operation"),
    pytest.param({"query": "query($n: Int!) { projects(first: $n) { totalCount } }"}, 422, 200,
                 id="a variable is missing"),
    pytest.param({"query": "query($n: Int) { projects(first: $n) { totalCount } }", "variables": {"n": "x"}}, 422, 200,
                 id="a variable is of another type"),
]


def post(server, body, accept):
    return send(server, body=body, headers={"Accept": accept, "Content-Type": JSON})


@pytest.mark.parametrize(("body", "strict", "legacy"), CASES)
def test_the_edition_of_2026_decides_the_status_of_the_newer_media_type(server, body, strict, legacy):
    answer = post(server, body, MODERN)
    assert answer.status == strict and answer.type == MODERN
    check_body(answer)


@pytest.mark.parametrize(("body", "strict", "legacy"), CASES)
def test_the_edition_of_2026_for_everybody_has_the_same_statuses(strict_server, body, strict, legacy):
    answer = post(strict_server, body, JSON)
    assert answer.status == strict
    # What is no success is of the newer type, whatever was asked for.
    assert answer.type == (JSON if strict < 300 else MODERN)
    check_body(answer)


@pytest.mark.parametrize(("body", "strict", "legacy"), CASES)
def test_clients_of_application_json_get_the_status_that_they_know(server, body, strict, legacy):
    answer = post(server, body, JSON)
    assert answer.status == legacy and answer.type == JSON
    check_body(answer, is_strict=False)


def check_body(answer, is_strict: bool = True) -> None:
    """What every response is: a map of known members, errors of the right shape, no data where nothing ran."""
    body = answer.json
    assert set(body) <= {"data", "errors", "extensions"}
    if "errors" in body:
        assert body["errors"] and all(isinstance(error["message"], str) for error in body["errors"])
        assert list(body)[0] == "errors"
    if is_strict:
        assert ("data" in body) == (answer.status < 300)
    assert "data" in body or "errors" in body


def test_partial_success_is_200_for_clients_that_know_no_294(new_server):
    instance = new_server("--without-partial-success").start()
    assert post(instance, PARTIAL, MODERN).status == 200


def test_the_older_statuses_can_be_had_for_the_newer_media_type(new_server):
    instance = new_server("--http-status-profile", "2025").start()
    assert post(instance, {"query": "{ nothing }"}, MODERN).status == 400
    assert post(instance, {}, MODERN).status == 400
    assert post(instance, PARTIAL, MODERN).status == 200


def test_a_token_that_is_no_good_is_401_and_says_how_to_sign_in(server):
    answer = send(server, body=FINE, headers={"Authorization": "Bearer nonsense", "Accept": MODERN})
    assert answer.status == 401 and answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert answer.code == "UNAUTHENTICATED"


# Limits


def test_a_body_that_is_too_large_is_413(server):
    body = json.dumps(FINE).encode() + b" " * (1024 * 1024)
    assert send(server, body=body, headers={"Content-Type": JSON}).status == 413


def test_a_url_that_is_too_long_is_414(server):
    assert raw(server, f"GET /graphql?query={'x' * 20_000} HTTP/1.1\r\nHost: a\r\n\r\n") == 414


def test_a_header_that_is_too_long_is_431(server):
    assert raw(server, f"GET /graphql HTTP/1.1\r\nHost: a\r\nX: {'x' * 20_000}\r\n\r\n") == 431


def raw(server, text: str) -> int:
    """The status of the answer to these bytes."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=30) as connection:
        connection.sendall(text.encode())
        return int(connection.recv(65536).split(b" ")[1])


# Batches


def test_a_batch_is_answered_in_its_order(strict_server):
    answer = send(strict_server, body=[FINE, {"query": "{"}, {"query": "{ a: __typename }"}])
    assert answer.status == 200
    first, second, third = answer.json
    assert first == {"data": {"__typename": "Query"}} and third == {"data": {"a": "Query"}}
    assert "data" not in second and second["errors"]


@pytest.mark.parametrize("body", [[FINE] * 4, [], [1], [FINE, {}]], ids=["too many", "none", "a number", "a wrong one"])
def test_a_batch_that_is_none_is_refused_as_a_whole(strict_server, body):
    assert send(strict_server, body=body).status == 422


# Content coding

LARGE = {"query": "{ __schema { types { name description fields { name description } } } }"}


@pytest.mark.parametrize("encoding", ["gzip", "gzip, deflate, br", "*", "br;q=1, gzip;q=0.5"])
def test_a_large_answer_is_compressed_for_those_who_take_gzip(server, supervisor, encoding):
    plain = send(server, body=LARGE, headers=supervisor.headers)
    answer = send(server, body=LARGE, headers=supervisor.headers | {"Accept-Encoding": encoding})
    assert answer.headers["Content-Encoding"] == "gzip" and "Accept-Encoding" in answer.headers["Vary"]
    assert gzip.decompress(answer.body) == plain.body
    assert len(answer.body) < len(plain.body) / 3


@pytest.mark.parametrize(("body", "encoding"), [(LARGE, "br"), (LARGE, "gzip;q=0"), (FINE, "gzip")])
def test_other_answers_are_not_compressed(server, supervisor, body, encoding):
    answer = send(server, body=body, headers=supervisor.headers | {"Accept-Encoding": encoding})
    assert "Content-Encoding" not in answer.headers and answer.json["data"]


# Foreign clients


@pytest.mark.parametrize("transport", [AIOHTTPTransport, HTTPXTransport])
def test_gql_runs_operations_and_reads_errors(server, supervisor, transport):
    client = Client(transport=transport(url=server.graphql_url, headers=supervisor.headers), execute_timeout=30)

    def execute(text: str) -> dict:
        if transport is HTTPXTransport:
            return client.execute(gql(text))
        return asyncio.run(client.execute_async(gql(text)))

    assert execute("{ viewer { email } }") == {"viewer": {"email": "supervisor@demo.example"}}
    with pytest.raises(TransportQueryError) as refused:
        execute("{ nothing }")
    assert refused.value.errors[0]["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_requests_runs_operations_with_what_it_sends_by_itself(server, supervisor, method):
    given = {"params": FINE} if method == "GET" else {"json": FINE}
    answer = requests.request(method, server.graphql_url, headers=supervisor.headers, timeout=30, **given)
    assert answer.status_code == 200 and answer.json() == {"data": {"__typename": "Query"}}
