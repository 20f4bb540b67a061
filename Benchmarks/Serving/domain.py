"""The dashboard over HTTP beside one hand-written statement that makes the same JSON in Postgres. `scripts/bench domain`.

Both are asked in turn, over the large data, by one client on this machine with one connection each: the statement is
prepared, the document is known to the server. Prints too how long the large data took. Exits with 1 when the median of
the API's times is more than 0.6 of the statement's. `--once` only checks that both give the same; `--hold` keeps the server
running, for a profiler.
"""

import argparse
import http.client
import json
import statistics
import sys
import time

import psycopg

from support import ROOT, AimageServer

BOUND = 0.6
# Seconds for `aimage seed --scale large`.
SEED_BOUND = 120
PERSON = "user0@large.example"


class Api:
    """One connection to the server, kept open."""

    def __init__(self, server: AimageServer, operation: str):
        self.connection = http.client.HTTPConnection("127.0.0.1", server.port)
        self.body = json.dumps({"query": operation})
        self.headers = {"Authorization": f"Bearer {server.token(PERSON)}", "Content-Type": "application/json"}

    def __call__(self) -> bytes:
        self.connection.request("POST", "/graphql", self.body, self.headers)
        response = self.connection.getresponse()
        body = response.read()
        assert response.status == 200, body[:2000]
        return body


class Statement:
    """One connection to Postgres with the statement prepared."""

    def __init__(self, server: AimageServer, text: str):
        self.connection = psycopg.connect(server.database_url, autocommit=True)
        [person] = self.connection.execute("select id from users where email = %s", (PERSON,)).fetchone()
        self.connection.execute(f"prepare dashboard (uuid) as {text}")
        # Planned once, as the program's own prepared statements are after their first executions.
        self.connection.execute("set plan_cache_mode = force_generic_plan")
        self.cursor = self.connection.cursor(binary=True)
        self.execute = f"execute dashboard ('{person}')"

    def __call__(self) -> bytes:
        [text] = self.cursor.execute(self.execute).fetchone()
        return text.encode() if isinstance(text, str) else bytes(text)


def measure(contenders: dict, rounds: int) -> dict[str, list[float]]:
    """Milliseconds of each contender, round by round in turn, so that a noisy moment hits both."""
    times = {name: [] for name in contenders}
    for round in range(rounds + 20):
        for name, ask in contenders.items():
            begun = time.perf_counter()
            ask()
            if round >= 20:
                times[name].append((time.perf_counter() - begun) * 1000)
    return times


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=300)
    parser.add_argument("--once", action="store_true", help="compare the answers only")
    parser.add_argument("--hold", type=float, default=0, help="go on asking the API for so many seconds")
    options = parser.parse_args()
    server = AimageServer("--without-worker")
    try:
        server.start()
        begun = time.monotonic()
        seeded = server.run("seed", "--data", str(server.data), "--scale", "large", timeout=600)
        assert seeded.returncode == 0, seeded.stderr
        print(f"the large data in {time.monotonic() - begun:.0f} s, at most {SEED_BOUND} wanted", flush=True)
        # The planner's numbers of the empty tables are in the plans of the first connections.
        server.interrupt()
        server.start()
        api = Api(server, (ROOT / "Examples/operations/dashboard.graphql").read_text())
        statement = Statement(server, (ROOT / "Benchmarks/Serving/dashboard.sql").read_text())
        ours, theirs = json.loads(api()), json.loads(statement())
        assert ours == theirs, "the two do not say the same"
        print(f"the same JSON, {len(api()):,} bytes from the API")
        if options.once:
            return 0
        times = measure({"API over HTTP": api, "json_agg": statement}, options.rounds)
        medians = {name: statistics.median(values) for name, values in times.items()}
        for name, values in times.items():
            tenth, _, _, _, _, _, _, _, ninth = statistics.quantiles(values, n=10)
            print(f"{name:14} median {medians[name]:6.2f} ms   tenths {tenth:6.2f} … {ninth:6.2f} ms")
        ratio = medians["API over HTTP"] / medians["json_agg"]
        print(f"ratio {ratio:.3f}, at most {BOUND} wanted")
        if options.hold:
            print(f"server {server.process.pid}, Postgres {server.postgres_pid()}", flush=True)
            until = time.monotonic() + options.hold
            while time.monotonic() < until:
                api()
        return 0 if ratio <= BOUND else 1
    finally:
        server.remove()


if __name__ == "__main__":
    sys.exit(main())
