"""The protocol graphql-transport-ws message by message: each violation has its close code.

Spoken by hand with PyPI `websockets`, and at the end by the foreign client `gql`.
"""

import asyncio
import base64
import hmac
import json
import time

import pytest
from gql import gql
from gql.transport.exceptions import TransportConnectionFailed
from websockets.exceptions import ConnectionClosed, InvalidStatus

import people
from api import SUBPROTOCOL, Api, Refused, Socket
from scenario import Supervisor

NAME = "{ __typename }"


@pytest.fixture
def socket(server):
    """A socket on which nothing has been said yet."""
    with Socket(server) as instance:
        yield instance


@pytest.fixture
def ready(supervisor):
    """A socket on which the supervisor is signed in."""
    with supervisor.socket() as instance:
        yield instance


def closed(socket: Socket, seconds: float = 10) -> tuple[int, str]:
    """Waits for the server's close frame and gives its code and reason; any message before it is a failure."""
    with pytest.raises(ConnectionClosed) as caught:
        message = socket.receive(seconds)
        pytest.fail(f"a message came instead of the close: {message}")
    assert caught.value.rcvd is not None, "the connection ended without a close frame"
    return caught.value.rcvd.code, caught.value.rcvd.reason


def test_the_subprotocol_is_agreed_on(socket):
    assert socket.connection.subprotocol == SUBPROTOCOL


@pytest.mark.parametrize("subprotocols", [(), ("graphql-ws",), ("chat", "superchat")])
def test_without_the_subprotocol_the_socket_closes_with_4406(server, subprotocols):
    with Socket(server, subprotocols) as socket:
        assert closed(socket) == (4406, "Subprotocol not acceptable")


def test_the_subprotocol_may_be_one_of_several(server):
    with Socket(server, ("graphql-ws", SUBPROTOCOL)) as socket:
        socket.send({"type": "connection_init"})
        assert socket.receive() == {"type": "connection_ack"}


def test_subscribing_before_the_acknowledgement_closes_with_4401(socket):
    socket.start(NAME)
    assert closed(socket) == (4401, "Unauthorized")


def test_a_second_init_closes_with_4429(ready):
    ready.send({"type": "connection_init"})
    assert closed(ready) == (4429, "Too many initialisation requests")


def test_an_init_right_behind_the_first_closes_with_4429(socket):
    socket.send({"type": "connection_init"})
    socket.send({"type": "connection_init"})
    with pytest.raises(ConnectionClosed) as caught:
        while True:
            assert socket.receive()["type"] == "connection_ack"
    assert caught.value.rcvd.code == 4429


def test_no_init_in_time_closes_with_4408(socket):
    begun = time.monotonic()
    assert closed(socket, seconds=15) == (4408, "Connection initialisation timeout")
    assert time.monotonic() - begun >= 2.5


def test_a_bad_token_closes_with_4403(socket):
    socket.send({"type": "connection_init", "payload": {"Authorization": "Bearer nonsense"}})
    assert closed(socket) == (4403, "Forbidden")


def test_nobody_may_connect_and_sees_nothing(socket):
    socket.send({"type": "connection_init"})
    assert socket.receive() == {"type": "connection_ack"}
    assert list(socket.subscribe("{ viewer { id } }")) == [{"viewer": None}]


def test_a_token_in_the_handshake_s_header_signs_in_too(server, supervisor):
    with Socket(server, additional_headers=supervisor.headers) as socket:
        socket.send({"type": "connection_init"})
        assert socket.receive() == {"type": "connection_ack"}
        assert list(socket.subscribe("{ viewer { email } }")) == [{"viewer": {"email": "supervisor@demo.example"}}]


def test_an_id_that_is_in_use_closes_with_4409(ready, reviewed):
    query = "subscription($id: ID!) { projectReviews(projectId: $id) { eventId } }"
    ready.start(query, {"id": reviewed.project}, id="one")
    ready.start(query, {"id": reviewed.project}, id="one")
    assert closed(ready) == (4409, "Subscriber for one already exists")


@pytest.mark.parametrize("message", [
    "no JSON", "[]", "1", "{}", '{"type": 1}', '{"type": "unknown"}', '{"type": "start", "id": "1"}',
    '{"type": "subscribe"}', '{"type": "subscribe", "id": "1"}', '{"type": "subscribe", "id": "", "payload": {}}',
    '{"type": "subscribe", "id": 1, "payload": {"query": "{ __typename }"}}',
    '{"type": "subscribe", "id": "1", "payload": {}}', '{"type": "subscribe", "id": "1", "payload": {"query": 1}}',
    '{"type": "subscribe", "id": "1", "payload": {"query": "{ __typename }", "variables": []}}',
    '{"type": "complete"}', '{"type": "connection_init", "payload": 1}', b"\x00\x01",
])
def test_a_message_that_is_none_closes_with_4400(ready, message):
    ready.send(message)
    code, reason = closed(ready)
    assert code == 4400
    assert len(reason.encode()) <= 123


def test_text_that_is_no_utf_8_closes_the_socket(ready):
    ready.connection.send(b"\xff\xfe", text=True)
    with pytest.raises(ConnectionClosed) as caught:
        ready.receive()
    assert caught.value.rcvd is None or caught.value.rcvd.code in (1007, 4400)


def test_a_message_that_is_too_large_closes_with_1009(ready):
    ready.send({"type": "ping", "payload": {"filler": "x" * 2_000_000}})
    with pytest.raises(ConnectionClosed) as caught:
        ready.receive()
    assert caught.value.rcvd is None or caught.value.rcvd.code == 1009


def test_ping_is_answered_with_pong_even_before_the_init(socket):
    socket.send({"type": "ping"})
    assert socket.receive() == {"type": "pong"}
    socket.send({"type": "ping", "payload": {"at": [1, None, "x"]}})
    assert socket.receive() == {"type": "pong", "payload": {"at": [1, None, "x"]}}
    socket.send({"type": "pong"})
    socket.send({"type": "connection_init"})
    assert socket.receive() == {"type": "connection_ack"}


def test_websocket_pings_are_answered_too(ready):
    assert ready.connection.ping().wait(10)


def test_a_query_gives_one_result_and_completes(ready):
    assert list(ready.subscribe("{ viewer { email } }")) == [{"viewer": {"email": "supervisor@demo.example"}}]


def test_a_mutation_runs_over_the_socket(ready, reviewed, supervisor):
    query = """mutation($input: UpdateProjectInput!) {
      updateProject(input: $input) { project { description } userErrors { code } } }"""
    input = {"projectId": reviewed.project, "description": "ソケットから"}
    assert list(ready.subscribe(query, {"input": input})) == [
        {"updateProject": {"project": {"description": "ソケットから"}, "userErrors": []}}]


def test_a_field_error_comes_inside_a_result(ready):
    id = ready.start("{ projects(first: 101) { totalCount } }")
    [result] = ready.results(id)
    assert result["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"


@pytest.mark.parametrize(("query", "variables", "code"), [
    ("{ nothing }", {}, "GRAPHQL_VALIDATION_FAILED"),
    ("{", {}, "GRAPHQL_PARSE_FAILED"),
    ("query($n: Int!) { projects(first: $n) { totalCount } }", {}, "BAD_USER_INPUT"),
    ("subscription { projectReviews(projectId: \"x\") { eventId } }", {}, "NOT_FOUND"),
])
def test_an_operation_that_cannot_begin_is_an_error_without_complete(ready, query, variables, code):
    with pytest.raises(Refused) as caught:
        list(ready.results(ready.start(query, variables)))
    assert caught.value.errors[0]["extensions"]["code"] == code
    # Nothing follows for that operation, and the socket is as good as before.
    assert list(ready.subscribe(NAME)) == [{"__typename": "Query"}]


def test_an_id_may_be_used_again_after_the_completion(ready):
    for _ in range(3):
        assert list(ready.results(ready.start(NAME, id="same"))) == [{"data": {"__typename": "Query"}}]


def test_after_complete_nothing_comes_for_the_subscription(ready, supervisor, reviewed):
    query = "subscription($id: ID!) { projectReviews(projectId: $id) { status } }"
    stopped = ready.start(query, {"id": reviewed.project})
    kept = ready.start(query + " ", {"id": reviewed.project})
    ready.send({"type": "complete", "id": stopped})
    ready.send({"type": "complete", "id": "never seen"})
    ready.send({"type": "ping"})
    assert ready.receive() == {"type": "pong"}
    person = Supervisor(supervisor)
    review = person.start_review(reviewed.subtasks[0], reviewed.rpds[1:2])
    person.review_events(review)
    for status in ("PENDING", "PROCESSING", "COMPLETED"):
        message = ready.receive()
        assert message["id"] == kept
        assert message["payload"]["data"]["projectReviews"]["status"] == status
    ready.send({"type": "ping"})
    assert ready.receive() == {"type": "pong"}


def test_a_result_of_an_operation_that_was_completed_never_comes_under_its_id_s_next_operation(ready, reviewed):
    """Complete and begin anew with the same id, faster than the first operation can answer."""
    slow = "query($id: ID!) { project(id: $id) { name tasks(first: 9) { edges { node { subtasks(first: 9) { totalCount } } } } } }"
    for _ in range(20):
        ready.start(slow, {"id": reviewed.project}, id="same")
        ready.send({"type": "complete", "id": "same"})
        ready.start("{ viewer { email } }", id="same")
        results = list(ready.results("same"))
        assert results == [{"data": {"viewer": {"email": "supervisor@demo.example"}}}]


def test_many_operations_run_on_one_socket_at_once(ready, reviewed):
    query = "query($id: ID!) { project(id: $id) { name } }"
    ids = {ready.start(query, {"id": reviewed.project}) for _ in range(50)}
    results, completed = {}, []
    while len(completed) < len(ids):
        message = ready.receive()
        if message["type"] == "next":
            results[message["id"]] = message["payload"]["data"]
        else:
            assert message["type"] == "complete"
            completed.append(message["id"])
    assert results.keys() == ids == set(completed)
    assert all(data == {"project": {"name": reviewed.name}} for data in results.values())


def test_a_client_that_leaves_takes_its_operations_with_it(server, supervisor, reviewed):
    query = "subscription($id: ID!) { projectReviews(projectId: $id) { status } }"
    for index in range(20):
        with supervisor.socket() as socket:
            socket.start(query, {"id": reviewed.project})
            # Half of them say goodbye, half of them are gone.
            if index % 2:
                socket.connection.socket.close()
    assert supervisor.execute(NAME) == {"__typename": "Query"}
    with supervisor.socket() as socket:
        assert list(socket.subscribe(NAME)) == [{"__typename": "Query"}]


# What ends a socket from the server's side


def short_lived(server, token: str, seconds: float) -> str:
    """The same token with another end, signed with the server's secret."""
    header, claims, _ = token.split(".")
    content = json.loads(base64.urlsafe_b64decode(claims + "=" * (-len(claims) % 4)))
    content["exp"] = time.time() + seconds
    text = header + "." + base64.urlsafe_b64encode(json.dumps(content).encode()).rstrip(b"=").decode()
    signature = hmac.digest((server.data / "secret").read_bytes(), text.encode(), "sha256")
    return text + "." + base64.urlsafe_b64encode(signature).rstrip(b"=").decode()


def test_a_token_that_expires_closes_with_4403(server, supervisor):
    token = short_lived(server, server.token(people.address("supervisor")), 2)
    with Socket(server) as socket:
        socket.send({"type": "connection_init", "payload": {"Authorization": f"Bearer {token}"}})
        assert socket.receive() == {"type": "connection_ack"}
        assert list(socket.subscribe(NAME)) == [{"__typename": "Query"}]
        assert closed(socket) == (4403, "The access token has expired")


def test_without_a_database_signing_in_closes_with_4500(new_server):
    server = new_server().start()
    people.settle(server)
    token = server.token(people.address("supervisor"))
    server.rows("alter table sessions rename to hidden")
    with Socket(server) as socket:
        socket.send({"type": "connection_init", "payload": {"Authorization": f"Bearer {token}"}})
        assert closed(socket) == (4500, "Internal server error")


def test_a_server_that_stops_closes_with_1012(new_server):
    server = new_server().start()
    with Socket(server) as socket:
        socket.send({"type": "connection_init"})
        assert socket.receive() == {"type": "connection_ack"}
        server.process.terminate()
        assert closed(socket)[0] == 1012
    assert server.process.wait(30) == 0


def test_a_page_of_a_stranger_opens_no_socket(server):
    with pytest.raises(InvalidStatus) as caught:
        Socket(server, origin="https://evil.example")
    assert caught.value.response.status_code == 403
    with Socket(server, origin=server.url) as socket:
        socket.send({"type": "connection_init"})
        assert socket.receive() == {"type": "connection_ack"}


def test_the_server_pings_and_an_answer_keeps_the_socket(ready):
    """`websockets` answers pings by itself: what is seen is that the socket outlives the server's interval."""
    assert ready.connection.ping().wait(10)
    ready.send({"type": "pong", "payload": {"unsolicited": True}})
    assert list(ready.subscribe(NAME)) == [{"__typename": "Query"}]


def test_complete_while_the_operation_is_prepared_cancels_it(ready, reviewed):
    """Ten at once, more than run at the same time: those that wait are taken back before they begin."""
    query = "query($id: ID!) { project(id: $id) { name } }"
    ids = [ready.start(query, {"id": reviewed.project}) for _ in range(10)]
    for id in ids[5:]:
        ready.send({"type": "complete", "id": id})
    ready.send({"type": "ping", "payload": {"last": 1}})
    seen = set()
    open_ids = set(ids[:5])
    while open_ids:
        message = ready.receive()
        if message["type"] == "complete":
            open_ids.discard(message["id"])
        if "id" in message:
            seen.add(message["id"])
    assert set(ids[:5]) <= seen
    # Whatever of the others had begun before its `complete` came may have answered; none is left running.
    assert list(ready.subscribe(NAME)) == [{"__typename": "Query"}]


def test_too_many_operations_on_one_socket_are_refused_and_the_socket_stays(ready, reviewed):
    query = "subscription($id: ID!) { projectReviews(projectId: $id) { status } }"
    for _ in range(100):
        ready.start(query, {"id": reviewed.project})
    extra = ready.start(NAME)
    message = ready.receive()
    assert (message["type"], message["id"]) == ("error", extra)
    assert message["payload"][0]["extensions"]["code"] == "TOO_MANY_OPERATIONS"
    ready.send({"type": "complete", "id": "1"})
    assert list(ready.results(ready.start(NAME))) == [{"data": {"__typename": "Query"}}]


# The foreign client


def test_gql_queries_mutates_and_subscribes_over_one_socket(supervisor, reviewed):
    async def run() -> list:
        async with supervisor.websocket_client() as session:
            query = gql("query($id: ID!) { project(id: $id) { name } }")
            query.variable_values = {"id": reviewed.project}
            subscription = gql("subscription($id: ID!) { reviewProgress(reviewId: $id) { eventId } }")
            subscription.variable_values = {"id": reviewed.reviews[0]["id"]}
            events = [event async for event in session.subscribe(subscription)]
            return [await session.execute(query), events]

    result, events = asyncio.run(run())
    assert result == {"project": {"name": reviewed.name}}
    assert events


def test_gql_sees_a_refused_token(server):
    async def run() -> None:
        async with Api(server, "nonsense").websocket_client() as session:
            await session.execute(gql(NAME))

    with pytest.raises(TransportConnectionFailed) as caught:
        asyncio.run(run())
    assert caught.value.__cause__.rcvd.code == 4403
