"""TLS by certificate files, unix-domain sockets, client addresses behind proxies."""

import http.client
import signal
import socket
import ssl
import subprocess

import pytest
import requests
import trustme
from websockets.sync.client import connect

from certificates import HOST, Certificates
from harness import AimageServer, wait_until

def peer_serial(port: int, context: ssl.SSLContext) -> str:
    with socket.create_connection((HOST, port), timeout=10) as raw:
        with context.wrap_socket(raw, server_hostname=HOST) as secure:
            return secure.getpeercert()["serialNumber"]


@pytest.fixture
def certificates(tmp_path) -> Certificates:
    return Certificates(tmp_path)


class TLSServer(AimageServer):
    """A server that speaks TLS."""

    def __init__(self, certificates: Certificates):
        super().__init__("--tls-certificate", str(certificates.certificate), "--tls-key", str(certificates.key))
        self.certificates = certificates

    @property
    def url(self) -> str:
        return f"https://{HOST}:{self.port}"

    def get(self, path: str) -> requests.Response:
        return requests.get(self.url + path, timeout=10, verify=str(self.certificates.trust))

    def _is_ready(self) -> bool:
        if self.process.poll() is not None:
            raise RuntimeError(f"the program ended with status {self.process.returncode}")
        try:
            return self.get("/readyz").status_code == 200
        except requests.RequestException:
            return False


@pytest.fixture
def tls_server(certificates):
    server = TLSServer(certificates)
    try:
        yield server.start()
    finally:
        server.remove()


def test_requests_large_answers_and_websockets_go_over_tls(tls_server, certificates):
    verify = str(certificates.trust)
    answer = requests.post(
        tls_server.graphql_url, json={"query": "{ __schema { types { name fields { name description } } } }"},
        timeout=30, verify=verify)
    assert answer.status_code == 200 and len(answer.content) > 20_000
    with connect(
        f"wss://{HOST}:{tls_server.port}/graphql", subprotocols=["graphql-transport-ws"], ssl=certificates.context(),
    ) as websocket:
        websocket.send('{"type":"connection_init"}')
        assert websocket.recv(timeout=10) == '{"type":"connection_ack"}'
        query = "{ __schema { types { name fields { name description args { name description } } } } }"
        websocket.send('{"id":"1","type":"subscribe","payload":{"query":"%s"}}' % query)
        assert len(websocket.recv(timeout=30)) > 50_000
        assert '"complete"' in websocket.recv(timeout=10)


def test_http_1_1_is_agreed_on_and_old_versions_are_refused(tls_server, certificates):
    context = certificates.context()
    context.set_alpn_protocols(["h2", "http/1.1"])
    with socket.create_connection((HOST, tls_server.port), timeout=10) as raw:
        with context.wrap_socket(raw, server_hostname=HOST) as secure:
            assert secure.selected_alpn_protocol() == "http/1.1"
            assert secure.version() in ("TLSv1.2", "TLSv1.3")
    client = subprocess.run(
        ["openssl", "s_client", "-connect", f"{HOST}:{tls_server.port}", "-tls1_1"], input=b"", capture_output=True,
        timeout=30)
    assert client.returncode != 0
    good = subprocess.run(
        ["openssl", "s_client", "-connect", f"{HOST}:{tls_server.port}", "-CAfile", str(certificates.trust),
         "-verify_return_error", "-tls1_2"], input=b"", capture_output=True, timeout=30)
    assert good.returncode == 0, good.stderr


def test_a_client_that_speaks_no_tls_is_cut_off_and_disturbs_nobody(tls_server):
    with socket.create_connection((HOST, tls_server.port), timeout=30) as raw:
        raw.sendall(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        assert b"HTTP/1.1" not in raw.recv(1_000)
    assert tls_server.get("/healthz").status_code == 200


def test_a_hangup_reads_the_certificate_again_and_keeps_connections(tls_server, certificates):
    context = certificates.context()
    before = peer_serial(tls_server.port, context)
    connection = http.client.HTTPSConnection(HOST, tls_server.port, timeout=10, context=context)
    connection.request("GET", "/healthz")
    assert connection.getresponse().read()
    certificates.issue()
    tls_server.process.send_signal(signal.SIGHUP)
    wait_until(lambda: peer_serial(tls_server.port, context) != before, 10, "the new certificate")
    connection.request("GET", "/healthz")
    kept = connection.getresponse()
    assert kept.status == 200 and kept.read()
    connection.close()
    # A file that is no certificate changes nothing.
    now = peer_serial(tls_server.port, context)
    certificates.certificate.write_text("nonsense")
    tls_server.process.send_signal(signal.SIGHUP)
    wait_until(lambda: "the old one stays" in tls_server.log_tail(), 10, "the log line")
    assert peer_serial(tls_server.port, context) == now


def test_a_key_that_does_not_belong_to_the_certificate_is_named(new_server, certificates, tmp_path):
    stranger = tmp_path / "stranger.key"
    trustme.CA().issue_cert(HOST).private_key_pem.write_to_path(str(stranger))
    server = new_server("--tls-certificate", str(certificates.certificate), "--tls-key", str(stranger))
    assert server.launch().wait(60) != 0
    assert "stranger.key" in server.log_tail()


def unix_get(path, target: str, upgrade: bool = False) -> bytes:
    with socket.socket(socket.AF_UNIX) as client:
        client.settimeout(10)
        client.connect(str(path))
        client.sendall(f"GET {target} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".encode())
        answer = b""
        while piece := client.recv(65_536):
            answer += piece
        return answer


def test_a_unix_socket_serves_http_and_websockets_and_replaces_a_stale_one(new_server, tmp_path):
    path = tmp_path / "api.sock"
    stale = socket.socket(socket.AF_UNIX)
    stale.bind(str(path))
    stale.close()
    server = new_server("--listen", f"unix:{path}", "--listen-mode", "600").start()
    assert path.stat().st_mode & 0o777 == 0o600
    assert unix_get(path, "/healthz").startswith(b"HTTP/1.1 200")
    client = socket.socket(socket.AF_UNIX)
    client.connect(str(path))
    with connect("ws://localhost/graphql", sock=client, subprotocols=["graphql-transport-ws"]) as websocket:
        websocket.send('{"type":"connection_init"}')
        assert websocket.recv(timeout=10) == '{"type":"connection_ack"}'
    assert server.interrupt() == 0
    assert not path.exists()


def test_a_socket_that_somebody_listens_at_and_a_file_that_is_none_are_left_alone(new_server, tmp_path):
    path = tmp_path / "taken.sock"
    with socket.socket(socket.AF_UNIX) as owner:
        owner.bind(str(path))
        owner.listen()
        server = new_server("--listen", f"unix:{path}")
        assert server.launch().wait(60) != 0
        assert "somebody listens" in server.log_tail()
    file = tmp_path / "precious"
    file.write_text("precious")
    server = new_server("--listen", f"unix:{file}")
    assert server.launch().wait(60) != 0
    assert file.read_text() == "precious"
