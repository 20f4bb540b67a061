"""graphql-core on the benchmark's work; compare.py says what to do (see there for the protocol)."""

import json
import sys
import time
from pathlib import Path

from graphql import build_schema, execute_sync, parse, validate

FOLDER = Path(__file__).parent


def text(name):
    return (FOLDER / name).read_text()


class User:
    def __init__(self, number):
        self.id = f"user-{number}"
        self.name = f"監修者 {number}"
        self.email = f"user{number}@demo.example"


class Area:
    def __init__(self, x, y, width, height):
        self.x = x
        self.y = y
        self.width = width
        self.height = height


class Finding:
    def __init__(self, number):
        self.id = f"finding-{number}"
        self.description = f"The eyes differ from the reference by more than allowed ({number})"
        self.severity = "RISK" if number % 3 == 0 else "ALERT"
        self.suggestion = "Use the reference colour #3366cc" if number % 2 == 0 else None
        self.area = Area(float(number % 640), float(number % 480), 64.5, 48.25)


class Review:
    def __init__(self, number, findings):
        self.id = f"review-{number}"
        self.version = number % 7 + 1
        self.status = "COMPLETED"
        self.author = User(number % 10)
        self.findings = [Finding(number * 100 + index) for index in range(findings)]


class Project:
    def __init__(self, number, reviews, findings):
        self.id = f"project-{number}"
        self.name = f"Project number {number}"
        self.description = None if number % 3 == 0 else f"What the project {number} is about, in one sentence."
        self.owner = User(number)
        self.all_reviews = [Review(number * 100 + index, findings) for index in range(reviews)]

    def reviews(self, _info, first):
        return self.all_reviews[:first]


class Root:
    def __init__(self, count):
        self.all_projects = [Project(index, 5, 10) for index in range(count)]

    def projects(self, _info, first):
        return self.all_projects[:first]


SCHEMA = build_schema(text("schema.graphql"))
DASH_TEXT = text("dash.graphql")
INTROSPECTION_TEXT = text("introspection.graphql")
DASH = parse(DASH_TEXT)
ROOT = Root(20)


def to_bytes(result):
    return json.dumps(result.formatted, ensure_ascii=False, separators=(",", ":")).encode()


def introspect():
    document = parse(INTROSPECTION_TEXT)
    if validate(SCHEMA, document):
        raise ValueError("the introspection query is not valid")
    return to_bytes(execute_sync(SCHEMA, document))


WORK = {
    "parse": lambda: parse(DASH_TEXT),
    "validate": lambda: validate(SCHEMA, DASH),
    "prepare": lambda: validate(SCHEMA, parse(DASH_TEXT)),
    "introspect": introspect,
    "execute": lambda: to_bytes(execute_sync(SCHEMA, DASH, root_value=ROOT, variable_values={"n": 20})),
}


def measure(name, repeats):
    body = WORK[name]
    start = time.perf_counter_ns()
    for _ in range(repeats):
        body()
    return time.perf_counter_ns() - start


for line in sys.stdin:
    command, name, *rest = line.split()
    print(measure(name, int(rest[0])) if command == "time" else WORK[name]().decode(), flush=True)
