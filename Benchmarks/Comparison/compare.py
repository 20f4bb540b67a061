#!/usr/bin/env python3
"""Measures our engine beside graphql-js and graphql-core, on the same work in one run, and prints medians and ratios.

    compare.py ENGINE      ENGINE is the built benchmark program; node must be installed, graphql-core importable

Each contender is a process that reads commands, one a line, and answers each with one line:

    time WORK REPEATS      the nanoseconds that REPEATS runs of WORK took together
    show WORK              what WORK yields, as JSON
    count WORK             (ours only) "allocations peakBytes" of one run of WORK

Rounds alternate between the contenders, so that a noisy moment of the machine hits all of them.
"""

import json
import os
import statistics
import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).parent
ROUNDS = 31
SAMPLE_NANOSECONDS = 20_000_000
WARM_NANOSECONDS = 1_000_000_000

# What is measured, and which ratio to graphql-js's time is wanted.
COMPARED = [
    ("parse", "parse `Dash`", 0.6),
    ("validate", "validate `Dash`", None),
    ("prepare", "parse + validate + plan `Dash`", 0.1),
    ("introspect", "introspection, cold, to bytes", 0.1),
    ("execute", "execute + serialise `Dash`", 0.15),
]
CURVE = [("execute", 20), ("execute-200", 200), ("execute-1000", 1000)]


class Contender:
    def __init__(self, name, command):
        self.name = name
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.repeats = {}

    def ask(self, *words):
        self.process.stdin.write(" ".join(map(str, words)) + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            raise SystemExit(f"{self.name} ended while it was asked for {words}")
        return answer.rstrip("\n")

    def warm(self, work, nanoseconds):
        """Runs `work` for a second at least and until its time no longer falls; finds how many runs make a sample."""
        best, repeats, total, stable = float("inf"), 1, 0, 0
        while total < WARM_NANOSECONDS or stable < 3:
            elapsed = int(self.ask("time", work, repeats))
            total += elapsed
            stable = 0 if elapsed / repeats < best * 0.98 else stable + 1
            best = min(best, elapsed / repeats)
            repeats = max(1, round(WARM_NANOSECONDS / 20 / best))
        self.repeats[work] = max(1, round(nanoseconds / best))

    def sample(self, work):
        """Microseconds of one run of `work`."""
        return int(self.ask("time", work, self.repeats[work])) / self.repeats[work] / 1000

    def stop(self):
        self.process.stdin.close()
        self.process.wait()


def medians(contenders, works, rounds=ROUNDS, nanoseconds=SAMPLE_NANOSECONDS):
    """{(contender, work): median µs}, taken in rounds."""
    samples = {}
    for work in works:
        for contender in contenders:
            contender.warm(work, nanoseconds)
        for _ in range(rounds):
            for contender in contenders:
                samples.setdefault((contender.name, work), []).append(contender.sample(work))
    return {key: statistics.median(values) for key, values in samples.items()}


def field_count(value):
    if isinstance(value, list):
        return sum(map(field_count, value))
    if isinstance(value, dict):
        return len(value) + sum(map(field_count, value.values()))
    return 0


def check_same_work(contenders):
    """Every contender must give the same data; returns how many fields that is."""
    results = [json.loads(contender.ask("show", "execute"))["data"] for contender in contenders]
    if any(result != results[0] for result in results):
        raise SystemExit("the contenders disagree on what `Dash` yields")
    own_types = []
    for contender in contenders:
        schema = json.loads(contender.ask("show", "introspect"))["data"]["__schema"]
        own_types.append({
            named["name"]: [field["name"] for field in named["fields"] or []]
            for named in schema["types"] if not named["name"].startswith("__")
        })
    if any(types != own_types[0] for types in own_types):
        raise SystemExit("the contenders disagree on the schema")
    return field_count(results[0])


def figure(microseconds):
    return f"{microseconds:,.2f} µs" if microseconds < 100 else f"{microseconds:,.0f} µs"


def ratio(value, wanted=None):
    if wanted is None:
        return f"{value:.3f}"
    return f"{value:.3f} {'≤' if value <= wanted else '>'} {wanted}"


def print_comparison(ours, javascript, python):
    found = medians([ours, javascript, python], [work for work, _, _ in COMPARED])
    print("| work | ours | graphql-js | graphql-core | ours / graphql-js | ours / graphql-core |")
    print("|---|---|---|---|---|---|")
    for work, title, wanted in COMPARED:
        own, js, py = (found[contender.name, work] for contender in (ours, javascript, python))
        print(f"| {title} | {figure(own)} | {figure(js)} | {figure(py)} | {ratio(own / js, wanted)} | {own / py:.4f} |")


def print_own(ours, fields):
    found = medians([ours], ["parse", "seen"])
    parse, seen = found[ours.name, "parse"], found[ours.name, "seen"]
    print(f"\nSeen before, text to plan: {seen * 1000:,.0f} ns; over parsing it: {ratio(seen / parse, 0.2)}")
    allocations, _ = map(int, ours.ask("count", "execute").split())
    print(f"Heap allocations for the {fields:,} fields of `Dash`: {allocations:,}; "
          f"per field: {ratio(allocations / fields, 0.05)}")


def print_curve(ours, javascript, fields):
    print("\n| fields | ours | per field | peak heap | per field | allocations | graphql-js | ours / graphql-js |")
    print("|---|---|---|---|---|---|---|---|")
    for work, projects in CURVE:
        found = medians([ours, javascript], [work], rounds=7, nanoseconds=1)
        own, js = found[ours.name, work], found[javascript.name, work]
        allocations, peak = map(int, ours.ask("count", work).split())
        count = (fields - 1) * projects // CURVE[0][1] + 1
        print(f"| {count:,} | {own / 1000:,.2f} ms | {own * 1000 / count:,.0f} ns | {peak / 1e6:,.2f} MB "
              f"| {peak / count:,.0f} B | {allocations:,} | {js / 1000:,.1f} ms | {own / js:.3f} |")


def machine():
    model = next(line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name"))
    load = " ".join(f"{value:.2f}" for value in os.getloadavg())
    return f"{os.cpu_count()} × {model}, load {load}"


def main():
    ours = Contender("ours", [sys.argv[1], str(FOLDER)])
    javascript = Contender("graphql-js", ["node", str(FOLDER / "worker.js")])
    python = Contender("graphql-core", [sys.executable, str(FOLDER / "worker.py")])
    fields = check_same_work([ours, javascript, python])
    print(f"Medians of {ROUNDS} alternating rounds; {machine()}\n")
    print_comparison(ours, javascript, python)
    print_own(ours, fields)
    print_curve(ours, javascript, fields)
    for contender in (ours, javascript, python):
        contender.stop()


main()
