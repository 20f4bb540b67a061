"""Which pages may use the API: CORS, the guard against forged requests, headers that tell browsers what not to do."""

import pytest
import requests

from harness import ROOT

APP = "https://app.example"
OTHER = "https://evil.example"


@pytest.fixture(scope="module")
def server(new_module_server):
    environment = {"FRONTEND_ORIGINS": f"{APP}, http://localhost:3000"}
    return new_module_server(
        "--graphiql", str(ROOT / ".tools/graphiql"), "--public-url", "https://api.example", environment=environment
    ).start()


def preflight(server, origin: str, path: str = "/graphql", method: str = "POST") -> requests.Response:
    fields = {
        "Origin": origin, "Access-Control-Request-Method": method,
        "Access-Control-Request-Headers": "authorization,content-type",
    }
    return requests.options(server.url + path, headers=fields, timeout=10)


def test_a_named_origin_may_send_requests_with_cookies(server):
    answer = preflight(server, APP)
    assert answer.status_code == 204
    assert answer.headers["Access-Control-Allow-Origin"] == APP
    assert answer.headers["Access-Control-Allow-Credentials"] == "true"
    assert "POST" in answer.headers["Access-Control-Allow-Methods"]
    assert answer.headers["Access-Control-Allow-Headers"] == "authorization,content-type"
    assert int(answer.headers["Access-Control-Max-Age"]) > 0
    assert "Origin" in answer.headers["Vary"]


@pytest.mark.parametrize("origin", [OTHER, f"{APP}.evil.example", "http://app.example", "null"])
def test_other_origins_may_not_and_cannot_read_answers(server, origin):
    assert preflight(server, origin).status_code == 403
    answer = requests.post(
        server.graphql_url, json={"query": "{ __typename }"}, headers={"Origin": origin}, timeout=10)
    assert "Access-Control-Allow-Origin" not in answer.headers
    assert "Origin" in answer.headers["Vary"]


def test_a_named_origin_can_read_answers_refusals_included(server):
    for body in ({"query": "{ __typename }"}, {"query": "{"}):
        answer = requests.post(server.graphql_url, json=body, headers={"Origin": APP}, timeout=10)
        assert answer.headers["Access-Control-Allow-Origin"] == APP
    unknown = requests.get(server.url + "/nowhere", headers={"Origin": APP}, timeout=10)
    assert unknown.headers["Access-Control-Allow-Origin"] == APP


def test_uploads_have_a_preflight_too(server):
    assert preflight(server, APP, "/uploads/x", "PUT").headers["Access-Control-Allow-Methods"] == "PUT"


def test_a_request_that_a_form_could_have_made_is_refused(server):
    """A multipart body needs no preflight; the guard stands before whatever the transport makes of it."""
    files = {"operations": (None, '{"query":"{ __typename }"}'), "map": (None, "{}")}
    answer = requests.post(server.graphql_url, files=files, timeout=10)
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["extensions"]["code"] == "CSRF_PREVENTED"
    for field in ("apollo-require-preflight", "graphql-require-preflight", "x-apollo-operation-name",
                  "x-graphql-yoga-csrf"):
        assert field in answer.json()["errors"][0]["message"]
        passed = requests.post(server.graphql_url, files=files, headers={field: "1"}, timeout=10)
        assert "CSRF_PREVENTED" not in passed.text


@pytest.mark.parametrize("path", ["/graphql", "/graphiql", "/healthz", "/nowhere", "/graphiql/graphiql.min.js"])
def test_every_answer_says_what_browsers_must_not_do(server, path):
    headers = requests.get(server.url + path, timeout=10).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["Strict-Transport-Security"].startswith("max-age=")


def test_the_explorer_runs_no_script_but_its_own(server):
    policy = requests.get(server.url + "/graphiql", timeout=10).headers["Content-Security-Policy"]
    script = next(part for part in policy.split("; ") if part.startswith("script-src"))
    assert "'sha256-" in script and "unsafe" not in script
