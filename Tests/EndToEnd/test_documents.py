"""Automatic persisted queries and trusted documents."""

import hashlib
import json

import pytest

from harness import AimageServer
from people import settle
from wire import EVENTS, JSON, MODERN, get, send

TEXT = "{__typename}"
HASH = "ecf4edb46db40b5132295c0291d62fb65d6759a9eedfa4d5d612dd5ec54a6b38"
RESULT = {"data": {"__typename": "Query"}}


def sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def named(hash: str, version: int = 1) -> dict:
    return {"extensions": {"persistedQuery": {"version": version, "sha256Hash": hash}}}


def fresh(tag: str) -> str:
    """A document that no other test has registered."""
    return f"query T{tag} {{ __typename }}"


# Automatic persisted queries


def test_the_hash_is_of_the_exact_text():
    assert sha(TEXT) == HASH


@pytest.mark.parametrize("accept", [JSON, MODERN])
def test_a_hash_that_is_not_known_is_a_question(server, accept):
    answer = send(server, body=named(sha(fresh("Unknown"))), headers={"Accept": accept})
    assert answer.status == 200 and answer.code == "PERSISTED_QUERY_NOT_FOUND"
    assert answer.json["errors"][0]["message"] == "PersistedQueryNotFound" and "data" not in answer.json
    assert answer.headers["Cache-Control"] == "private, no-cache, must-revalidate"


def test_a_document_is_registered_with_its_hash_and_found_by_it(server):
    text = fresh("Register")
    assert send(server, body=named(sha(text)) | {"query": text}).json == RESULT
    assert send(server, body=named(sha(text))).json == RESULT
    assert get(server, named(sha(text))).json == RESULT


def test_a_document_of_another_hash_is_400(server):
    answer = send(server, body=named(HASH) | {"query": fresh("Other")})
    assert answer.status == 400 and "provided sha does not match query" in answer.json["errors"][0]["message"]


def test_another_version_is_400(server):
    answer = send(server, body=named(HASH, version=2))
    assert answer.status == 400 and "Unsupported persisted query version" in answer.json["errors"][0]["message"]


@pytest.mark.parametrize("hash", ["", "x" * 64, HASH.upper(), HASH[1:]])
def test_a_malformed_hash_is_400(server, hash):
    assert send(server, body=named(hash)).status == 400


@pytest.mark.parametrize("text", ["{", "{ nothing }"], ids=["a syntax error", "a validation error"])
def test_a_document_that_is_not_valid_is_not_kept(server, text):
    send(server, body=named(sha(text)) | {"query": text})
    assert send(server, body=named(sha(text))).code == "PERSISTED_QUERY_NOT_FOUND"


def test_neither_a_document_nor_a_hash_is_400(server):
    assert send(server, body={"extensions": {}}).status == 400


def test_a_persisted_query_works_over_websocket(supervisor):
    text = fresh("Socket")
    with supervisor.socket() as socket:
        for payload in (named(sha(text)) | {"query": text}, named(sha(text))):
            socket.send({"type": "subscribe", "id": "1", "payload": payload})
            assert list(socket.results("1")) == [RESULT]


def test_a_named_get_is_kept_by_clients_and_asked_for_again_by_its_tag(server):
    text = fresh("Cached")
    send(server, body=named(sha(text)) | {"query": text})
    first = get(server, named(sha(text)))
    assert first.headers["Cache-Control"] == "private, no-cache" and first.headers["ETag"]
    assert "Authorization" in first.headers["Vary"]
    again = get(server, named(sha(text)), {"If-None-Match": first.headers["ETag"]})
    assert again.status == 304 and again.body == b"" and again.headers["ETag"] == first.headers["ETag"]
    changed = get(server, named(sha(text)), {"If-None-Match": '"other"'})
    assert changed.status == 200 and changed.json == RESULT
    assert "ETag" not in get(server, {"query": text}).headers


def test_where_hashes_are_not_taken_clients_are_told_to_stop(new_server):
    instance = new_server("--without-persisted-queries").start()
    answer = send(instance, body=named(HASH))
    assert answer.status == 200 and answer.code == "PERSISTED_QUERY_NOT_SUPPORTED"
    assert answer.json["errors"][0]["message"] == "PersistedQueryNotSupported"


# Trusted documents

VIEWER = "query Viewer { viewer { name } }"
APOLLO = {
    "format": "apollo-persisted-query-manifest", "version": 1,
    "operations": [{"id": sha(VIEWER), "name": "Viewer", "type": "query", "body": VIEWER},
                   {"id": "tick", "name": None, "type": "query", "body": TEXT}],
}
RELAY = {"0123456789abcdef0123456789abcdef": VIEWER, "tick": TEXT}


@pytest.fixture(scope="module", params=[APOLLO, RELAY], ids=["Apollo", "Relay"])
def trusted_server(request, tmp_path_factory):
    """A server that runs nothing but the documents of a manifest."""
    manifest = tmp_path_factory.mktemp("manifest") / "manifest.json"
    manifest.write_text(json.dumps(request.param))
    instance = AimageServer("--trusted-documents-file", str(manifest), "--trusted-documents", "only")
    try:
        yield instance.start()
    finally:
        instance.remove()


@pytest.mark.parametrize("member", ["documentId", "id", "doc_id"])
def test_a_trusted_document_is_found_by_its_id(trusted_server, member):
    assert send(trusted_server, body={member: "tick"}).json == RESULT
    assert get(trusted_server, {member: "tick"}).json == RESULT


def test_a_trusted_document_is_found_by_its_hash(trusted_server):
    assert send(trusted_server, body={"documentId": f"sha256:{HASH}"}).json == RESULT
    assert send(trusted_server, body=named(HASH)).json == RESULT


def test_the_text_of_a_trusted_document_runs(trusted_server):
    assert send(trusted_server, body={"query": TEXT}).json == RESULT
    assert send(trusted_server, body={"query": VIEWER}).json == {"data": {"viewer": None}}


def test_an_unknown_id_is_404(trusted_server):
    answer = send(trusted_server, body={"documentId": "unknown"})
    assert answer.status == 404 and answer.code == "DOCUMENT_NOT_FOUND"


@pytest.mark.parametrize("body", [
    pytest.param({"query": "{ __typename }"}, id="another text"),
    pytest.param({"query": TEXT + " "}, id="a space more"),
    pytest.param({"query": "{ __typename }"} | named(sha("{ __typename }")), id="another text with its hash"),
])
def test_nothing_else_runs_over_http(trusted_server, body):
    answer = send(trusted_server, body=body)
    assert answer.status == 403 and answer.code == "DOCUMENT_NOT_TRUSTED" and "data" not in answer.json


@pytest.mark.parametrize("accept", [JSON, EVENTS])
def test_nothing_else_runs_by_get_or_as_events(trusted_server, accept):
    assert get(trusted_server, {"query": "{ __typename }"}, {"Accept": accept}).status == 403
    assert send(trusted_server, body={"query": "{ __typename }"}, headers={"Accept": accept}).status == 403


def test_nothing_else_runs_over_websocket(trusted_server):
    from api import Api, Refused

    settle(trusted_server)
    with Api(trusted_server).socket() as socket:
        socket.send({"type": "subscribe", "id": "1", "payload": {"query": "{ __typename }"}})
        with pytest.raises(Refused) as refused:
            list(socket.results("1"))
        assert refused.value.errors[0]["extensions"]["code"] == "DOCUMENT_NOT_TRUSTED"
        socket.send({"type": "subscribe", "id": "2", "payload": {"documentId": "tick"}})
        assert list(socket.results("2")) == [RESULT]


@pytest.mark.parametrize("manifest", ["[]", '{"format": "apollo-persisted-query-manifest", "version": 2}', '{"a": 1}'])
def test_a_manifest_that_is_none_stops_the_start(new_server, tmp_path, manifest):
    path = tmp_path / "manifest.json"
    path.write_text(manifest)
    instance = new_server()
    process = instance.launch("--trusted-documents-file", str(path))
    assert process.wait(60) != 0
    assert str(path) in instance.log_tail()
