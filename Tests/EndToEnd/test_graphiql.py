"""GraphiQL in a real browser: the page loads, the start query runs, a subscription is watched."""

import json
import re

import pytest
import requests

from browser import GraphiQL, browser
from scenario import Supervisor

WATCH = """subscription Watch {
  reviewProgress(reviewId: "%s") {
    eventId
    ... on ReviewStatusChanged { status }
    ... on ReviewFindingStored { finding { severity description } }
  }
}"""


@pytest.fixture(scope="module")
def page():
    with browser() as instance:
        yield instance


@pytest.fixture(scope="module")
def explorer(page, demo_server) -> GraphiQL:
    """The explorer of the demo server, signed in as the demo supervisor."""
    return GraphiQL(page, f"{demo_server.url}/graphiql")


def test_the_page_is_complete_and_forbids_what_it_does_not_need(demo_server):
    response = requests.get(f"{demo_server.url}/graphiql", timeout=10)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/html; charset=utf-8"
    assert response.headers["X-Frame-Options"] == "DENY"
    files = re.findall(r'(?:src|href)="(/graphiql/[^"]+)"', response.text)
    assert len(files) >= 4
    for file in files:
        answer = requests.get(demo_server.url + file, timeout=10)
        assert answer.status_code == 200 and len(answer.content) > 500, file
        assert answer.headers["Content-Type"].split(";")[0] in ("text/javascript", "text/css")
    assert "http://" not in re.sub(r"https?://www\.w3\.org\S*", "", response.text), "the page needs another host"
    assert requests.get(f"{demo_server.url}/", timeout=10, allow_redirects=False).headers["Location"] == "/graphiql"


def test_the_start_query_runs_as_the_demo_supervisor(explorer):
    assert explorer.query().lstrip().startswith("#")
    explorer.execute()
    text = explorer.wait_for_result("supervisor@demo.example", "星詠みのソラ")
    assert "errors" not in json.loads(text)
    assert explorer.page.problems == []


def test_the_schema_is_explored_through_introspection(explorer):
    explorer.page.wait_for(
        "(() => { const schema = document.querySelector('.query-editor .CodeMirror, .graphiql-query-editor .CodeMirror')"
        ".CodeMirror.options.lint?.schema; return !!schema && !!schema.getType('ReviewPointDefinition'); })()")


def test_a_subscription_receives_events_in_the_page(page, server, supervisor, reviewed):
    """On the server without demo data nobody is signed in: the token goes into the page's headers editor."""
    person = Supervisor(supervisor)
    review = person.start_review(reviewed.subtasks[0], reviewed.rpds)
    explorer = GraphiQL(page, f"{server.url}/graphiql")
    page.run(HEADERS % json.dumps(json.dumps(supervisor.headers)))
    explorer.write("{ viewer { email } }")
    explorer.execute()
    explorer.wait_for_result("supervisor@demo.example")
    assert person.review_events(review)


def test_a_subscription_is_watched_in_the_page(page, demo_server, explorer):
    finished = demo_server.rows(
        "select reviews.id from reviews join findings on findings.review_id = reviews.id"
        " where status = 'COMPLETED' limit 1")
    review = "Review_" + str(finished[0][0]).replace("-", "")
    explorer = GraphiQL(page, f"{demo_server.url}/graphiql")
    explorer.write(WATCH % review)
    explorer.execute()
    text = explorer.wait_for_result('"COMPLETED"', "eventId")
    assert "errors" not in text
    assert page.problems == []


# Opens the editor for headers and writes into it.
HEADERS = """(() => {
  const buttons = [...document.querySelectorAll('button')];
  buttons.find((button) => /headers/i.test(button.textContent))?.click();
  const editors = [...document.querySelectorAll('.CodeMirror')];
  const editor = editors.find((each) => each.closest('.secondary-editor, .graphiql-editor-tool'))?.CodeMirror
    ?? editors[2].CodeMirror;
  editor.setValue(%s);
})()"""
