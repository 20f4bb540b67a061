"""10,000 idle subscribers and one event for all: who gets it, when, and what that costs. `scripts/bench fanout`."""

import argparse
import itertools
import json
import statistics
import subprocess
import sys

import psutil
from support import Supervisor, build_load, picture, start, supervisor

QUERY = "subscription { projectReviews(projectId: \\\"%s\\\") { eventId status review { id } } }"
# Some hundred kilobytes each, of which the slow reader asks for 64.
FLOOD = '{"query":"{ __schema { types { name description fields { name description type { name } } } } }"}'
# The promises of the issue: memory per idle subscription, and what a slow reader costs the others (noise apart).
LIMIT_BYTES = 16 * 1024
LIMIT_SLOWDOWN = 1.25


class Subscribers:
    """The load client with its sockets."""

    def __init__(self, server, count: int, token: str, project: str):
        init = json.dumps({"type": "connection_init", "payload": {"Authorization": f"Bearer {token}"}})
        subscribe = '{"id":"1","type":"subscribe","payload":{"query":"%s"}}' % (QUERY % project)
        self.process = subprocess.Popen(
            [str(build_load()), "fanout", str(server.port), str(count), FLOOD, init, subscribe], text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        assert self.process.stdout.readline() == f"ready {count}\n", "the load client failed"

    def tell(self, line: str) -> None:
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def become_slow(self) -> None:
        self.tell("slow")
        assert self.process.stdout.readline() == "slow\n", "the load client failed"

    def await_event(self, cause) -> dict:
        """Tells the client that the event is about to happen, causes it, and gives what the client saw."""
        self.tell("event")
        cause()
        return json.loads(self.process.stdout.readline())

    def close(self) -> None:
        self.process.stdin.close()
        self.process.wait(60)


def changes(api, subtask: str):
    """Functions each of which is one event of the project's reviews: one begins, it is cancelled, another begins, …"""
    for _ in itertools.count():
        review = None

        def begin():
            nonlocal review
            payload = api.payload(
                "startReview", "review { id }", {"subtaskId": subtask, "selection": {"copyrightCheck": True}})
            review = payload["review"]["id"]

        yield begin
        yield lambda: api.payload("cancelReview", "review { id }", {"reviewId": review})


def rounds(server, subscribers: Subscribers, causes, count: int) -> dict:
    """The medians of a few events."""
    process = psutil.Process(server.process.pid)
    results = []
    for cause in itertools.islice(causes, count):
        before = process.cpu_times()
        result = subscribers.await_event(cause)
        after = process.cpu_times()
        result["cpu_ms"] = round(1_000 * (after.user + after.system - before.user - before.system))
        assert result["received"] == result["expected"] and result["extra"] == 0, f"not one event for each: {result}"
        results.append(result)
    return {key: statistics.median(result[key] for result in results) for key in results[0]}


def run(server, api, count: int, events: int) -> dict:
    person = Supervisor(api)
    project = person.project("配信の試験")
    subtask = person.subtask(project, person.task(project, "課題"), "猫", picture())
    causes = changes(api, subtask)
    process = psutil.Process(server.process.pid)
    # What is made once and not per subscription is not counted: caches, plans, the allocator's pools.
    warm = Subscribers(server, min(100, count), api.token, project)
    rounds(server, warm, causes, 2)
    warm.close()
    before = process.memory_info().rss
    subscribers = Subscribers(server, count, api.token, project)
    # The subscriptions that were sent last are taken before any later request.
    api.post("{ viewer { id } }")
    memory = round((process.memory_info().rss - before) / count)
    plain = rounds(server, subscribers, causes, events)
    subscribers.become_slow()
    slow = rounds(server, subscribers, causes, events)
    subscribers.close()
    return {
        "subscribers": count, "bytes_per_subscription": memory, "event": plain, "event beside a slow reader": slow,
        "slowdown": round(slow["p99_ms"] / plain["p99_ms"], 2)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--subscribers", type=int, default=10_000)
    parser.add_argument("--events", type=int, default=8)
    options = parser.parse_args()
    # Without a worker, starting a review is one event and no other work.
    server = start("--without-worker", "--log-level", "warning")
    try:
        result = run(server, supervisor(server), options.subscribers, options.events)
    finally:
        server.remove()
    print(json.dumps(result, indent=2))
    if result["bytes_per_subscription"] > LIMIT_BYTES:
        sys.exit(f"a subscription takes more than {LIMIT_BYTES} bytes")
    if result["slowdown"] > LIMIT_SLOWDOWN:
        sys.exit("a slow reader costs the others time")


main()
