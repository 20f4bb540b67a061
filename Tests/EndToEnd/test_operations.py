"""Running the program: health, start, stop, second start, wrong settings, several loops, several processes."""

import signal
import socket
import subprocess
import time

import graphql
import pytest
import requests
from websockets.exceptions import ConnectionClosed

import people
from api import Api
from harness import AimageServer, binary, process_is_alive, wait_until
from scenario import WATCH_REVIEW, Supervisor

SECRET = "e2e-secret-" + "x" * 40


@pytest.fixture
def own_server(new_server) -> AimageServer:
    server = new_server().start()
    people.settle(server)
    return server


class Work:
    """A subtask that can be reviewed quickly, again and again."""

    def __init__(self, api: Api, photographs):
        self.person = Supervisor(api)
        self.project = self.person.project("運用の試験")
        self.rpd = self.person.rpd(self.project, "SETTINGS_REVIEW", "設定")
        task = self.person.task(self.project, "課題")
        self.subtask = self.person.subtask(self.project, task, "猫", photographs["chelsea"])

    def start(self) -> str:
        return self.person.start_review(self.subtask, [self.rpd])

    def run(self) -> None:
        self.person.run_review(self.subtask, [self.rpd])


# Health


def test_health_is_told_without_a_token(server):
    assert requests.get(f"{server.url}/healthz", timeout=10).json() == {"status": "alive"}
    assert requests.get(f"{server.url}/readyz", timeout=10).json() == {"status": "ready"}
    assert requests.head(f"{server.url}/healthz", timeout=10).status_code == 200


def test_without_its_database_the_server_is_alive_and_not_ready_and_recovers(own_server, photographs):
    server = own_server
    supervisor = people.SignIn(server)("supervisor")
    work = Work(supervisor, photographs)
    query = "subscription($id: ID!) { projectReviews(projectId: $id) { status } }"
    with supervisor.socket() as watcher:
        subscription = watcher.start(query, {"id": work.project})
        wait_for_start(watcher)
        server.stop_postgres()
        wait_until(lambda: ready(server) == 503, 15, "noticing that the database is gone")
        assert requests.get(f"{server.url}/healthz", timeout=5).status_code == 200
        begun = time.monotonic()
        answer = supervisor.post("{ viewer { email } }").json()
        assert answer["errors"][0]["extensions"]["code"] in ("INTERNAL_SERVER_ERROR", "SERVICE_UNAVAILABLE")
        assert "postgres" not in str(answer).lower() and "socket" not in str(answer).lower(), "the error tells too much"
        assert time.monotonic() - begun < 15
        server.start_postgres()
        wait_until(lambda: ready(server) == 200, 30, "finding the database again")
        assert supervisor.execute("{ viewer { email } }") == {"viewer": {"email": people.address("supervisor")}}
        # Who was watching all the time gets what happens afterwards.
        work.run()
        told = [watcher.receive() for _ in range(3)]
        assert {each["id"] for each in told} == {subscription}
        assert [each["payload"]["data"]["projectReviews"]["status"] for each in told] == [
            "PENDING", "PROCESSING", "COMPLETED"]


def ready(server: AimageServer) -> int:
    return requests.get(f"{server.url}/readyz", timeout=15).status_code


def wait_for_start(socket, seconds: float = 0.3) -> None:
    """The start of a subscription has no answer; one more question and a moment is what a client can do."""
    id = socket.start("{ viewer { email } }")
    while socket.receive() != {"id": id, "type": "complete"}:
        pass
    time.sleep(seconds)


# Stop and start


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_everything_cleanly_and_a_second_start_keeps_the_data(own_server, photographs, number):
    server = own_server
    supervisor = people.SignIn(server)("supervisor")
    work = Work(supervisor, photographs)
    work.run()
    postgres = server.postgres_pid()
    with supervisor.socket() as watcher, socket.create_connection(("127.0.0.1", server.port)) as idle:
        watcher.start("subscription($id: ID!) { projectReviews(projectId: $id) { status } }", {"id": work.project})
        wait_for_start(watcher)
        begun = time.monotonic()
        server.process.send_signal(number)
        with pytest.raises(ConnectionClosed) as caught:
            while True:
                watcher.receive()
        assert caught.value.rcvd.code == 1012
        assert server.process.wait(20) == 0
        assert time.monotonic() - begun < 15
        assert idle.recv(1) == b""
    assert not process_is_alive(postgres)
    assert "stopped" in server.log_tail()
    begun = time.monotonic()
    server.start()
    assert time.monotonic() - begun < 10
    assert supervisor.execute("query($id: ID!) { project(id: $id) { name } }", {"id": work.project}) == {
        "project": {"name": "運用の試験"}}, "the token and the data are good after a restart"
    work.run()


def test_a_review_that_runs_at_the_stop_goes_on_after_the_start(own_server, photographs, shuttle):
    server = own_server
    supervisor = people.SignIn(server)("supervisor")
    work = Work(supervisor, photographs)
    rpds = [work.person.rpd(work.project, "VISUAL_REVIEW", f"部分 {index}", [shuttle]) for index in range(12)]
    review = work.person.start_review(work.subtask, rpds)
    with supervisor.socket() as watcher:
        events = []
        for data in watcher.subscribe(WATCH_REVIEW, {"reviewId": review}):
            events.append(data["reviewProgress"])
            if "outcomeStatus" in events[-1]:
                break
        assert server.interrupt(signal.SIGTERM) == 0
    server.start()
    events += work.person.review_events(review, after=events[-1]["eventId"])
    assert events[-1]["reviewStatus"] == "COMPLETED"
    assert work.person.review_events(review) == events


def test_a_client_in_the_middle_of_a_request_gets_its_answer_before_the_stop(own_server):
    with socket.create_connection(("127.0.0.1", own_server.port)) as client:
        body = b'{"query": "{ __typename }"}'
        client.sendall(b"POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                       b"Content-Length: %d\r\n\r\n" % len(body) + body[:10])
        time.sleep(0.3)
        own_server.process.send_signal(signal.SIGTERM)
        time.sleep(0.3)
        client.sendall(body[10:])
        client.settimeout(15)
        answer = b""
        while data := client.recv(65536):
            answer += data
    assert b'{"data":{"__typename":"Query"}}' in answer
    assert own_server.process.wait(20) == 0


# Wrong settings


def failing(server: AimageServer, *flags: str) -> str:
    """What the program says when it cannot start; nothing of it may run afterwards."""
    process = server.launch(*flags)
    assert process.wait(60) not in (0, None)
    wait_until(lambda: server.postgres_pid() is None, 10, "the end of the embedded Postgres")
    return server.log.read_text()


def test_another_database_without_a_secret_is_refused(new_server, server):
    text = failing(new_server(environment={"DATABASE_URL": server.database_url}))
    assert "JWT_SECRET" in text and "32 bytes" in text


def test_a_short_secret_is_refused(new_server):
    assert "at least 32" in failing(new_server(environment={"JWT_SECRET": "short"}))


def test_a_database_that_does_not_answer_is_named_without_its_password(new_server):
    url = "postgresql://somebody:geheim@127.0.0.1:9/nothing"
    text = failing(new_server(environment={"DATABASE_URL": url, "JWT_SECRET": SECRET}))
    assert "127.0.0.1:9" in text and "geheim" not in text


def test_a_port_that_is_taken_is_named(new_server, server):
    other = new_server()
    other.port = server.port
    text = failing(other)
    assert str(server.port) in text and "in use" in text.lower(), text
    assert "Fatal" not in text


@pytest.mark.parametrize("flags", [("--port", "0x50"), ("--loops", "0"), ("--jobs", "1000"), ("--unknown",)])
def test_flags_that_make_no_sense_are_explained(flags, tmp_path):
    result = subprocess.run(
        [str(binary()), "serve", "--data", str(tmp_path / "data"), *flags], capture_output=True, text=True, timeout=30)
    assert result.returncode != 0
    assert "Error:" in result.stderr and "Usage:" in result.stderr
    assert not (tmp_path / "data").exists()


def test_a_token_for_somebody_unknown_is_refused(server):
    result = server.run("token", "--data", str(server.data), "--email", "nobody@demo.example")
    assert result.returncode != 0 and result.stdout == ""
    assert "nobody@demo.example" in result.stderr


def test_the_address_of_a_token_may_be_written_in_capitals(server):
    api = Api(server, server.token("Supervisor@Demo.Example"))
    assert api.execute("{ viewer { email } }") == {"viewer": {"email": people.address("supervisor")}}


# Other commands


def test_the_printed_schema_is_what_introspection_tells(server, nobody):
    printed = graphql.build_schema(server.run("schema").stdout)
    told = graphql.build_client_schema(nobody.execute(graphql.get_introspection_query(
        input_value_deprecation=True, specified_by_url=True, directive_is_repeatable=True, schema_description=True,
        one_of=True)))
    assert graphql.print_schema(graphql.lexicographic_sort_schema(told)) == graphql.print_schema(
        graphql.lexicographic_sort_schema(printed))
    assert "@access" not in graphql.print_schema(told)


def test_help_names_the_commands_and_the_flags():
    def text(*arguments: str) -> str:
        return subprocess.run([str(binary()), *arguments], capture_output=True, text=True, timeout=30, check=True).stdout

    for command in ("serve", "worker", "migrate", "seed", "token", "schema"):
        assert command in text("--help")
    for flag in ("--data", "--port", "--host", "--loops", "--jobs", "--graphiql", "--seed-demo", "--public-url"):
        assert flag in text("serve", "--help")


def test_migrating_twice_changes_nothing(server):
    before = server.rows("select * from information_schema.columns where table_schema = 'public' order by 3, 4")
    for _ in range(2):
        result = server.run("migrate", "--data", str(server.data))
        assert result.returncode == 0, result.stderr
    after = server.rows("select * from information_schema.columns where table_schema = 'public' order by 3, 4")
    assert after == before
    assert ready(server) == 200, "the command must not stop the server's database"


# Several loops, several processes


def statuses_of(watchers, count: int = 3) -> list[list[str]]:
    return [
        [socket.receive()["payload"]["data"]["projectReviews"]["status"] for _ in range(count)] for socket in watchers]


def test_all_loops_serve_and_tell_each_other_s_events(new_server, photographs):
    server = new_server("--loops", "2").start()
    people.settle(server)
    supervisor = people.SignIn(server)("supervisor")
    work = Work(supervisor, photographs)
    query = "subscription($id: ID!) { projectReviews(projectId: $id) { status } }"
    # The kernel spreads connections over the loops: sixteen are on both.
    watchers = [supervisor.socket() for _ in range(16)]
    try:
        for watcher in watchers:
            watcher.start(query, {"id": work.project})
        for watcher in watchers:
            wait_for_start(watcher, 0)
        time.sleep(0.5)
        work.run()
        assert statuses_of(watchers) == [["PENDING", "PROCESSING", "COMPLETED"]] * len(watchers)
    finally:
        for watcher in watchers:
            watcher.__exit__(None, None, None)
    for _ in range(20):
        assert requests.post(
            server.graphql_url, json={"query": "{ viewer { email } }"}, headers=supervisor.headers, timeout=10
        ).json()["data"]["viewer"]
    assert server.interrupt() == 0


def test_two_servers_on_one_database_tell_each_other_s_events(own_server, new_server, photographs):
    first = own_server
    environment = {"DATABASE_URL": first.database_url, "JWT_SECRET": (first.data / "secret").read_text()}
    second = new_server("--without-worker", environment=environment)
    second.data = first.data
    try:
        second.start()
        supervisor = people.SignIn(first)("supervisor")
        there = Api(second, supervisor.token)
        work = Work(supervisor, photographs)
        with there.socket() as watcher:
            watcher.start("subscription($id: ID!) { projectReviews(projectId: $id) { status } }", {"id": work.project})
            wait_for_start(watcher)
            work.run()
            assert statuses_of([watcher]) == [["PENDING", "PROCESSING", "COMPLETED"]]
        # And the other way round, with a file that one took in and the other gives out.
        other = Work(there, photographs)
        other.run()
        asset = supervisor.execute(
            "query($id: ID!) { subtask(id: $id) { content { asset { url } } } }", {"id": other.subtask}
        )["subtask"]["content"]["asset"]
        assert requests.get(asset["url"], timeout=10).content == photographs["chelsea"].read_bytes()
        assert second.interrupt() == 0
        assert ready(first) == 200, "the database belongs to the first"
    finally:
        second.process.kill()
        second.data = second.folder / "data"


def test_a_worker_of_its_own_does_the_jobs_of_a_server_without_one(new_server, photographs):
    server = new_server("--without-worker").start()
    people.settle(server)
    supervisor = people.SignIn(server)("supervisor")
    work = Work(supervisor, photographs)
    review = work.start()
    time.sleep(1.5)
    assert work.person.review(review)["status"] == "PENDING"
    environment = {"DATABASE_URL": server.database_url, "JWT_SECRET": (server.data / "secret").read_text()}
    with (server.folder / "worker.log").open("wb") as log:
        worker = subprocess.Popen(
            [str(binary()), "worker", "--data", str(server.data)], stdout=log, stderr=log, stdin=subprocess.DEVNULL,
            env=server._environment() | environment)
    try:
        assert work.person.review_events(review)[-1]["reviewStatus"] == "COMPLETED"
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(20) == 0
    finally:
        worker.kill()
        worker.wait(10)
