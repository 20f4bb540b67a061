"""The files of `Examples/deploy` with the programs they are for: nginx in front, Prometheus beside."""

import http.client
import json
import pathlib
import re
import shutil
import socket
import subprocess

import pytest
import requests
from websockets.sync.client import connect

import people
from api import Api
from certificates import HOST, Certificates
from harness import ROOT, free_port, wait_until
from scenario import Supervisor
from wire import EVENTS

DEPLOY = ROOT / "Examples/deploy"
WATCH = "subscription { projectReviews(projectId: \"%s\") { status review { id } } }"


class Front:
    """nginx with the example's configuration, for clients what a server is."""

    def __init__(self, folder: pathlib.Path, port: int, socket_path: pathlib.Path, certificates: Certificates):
        self.url = f"https://{HOST}:{port}"
        self.graphql_url = f"{self.url}/graphql"
        self.port = port
        self.certificates = certificates
        self.trust = certificates.context()
        site = (DEPLOY / "nginx.conf").read_text()
        for example, here in (
            ("listen 443 ssl;", f"listen {HOST}:{port} ssl;"), ("/run/aimage/aimage.sock", str(socket_path)),
            ("/etc/ssl/aimage/fullchain.pem", str(certificates.certificate)),
            ("/etc/ssl/aimage/privkey.pem", str(certificates.key)),
        ):
            assert example in site
            site = site.replace(example, here)
        # What Debian's own file around it does, for a user and folders of the test's.
        configuration = folder / "nginx.conf"
        paths = "".join(
            f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        configuration.write_text(
            f"user root; daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log; events {{}}"
            f" http {{ access_log off; {paths} {site} }}")
        self.process = subprocess.Popen(
            [shutil.which("nginx") or "/usr/sbin/nginx", "-c", str(configuration), "-p", str(folder)])

    def is_open(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex((HOST, self.port)) == 0

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(10)

    def from_address(self, address: str, query: str, headers: dict[str, str]) -> int:
        """The status of a query from an address of the machine."""
        connection = http.client.HTTPSConnection(
            HOST, self.port, timeout=10, context=self.trust, source_address=(address, 0))
        connection.request(
            "POST", "/graphql", '{"query":"%s"}' % query, {"Content-Type": "application/json"} | headers)
        status = connection.getresponse().status
        connection.close()
        return status


@pytest.fixture(scope="module")
def front(new_module_server, tmp_path_factory):
    folder = tmp_path_factory.mktemp("front")
    certificates = Certificates(folder)
    port = free_port()
    server = new_module_server(
        "--listen", f"unix:{folder}/aimage.sock", "--listen-mode", "666", "--trusted-proxies", "127.0.0.1",
        "--public-url", f"https://{HOST}:{port}", "--rate-limit-address", "5/1").start()
    people.settle(server)
    instance = Front(folder, port, folder / "aimage.sock", certificates)
    instance.server = server
    try:
        wait_until(instance.is_open, 20, "nginx")
        yield instance
    finally:
        instance.stop()


@pytest.fixture
def api(front, monkeypatch) -> Api:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(front.certificates.trust))
    return Api(front, front.server.token(people.address("supervisor")))


def test_queries_uploads_events_and_websockets_go_through_nginx(front, api, photographs):
    person = Supervisor(api)
    project = person.project("門の前")
    # The upload's URL is nginx's, as `--public-url` says.
    subtask = person.subtask(project, person.task(project, "課題"), "猫", photographs["chelsea"])
    with connect(
        f"wss://{HOST}:{front.port}/graphql", subprotocols=["graphql-transport-ws"], ssl=front.trust
    ) as websocket, requests.post(
        front.graphql_url, json={"query": WATCH % project}, headers=api.headers | {"Accept": EVENTS}, stream=True,
        timeout=30,
    ) as stream:
        websocket.send(json.dumps({"type": "connection_init", "payload": api.headers}))
        assert json.loads(websocket.recv(timeout=10)) == {"type": "connection_ack"}
        websocket.send(json.dumps({"type": "subscribe", "id": "1", "payload": {"query": WATCH % project}}))
        websocket.send(json.dumps({"type": "subscribe", "id": "2", "payload": {"query": "{ __typename }"}}))
        # Messages of one socket are taken in turn: with this answer the subscription is there.
        assert json.loads(websocket.recv(timeout=10))["id"] == "2"
        assert stream.status_code == 200
        person.start_review(subtask, [person.rpd(project, "COPYRIGHT_REVIEW", "他社の絵")])
        assert websocket_event(websocket)
        lines = stream.iter_lines(chunk_size=1)
        assert next(line for line in lines if line.startswith(b"data: {"))


def websocket_event(websocket) -> dict:
    """The data of the next result."""
    while True:
        message = json.loads(websocket.recv(timeout=30))
        if message["type"] == "next" and message["id"] == "1":
            return message["payload"]["data"]


def test_the_server_knows_clients_behind_nginx_apart_whatever_they_claim(front):
    claimed = [{"X-Forwarded-For": f"192.0.2.{number}"} for number in range(12)]
    assert 429 in {front.from_address("127.0.0.2", "{ __typename }", headers) for headers in claimed}
    assert front.from_address("127.0.0.3", "{ __typename }", {}) == 200


def test_metrics_are_not_for_those_outside(front, api):
    assert api.session.get(f"{front.url}/metrics", timeout=10).status_code == 404


def test_prometheus_reads_every_metric_and_its_alerts_name_those_that_exist(new_server, tmp_path):
    metrics = free_port()
    server = new_server("--metrics-port", str(metrics)).start()
    Api(server).post("{ __typename }")
    shutil.copy(DEPLOY / "alerts.yml", tmp_path)
    example = (DEPLOY / "prometheus.yml").read_text()
    assert "127.0.0.1:9464" in example
    configuration = tmp_path / "prometheus.yml"
    configuration.write_text("global: {scrape_interval: 1s}\n" + example.replace("9464", str(metrics)))
    check = subprocess.run(["promtool", "check", "config", str(configuration)], capture_output=True, text=True)
    assert check.returncode == 0, check.stderr
    port = free_port()
    prometheus = subprocess.Popen(
        ["prometheus", f"--config.file={configuration}", f"--storage.tsdb.path={tmp_path}/data",
         f"--web.listen-address={HOST}:{port}", "--log.level=error"])
    try:
        api = f"http://{HOST}:{port}/api/v1"
        wait_until(lambda: value(api, 'up{job="aimage"}') == "1", 60, "the first scrape", interval=0.5)
        known = set(requests.get(f"{api}/label/__name__/values", timeout=10).json()["data"])
        assert "graphql_request_duration_seconds_count" in known
        alerts = (DEPLOY / "alerts.yml").read_text()
        named = set(re.findall(r"\b(?:http|graphql|db|job|event)_[a-z_]+", alerts)) - {"http_route"}
        # A histogram's name stands for its buckets; errors have no sample before there was one.
        assert named - {"graphql_errors_total"} <= known, named - known
    finally:
        prometheus.terminate()
        prometheus.wait(30)


def value(api: str, query: str) -> str | None:
    """The value of an instant query with one result."""
    try:
        answer = requests.get(f"{api}/query", params={"query": query}, timeout=10)
    except requests.ConnectionError:
        return None
    results = answer.json().get("data", {}).get("result", [])
    return results[0]["value"][1] if results else None
