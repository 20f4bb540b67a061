"""How much clients may ask for: rates in cost, deadlines that cancel SQL, memory, requests per connection."""

import http.client
import time

import pytest
import requests

import people
from api import Api, Refused
from harness import wait_until

NAME = "{ __typename }"


def code(response: requests.Response) -> str:
    return response.json()["errors"][0]["extensions"]["code"]


def ask(server, query: str = NAME, **headers: str) -> requests.Response:
    return requests.post(server.graphql_url, json={"query": query}, headers=headers, timeout=30)


def test_an_address_that_asks_too_much_is_told_when_to_come_back(new_server):
    server = new_server("--rate-limit-address", "5/1").start()
    answers = [ask(server) for _ in range(8)]
    refused = [answer for answer in answers if answer.status_code == 429]
    assert len(refused) >= 2 and answers[0].status_code == 200
    assert code(refused[0]) == "RATE_LIMITED"
    assert 1 <= int(refused[0].headers["Retry-After"]) <= 5
    assert refused[0].json()["errors"][0]["extensions"]["retryAfterSeconds"] >= 1
    wait_until(lambda: ask(server).status_code == 200, 10, "the budget's return")
    assert requests.get(f"{server.url}/healthz", timeout=5).status_code == 200


def test_each_person_has_a_budget_of_their_own_over_all_transports(new_server):
    server = new_server("--rate-limit-user", "6/1").start()
    people.settle(server)
    first, second = (Api(server, server.token(people.address(name))) for name in ("supervisor", "owner"))
    answers = [first.post(NAME) for _ in range(10)]
    assert {answer.status_code for answer in answers} == {200, 429}
    assert second.post(NAME).status_code == 200
    with second.socket() as socket, pytest.raises(Refused) as caught:
        for _ in range(10):
            list(socket.results(socket.start(NAME)))
    assert caught.value.errors[0]["extensions"]["code"] == "RATE_LIMITED"


def test_nobody_can_ask_for_the_dearest_all_the_time_although_no_limit_was_set(new_server):
    server = new_server().start()
    people.settle(server)
    api = Api(server, server.token(people.address("supervisor")))
    # Half a million objects if there were so many; the default budget holds two million and gets 100,000 a second.
    dear = """{
      projects(first: 100) { edges { node { tasks(first: 100) { edges { node {
        subtasks(first: 15) { edges { node { id } } }
      } } } } } }
    }"""
    answers = [api.post(dear) for _ in range(12)]
    assert "errors" not in answers[0].json()
    assert {answer.status_code for answer in answers} == {200, 429}


def test_a_request_that_takes_too_long_is_answered_and_its_statement_cancelled(new_server):
    server = new_server("--request-timeout", "1").start()
    people.settle(server)
    api = Api(server, server.token(people.address("supervisor")))
    query = "{ projects(first: 1) { totalCount } }"
    assert api.post(query).status_code == 200
    with server.connect() as connection, connection.transaction():
        connection.execute("lock table projects in access exclusive mode")
        begun = time.monotonic()
        answer = api.post(query)
        assert answer.status_code == 504
        assert code(answer) == "DEADLINE_EXCEEDED"
        assert time.monotonic() - begun < 15
        waiting = "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and application_name = 'aimage'"
        wait_until(lambda: server.rows(waiting) == [(0,)], 10, "the statement's end")
    assert api.post(query).status_code == 200


def test_without_memory_requests_are_refused_and_health_is_told(new_server):
    server = new_server("--memory-limit", "1")
    server.launch()
    wait_until(lambda: healthy(server), 120, "the start")
    [answer] = wait_until(lambda: refused(server), 10, "the first look at the memory")
    assert answer.headers["Retry-After"] == "1"
    assert code(answer) == "OVERLOADED"
    assert requests.get(f"{server.url}/readyz", timeout=5).status_code == 200


def healthy(server) -> bool:
    try:
        return requests.get(f"{server.url}/healthz", timeout=5).status_code == 200
    except requests.RequestException:
        return False


def refused(server) -> list[requests.Response]:
    """The answer if it is a refusal; in a list, because an answer with such a status counts as false."""
    answer = ask(server)
    return [answer] if answer.status_code == 503 else []


def test_a_connection_brings_as_many_requests_as_it_may(new_server):
    server = new_server("--requests-per-connection", "3").start()
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    fields = []
    for _ in range(3):
        connection.request("GET", "/healthz")
        response = connection.getresponse()
        response.read()
        fields.append(response.getheader("Connection"))
    assert fields == [None, None, "close"]


@pytest.mark.parametrize(("access", "nobody", "somebody"), [
    ("off", "INTROSPECTION_DISABLED", "INTROSPECTION_DISABLED"), ("authenticated", "INTROSPECTION_DISABLED", None),
    ("on", None, None),
])
def test_introspection_is_for_whom_the_switch_says(new_server, access, nobody, somebody):
    server = new_server("--introspection", access).start()
    people.settle(server)
    for api, expected in ((Api(server), nobody), (Api(server, server.token(people.address("owner"))), somebody)):
        for query in ("{ __schema { queryType { name } } }", '{ __type(name: "User") { name } }'):
            answer = api.post(query)
            if expected:
                assert code(answer) == expected
            else:
                assert "errors" not in answer.json()
        assert api.execute(NAME) == {"__typename": "Query"}
