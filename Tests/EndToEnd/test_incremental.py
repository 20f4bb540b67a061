"""Incremental delivery over every way: parts of multipart/mixed, server-sent events, WebSocket."""

import json

import pytest

from wire import EVENTS, JSON, PREFLIGHT, opened, operations, send

PARTS = "multipart/mixed; incrementalSpec=v0.2"
PARTS_OF_2022 = "multipart/mixed; deferSpec=20220824"
QUERY = """
query($if: Boolean = true) {
  viewer { email ...Later @defer(label: "later", if: $if) }
}
fragment Later on User { name }
"""
WHOLE = {"data": {"viewer": {"email": "supervisor@demo.example", "name": "朝倉 しおり"}}}


@pytest.fixture
def headers(supervisor) -> dict[str, str]:
    return supervisor.headers | PREFLIGHT


def parts(response) -> list[dict]:
    """The parts of an answer, read by the boundary as the header says it."""
    boundary = "--" + response.headers.get_boundary()
    preamble, *parts, end = ("\r\n" + response.read().decode()).split("\r\n" + boundary)
    assert preamble.strip() == "" and end == "--\r\n"
    contents = []
    for part in parts:
        head, _, body = part.removeprefix("\r\n").partition("\r\n\r\n")
        assert head.lower() == "content-type: application/json; charset=utf-8"
        contents.append(json.loads(body))
    return contents


def merged(payloads: list[dict]) -> dict:
    """What a client makes of payloads with pending, incremental and completed."""
    data, places = payloads[0]["data"], {}
    for payload in payloads:
        places |= {pending["id"]: pending["path"] for pending in payload.get("pending", [])}
        for entry in payload.get("incremental", []):
            target = data
            for segment in places[entry["id"]] + entry.get("subPath", []):
                target = target[segment]
            if "items" in entry:
                target.extend(entry["items"])
            else:
                target.update(entry["data"])
        for completed in payload.get("completed", []):
            del places[completed["id"]]
    assert not places
    return data


def check(payloads: list[dict]) -> None:
    first = payloads[0]
    assert first["data"] == {"viewer": {"email": "supervisor@demo.example"}} and first["hasNext"] is True
    (pending,) = first["pending"]
    assert pending["path"] == ["viewer"] and pending["label"] == "later"
    assert [payload["hasNext"] for payload in payloads] == [True] * (len(payloads) - 1) + [False]
    assert all("data" not in payload for payload in payloads[1:])
    assert merged(payloads) == WHOLE["data"]


@pytest.mark.parametrize("accept", [
    PARTS, f"{PARTS}, {JSON};q=0.9", 'multipart/mixed;incrementalSpec="v0.2",application/graphql-response+json;q=0.5'])
def test_a_deferred_fragment_comes_in_a_part_of_its_own(server, headers, accept):
    with opened(server, body={"query": QUERY}, headers=headers | {"Accept": accept}) as response:
        assert response.status == 200
        assert response.headers["Content-Type"] == 'multipart/mixed; boundary="-"; incrementalSpec=v0.2'
        assert response.headers["Transfer-Encoding"] == "chunked"
        check(parts(response))


def test_a_part_is_complete_as_soon_as_it_is_sent(server, headers):
    with opened(server, body={"query": QUERY}, headers=headers | {"Accept": PARTS}) as response:
        body = response.read()
    first = body.split(b"\r\n---")[1]
    assert body.startswith(b"\r\n---\r\ncontent-type: application/json; charset=utf-8\r\n\r\n") and json.loads(
        first.partition(b"\r\n\r\n")[2])["hasNext"]
    assert body.endswith(b"\r\n-----\r\n")


def test_clients_of_2022_get_paths_and_labels(server, headers):
    accept = f"{PARTS_OF_2022}, {JSON}"
    with opened(server, body={"query": QUERY}, headers=headers | {"Accept": accept}) as response:
        assert "deferSpec=20220824" in response.headers["Content-Type"]
        first, *rest = parts(response)
    assert first == {"data": {"viewer": {"email": "supervisor@demo.example"}}, "hasNext": True}
    entries = [entry for part in rest for entry in part.get("incremental", [])]
    assert entries == [{"data": {"name": "朝倉 しおり"}, "path": ["viewer"], "label": "later"}]
    assert rest[-1]["hasNext"] is False


@pytest.mark.parametrize("accept", [JSON, "*/*", f"multipart/mixed, {JSON}", "application/graphql-response+json"])
def test_without_a_known_format_nothing_is_deferred(server, headers, accept):
    answer = send(server, body={"query": QUERY}, headers=headers | {"Accept": accept})
    assert answer.status == 200 and answer.json == WHOLE


def test_parts_without_a_known_format_are_406(server, headers):
    assert send(server, body={"query": QUERY}, headers=headers | {"Accept": "multipart/mixed"}).status == 406


def test_an_operation_that_defers_nothing_is_one_json_text(server, headers):
    body = {"query": QUERY, "variables": {"if": False}}
    answer = send(server, body=body, headers=headers | {"Accept": f"{PARTS}, {JSON}"})
    assert answer.type == JSON and answer.json == WHOLE


def test_an_operation_that_defers_nothing_is_one_part_for_who_takes_nothing_else(server, headers):
    with opened(server, body={"query": "{ __typename }"}, headers=headers | {"Accept": PARTS}) as response:
        assert parts(response) == [{"data": {"__typename": "Query"}}]


def test_each_payload_is_an_event(server, headers):
    with opened(server, body={"query": QUERY}, headers=headers | {"Accept": EVENTS}) as response:
        *results, end = operations(response)
    assert end == ("complete", None)
    check([payload for _, payload in results])


def test_each_payload_is_a_message_over_websocket(supervisor):
    with supervisor.socket() as socket:
        check(list(socket.results(socket.start(QUERY))))


def test_a_streamed_list_comes_in_pieces(server, supervisor, headers, reviewed):
    query = """
    query($id: ID!) { review(id: $id) { outcomes(first: 10) { edges @stream(initialCount: 1) { node { id } } } } }
    """
    body = {"query": query, "variables": {"id": reviewed.reviews[0]["id"]}}
    with opened(server, body=body, headers=headers | {"Accept": PARTS}) as response:
        payloads = parts(response)
    assert len(payloads[0]["data"]["review"]["outcomes"]["edges"]) == 1
    assert merged(payloads) == supervisor.execute(query.replace("@stream(initialCount: 1)", ""), body["variables"])


def test_a_client_that_leaves_ends_the_operation_and_not_the_server(server, headers):
    with opened(server, body={"query": QUERY}, headers=headers | {"Accept": PARTS}) as response:
        assert response.status == 200
    assert send(server, body={"query": "{ __typename }"}).status == 200
