"""A new process takes over while the old one drains: no request is lost, every socket is told to reconnect."""

import http.client
import signal
import subprocess
import threading
import time

from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from harness import AimageServer, binary, wait_until

CLIENTS = 10
# Together 200 requests a second, as far as the server keeps up.
REQUESTS_PER_SECOND = 20
SOCKETS = 100
BODY = b'{"query":"{ viewer { id } }"}'


class Load:
    """Clients that ask over connections which they keep as long as the server lets them."""

    def __init__(self, port: int):
        self.port = port
        self.answers = 0
        self.lost: list[str] = []
        self.stopping = threading.Event()
        self.lock = threading.Lock()
        self.threads = [threading.Thread(target=self._ask) for _ in range(CLIENTS)]
        for thread in self.threads:
            thread.start()

    def _ask(self) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        due = time.monotonic()
        while not self.stopping.is_set():
            try:
                connection.request("POST", "/graphql", BODY, {"Content-Type": "application/json"})
                answer = connection.getresponse()
                body = answer.read()
                with self.lock:
                    self.answers += 1
                    if answer.status != 200:
                        self.lost.append(f"{answer.status} {body!r}")
            except (OSError, http.client.HTTPException) as error:
                with self.lock:
                    self.lost.append(repr(error))
                connection.close()
            due += 1 / REQUESTS_PER_SECOND
            time.sleep(max(0, due - time.monotonic()))
        connection.close()

    def stop(self) -> None:
        self.stopping.set()
        for thread in self.threads:
            thread.join(40)


def open_socket(port: int):
    websocket = connect(
        f"ws://127.0.0.1:{port}/graphql", subprotocols=["graphql-transport-ws"], open_timeout=30, legacy=True)
    websocket.send('{"type":"connection_init"}')
    assert websocket.recv(timeout=30) == '{"type":"connection_ack"}'
    return websocket


def close_code(websocket) -> int:
    try:
        while True:
            websocket.recv(timeout=30)
    except ConnectionClosed as closed:
        return closed.rcvd.code


def is_running(log) -> bool:
    return "Aimage Supervision is running" in log.read_text()


def take_over(server: AimageServer, tmp_path) -> subprocess.Popen:
    """Starts another process on the same port and the same data, and waits until it serves."""
    log = tmp_path / "second.log"
    with log.open("wb") as output:
        second = subprocess.Popen(
            [str(binary()), "serve", "--data", str(server.data), "--port", str(server.port), "--reuse-port"],
            stdin=subprocess.DEVNULL, stdout=output, stderr=output, env=server._environment())
    wait_until(lambda: is_running(log) or second.poll() is not None, 120, "the second process")
    assert second.poll() is None, log.read_text()
    return second


def test_a_restart_under_load_loses_no_request_and_tells_every_socket(new_server, tmp_path):
    server = new_server("--reuse-port").start()
    load = Load(server.port)
    sockets = [open_socket(server.port) for _ in range(SOCKETS)]
    second = None
    try:
        wait_until(lambda: load.answers > 50, 60, "the load")
        second = take_over(server, tmp_path)
        server.process.send_signal(signal.SIGTERM)
        assert [close_code(websocket) for websocket in sockets] == [1012] * SOCKETS
        again = [open_socket(server.port) for _ in range(SOCKETS)]
        assert server.process.wait(60) == 0
        before = load.answers
        wait_until(lambda: load.answers > before + 50, 60, "answers of the new process")
        load.stop()
        assert load.lost == []
        for websocket in again:
            websocket.close()
        # The database went over to the new process, which stops it.
        assert server.postgres_pid() is not None
        second.send_signal(signal.SIGTERM)
        assert second.wait(60) == 0
        wait_until(lambda: server.postgres_pid() is None, 30, "the end of Postgres")
    finally:
        load.stop()
        if second is not None and second.poll() is None:
            second.kill()
            second.wait(30)
