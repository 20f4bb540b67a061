"""10,000 idle subscribers and one event for all: who gets it, when, and what that costs. `scripts/bench fanout`."""

import argparse
import json
import os
import subprocess

import psutil
from support import Supervisor, build_load, picture, start, supervisor

QUERY = "subscription { projectReviews(projectId: \\\"%s\\\") { eventId status review { id } } }"
# The promise of the issue: memory per idle subscription.
LIMIT_BYTES = 16 * 1024


class Subscribers:
    """The load client with its sockets."""

    def __init__(self, server, count: int, token: str, project: str, is_slow: bool):
        init = json.dumps({"type": "connection_init", "payload": {"Authorization": f"Bearer {token}"}})
        subscribe = '{"id":"1","type":"subscribe","payload":{"query":"%s"}}' % (QUERY % project)
        self.process = subprocess.Popen(
            [str(build_load()), "fanout", str(server.port), str(count), init, subscribe], text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            env=os.environ | ({"LOAD_SLOW": "1"} if is_slow else {}))
        assert self.process.stdout.readline() == f"ready {count}\n", "the load client failed"

    def await_event(self, cause) -> dict:
        """Tells the client that the event is about to happen, causes it, and gives what the client saw."""
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        cause()
        return json.loads(self.process.stdout.readline())

    def close(self) -> None:
        self.process.stdin.close()
        self.process.wait(60)


def round_of(server, api, count: int, is_slow: bool) -> dict:
    project, subtask = material(api)
    process = psutil.Process(server.process.pid)
    before = process.memory_info().rss
    subscribers = Subscribers(server, count, api.token, project, is_slow)
    # The subscriptions that were sent last are taken before any later request.
    api.post("{ viewer { id } }")
    memory = (process.memory_info().rss - before) / count
    cpu = process.cpu_times()
    result = subscribers.await_event(lambda: begin_review(api, subtask))
    after = process.cpu_times()
    subscribers.close()
    result["bytes_per_subscription"] = round(memory)
    result["cpu_ms"] = round(1_000 * (after.user + after.system - cpu.user - cpu.system))
    return result


def material(api) -> tuple[str, str]:
    """A project with a subtask to review."""
    person = Supervisor(api)
    project = person.project("配信の試験")
    task = person.task(project, "課題")
    return project, person.subtask(project, task, "猫", picture())


def begin_review(api, subtask: str) -> None:
    payload = api.payload("startReview", "review { id }", {"subtaskId": subtask, "selection": {"copyrightCheck": True}})
    assert payload["review"], payload


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--subscribers", type=int, default=10_000)
    options = parser.parse_args()
    # Without a worker, starting a review is one event and no other work.
    server = start("--without-worker")
    try:
        api = supervisor(server)
        # The first round pays for what is made once: caches, plans, the allocator's pools.
        round_of(server, api, 100, is_slow=False)
        plain = round_of(server, api, options.subscribers, is_slow=False)
        slow = round_of(server, api, options.subscribers, is_slow=True)
    finally:
        server.remove()
    print(json.dumps({"plain": plain, "one slow reader": slow}, indent=2))
    assert plain["received"] == plain["expected"] and slow["received"] == slow["expected"], "somebody got nothing"
    assert plain["bytes_per_subscription"] <= LIMIT_BYTES, "a subscription takes too much memory"


main()
