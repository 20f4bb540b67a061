"""Requests per second beside pgbench with the same statements in the same run. `scripts/bench http`."""

import argparse
import json
import pathlib
import re
import subprocess
import sys
import tempfile

from support import Supervisor, run_http, start, supervisor

PGBENCH = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin/pgbench"))[-1]
# The promise of the issue: this part of pgbench's rate, with one loop.
PROMISE = 0.6


def statements(server, api, query: str) -> list[str]:
    """The SQL that one request runs, with its parameters in place, from Postgres's own log."""
    def setting(value: str) -> None:
        with server.connect() as connection:
            connection.execute(f"alter system set log_statement = '{value}'")
            connection.execute("select pg_reload_conf()")
    log = server.data / "postgres/postgres.log"
    api.execute(query)
    setting("all")
    try:
        offset = log.stat().st_size
        # The setting reaches other sessions between two of their statements.
        for _ in range(3):
            offset = log.stat().st_size
            api.execute(query)
        lines = log.read_text()[offset:] if offset == 0 else log.read_bytes()[offset:].decode()
    finally:
        setting("none")
    return [filled(text, detail) for text, detail in executions(lines)]


def executions(lines: str) -> list[tuple[str, str]]:
    pattern = r"execute [^:]*: (.*?)(?=\n\d{4}-\d\d-\d\d )(?:\n[^\n]*DETAIL:  parameters: (.*?)(?=\n\d{4}-\d\d-\d\d |\Z))?"
    return [(text, detail or "") for text, detail in re.findall(pattern, lines + "\n0000-00-00 ", re.S)]


def filled(text: str, detail: str) -> str:
    values = dict(re.findall(r"\$(\d+) = ('(?:[^']|'')*'|NULL)", detail))
    return re.sub(r"\$(\d+)", lambda match: values[match[1]], " ".join(text.split()))


def pgbench(server, script: list[str], connections: int, seconds: int) -> float:
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as file:
        file.write("".join(f"{statement};\n" for statement in script))
        file.flush()
        result = subprocess.run(
            [str(PGBENCH), "-n", "-M", "prepared", "-c", str(connections), "-j", "1", "-T", str(seconds), "-f",
             file.name, "-h", str(server.socket_directory), "-U", "postgres", "aimage"],
            check=True, capture_output=True, text=True)
    return float(re.search(r"tps = ([\d.]+)", result.stdout)[1])


def measure(server, api, name: str, query: str, connections: int, seconds: int) -> dict:
    script = statements(server, api, query)
    rates, baseline = [], []
    # In turn, so that both meet the same machine.
    for _ in range(3):
        rates.append(run_http(server, connections, seconds, query, api.token))
        if script:
            baseline.append(pgbench(server, script, connections, seconds))
    best = sorted(rates, key=lambda each: each["rate"])[1]
    result = {"query": name, "statements": len(script)} | best
    assert best["failures"] == 0, result
    if script:
        # A transaction of pgbench is the whole script, as a request is.
        result["pgbench"] = round(sorted(baseline)[1])
        result["ratio"] = round(best["rate"] / sorted(baseline)[1], 2)
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--connections", type=int, default=32)
    parser.add_argument("--seconds", type=int, default=5)
    options = parser.parse_args()
    server = start("--without-worker", "--log-level", "warning")
    try:
        api = supervisor(server)
        project = Supervisor(api).project("速度")
        results = [
            measure(server, api, "{ viewer { id } }", "{ viewer { id } }", options.connections, options.seconds),
            measure(
                server, api, "one row", f'{{ project(id: "{project}") {{ id name }} }}', options.connections,
                options.seconds),
        ]
    finally:
        server.remove()
    print(json.dumps(results, indent=2))
    slow = [result["query"] for result in results if result.get("ratio", PROMISE) < PROMISE]
    if slow:
        sys.exit(f"{', '.join(slow)}: less than {PROMISE} of pgbench's rate")


main()
