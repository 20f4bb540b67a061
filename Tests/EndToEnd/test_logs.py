"""Log lines for programs: one JSON object each, and nobody's token in them."""

import json

import requests

import people
from api import Api


def test_each_event_is_one_json_object_without_tokens(new_server):
    server = new_server("--log-format", "json", "--log-level", "debug").start()
    people.settle(server)
    api = people.SignIn(server)("supervisor")
    assert api.post("{ viewer { id } }").status_code == 200
    requests.get(f"{server.url}/files/a?signature=verysecret", headers={"Authorization": "Bearer abc.def"}, timeout=10)
    Api(server).post("{ viewer { id } }")
    server.interrupt()
    lines = [line for line in server.log.read_text().splitlines() if line.startswith("{")]
    events = [json.loads(line) for line in lines]
    assert {"time", "level", "logger", "message"} <= set(events[0])
    requests_logged = [event for event in events if event["message"] == "request answered"]
    assert any(event["path"] == "/graphql" and event["status"] == "200" for event in requests_logged)
    assert all(event["request"] for event in requests_logged)
    text = "\n".join(lines)
    assert api.token not in text and "verysecret" not in text and "abc.def" not in text
