"""Starts, kills and stops the built program, with a data directory and an embedded Postgres of its own."""

import hashlib
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import tempfile
import time

import psutil
import psycopg
import requests

ROOT = pathlib.Path(__file__).resolve().parents[2]
START_SECONDS = 120
STOP_SECONDS = 30


def binary() -> pathlib.Path:
    """The program under test: `AIMAGE_BINARY`, or the debug build."""
    path = pathlib.Path(os.environ.get("AIMAGE_BINARY", ROOT / ".build/debug/aimage")).resolve()
    if not path.is_file():
        raise FileNotFoundError(f"{path} is not built; run scripts/test e2e or set AIMAGE_BINARY")
    return path


def free_port() -> int:
    """A TCP port of the loopback interface that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until(condition, seconds: float, what: str, interval: float = 0.05):
    """Polls until `condition()` is true and returns its value; fails after `seconds`."""
    deadline = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > deadline:
            raise TimeoutError(f"{what} took longer than {seconds} s")
        time.sleep(interval)


def process_is_alive(pid: int) -> bool:
    """Whether a process with this id exists and is no zombie."""
    try:
        state = pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


class AimageServer:
    """One data directory and the server over it, which may be killed and started again."""

    def __init__(self, *flags: str, environment: dict[str, str] | None = None):
        self.flags = flags
        self.environment = environment or {}
        self.port = free_port()
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="aimage-e2e-"))
        # Postgres refuses root: as root the program runs it as user `postgres`, who has to get to the data directory.
        self.folder.chmod(0o755)
        self.data = self.folder / "data"
        self.log = self.folder / "server.log"
        self.process: subprocess.Popen | None = None

    # Addresses

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def graphql_url(self) -> str:
        return f"{self.url}/graphql"

    @property
    def websocket_url(self) -> str:
        return f"ws://127.0.0.1:{self.port}/graphql"

    # Life

    def start(self, *flags: str) -> "AimageServer":
        """Starts the program and returns when `/readyz` says 200; `flags` replace those it was made with."""
        self.launch(*flags)
        try:
            wait_until(self._is_ready, START_SECONDS, "the start")
        except BaseException as error:
            self.stop()
            raise RuntimeError(f"the server did not become ready ({error}):\n{self.log_tail()}") from error
        return self

    def launch(self, *flags: str) -> subprocess.Popen:
        """Starts the program and does not wait for anything."""
        assert self.process is None or self.process.poll() is not None, "the server runs already"
        self.flags = flags or self.flags
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [str(binary()), "serve", "--data", str(self.data), "--port", str(self.port), *self.flags],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=self._environment(),
            )
        return self.process

    def interrupt(self, number: signal.Signals = signal.SIGINT) -> int:
        """Ctrl-C, or another signal: the program stops by itself, Postgres included. Returns its exit status."""
        assert self.process is not None
        self.process.send_signal(number)
        return self.process.wait(STOP_SECONDS)

    def kill(self) -> None:
        """kill -9, as a crash: nothing of the program runs any more, its Postgres may."""
        assert self.process is not None
        self.process.kill()
        self.process.wait(STOP_SECONDS)

    def stop(self) -> None:
        """Ends what still runs, by process id: the program, and its Postgres if that was left behind."""
        if self.process is not None and self.process.poll() is None:
            try:
                self.interrupt()
            except subprocess.TimeoutExpired:
                self.kill()
        self.stop_postgres()

    def remove(self) -> None:
        """Stops everything and deletes the data directory."""
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def memory(self) -> int:
        """The program's resident memory in bytes."""
        return psutil.Process(self.process.pid).memory_info().rss

    # Its Postgres

    def postgres_pid(self) -> int | None:
        """The process id of the embedded Postgres, from its lock file; None when it does not run."""
        for lock in self.data.glob("**/postmaster.pid"):
            pid = int(lock.read_text().splitlines()[0])
            if process_is_alive(pid):
                return pid
        return None

    def stop_postgres(self) -> None:
        """Ends the embedded Postgres behind the program's back."""
        pid = self.postgres_pid()
        if pid is None:
            return
        os.kill(pid, signal.SIGINT)  # Postgres's "fast shutdown"
        try:
            wait_until(lambda: not process_is_alive(pid), STOP_SECONDS, "stopping Postgres")
        except TimeoutError:
            os.kill(pid, signal.SIGQUIT)  # its "immediate shutdown"
            wait_until(lambda: not process_is_alive(pid), STOP_SECONDS, "stopping Postgres at once")

    def start_postgres(self) -> None:
        """Starts the embedded Postgres behind the program's back."""
        cluster = self.data / "postgres/cluster"
        version = (cluster / "PG_VERSION").read_text().strip()
        command = [
            f"/usr/lib/postgresql/{version}/bin/pg_ctl", "start", "-w", "-s", "-D", str(cluster),
            "-l", str(self.data / "postgres/postgres.log"),
        ]
        if os.geteuid() == 0:
            command = ["runuser", "-u", "postgres", "--", *command]
        subprocess.run(command, check=True, timeout=60, stdout=subprocess.DEVNULL, cwd="/")

    @property
    def socket_directory(self) -> pathlib.Path:
        """Where the embedded Postgres listens; a long path gets a short one elsewhere."""
        usual = self.data / "postgres/socket"
        if len(bytes(usual / ".s.PGSQL.5432")) <= 107:
            return usual
        return pathlib.Path("/tmp/postgres-" + hashlib.sha256(bytes(self.data / "postgres")).hexdigest()[:16])

    @property
    def database_url(self) -> str:
        """A `DATABASE_URL` by which other processes reach the embedded Postgres."""
        return f"postgresql:///aimage?host={self.socket_directory}&user=postgres"

    def connect(self) -> psycopg.Connection:
        """A connection to its database, for what the API cannot do or tell."""
        return psycopg.connect(self.database_url, application_name="e2e", autocommit=True)

    def rows(self, statement: str, parameters=()) -> list[tuple]:
        """The rows of one statement."""
        with self.connect() as connection:
            cursor = connection.execute(statement, parameters)
            return cursor.fetchall() if cursor.description else []

    # Helpers

    def run(self, command: str, *arguments: str, timeout: float = 60, **options) -> subprocess.CompletedProcess:
        """Runs another command of the program on the same data."""
        return subprocess.run(
            [str(binary()), command, *arguments], capture_output=True, text=True, timeout=timeout,
            stdin=subprocess.DEVNULL, env=self._environment() | options,
        )

    def token(self, email: str) -> str:
        """A bearer token for a known user, as `aimage token` prints it."""
        result = self.run("token", "--data", str(self.data), "--email", email)
        assert result.returncode == 0, result.stderr
        return result.stdout.strip()

    def log_tail(self, lines: int = 60) -> str:
        """The end of what the program printed, over all its starts."""
        if not self.log.exists():
            return ""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])

    def _is_ready(self) -> bool:
        if self.process.poll() is not None:
            raise RuntimeError(f"the program ended with status {self.process.returncode}")
        try:
            return requests.get(f"{self.url}/readyz", timeout=2).status_code == 200
        except requests.RequestException:
            return False

    def _environment(self) -> dict[str, str]:
        # What the developer's shell has set must not lead the tests to a real database or a real secret.
        inherited = {
            name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "JWT_SECRET")
        }
        return inherited | self.environment
