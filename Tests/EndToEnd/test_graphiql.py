"""GraphiQL in a real browser: the page loads, the start query runs, a subscription is watched."""

import json
import re

import pytest
import requests

import people
from browser import EDITOR, GraphiQL, browser
from harness import wait_until
from scenario import nodes

WATCH_REVIEW = """subscription WatchReview {
  reviewProgress(reviewId: "%s") {
    eventId
    ... on ReviewStatusChanged { status }
    ... on ReviewFindingStored { finding { severity description } }
  }
}"""
WATCH_PROJECT = """subscription WatchProject {
  projectReviews(projectId: "%s") { eventId status review { id } }
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
    explorer.page.wait_for(f"!!{EDITOR}.options.lint?.schema?.getType('ReviewPointDefinition')")


def test_a_finished_review_is_watched_from_its_beginning(explorer, demo_server):
    wait_until(lambda: demo_server.rows(FINISHED), 120, "the first review of the demo data", interval=0.5)
    review = "Review_" + str(demo_server.rows(FINISHED)[0][0]).replace("-", "")
    explorer.write(WATCH_REVIEW % review, "WatchReview")
    explorer.execute()
    text = explorer.wait_for_result('"COMPLETED"', "reviewProgress")
    assert "errors" not in json.loads(text)
    assert explorer.page.problems == []


def test_a_subscription_shows_events_as_they_happen(explorer, demo_server):
    api = people.SignIn(demo_server)("supervisor")
    page = api.execute("""{ projects(first: 2) { edges { node { id name tasks(first: 100) { edges { node {
      subtasks(first: 1) { edges { node { id } } } } } } } } } }""")
    project = next(each for each in nodes(page["projects"]) if "星詠み" in each["name"])
    subtasks = [nodes(task["subtasks"])[0]["id"] for task in nodes(project["tasks"])]
    explorer.write(WATCH_PROJECT % project["id"], "WatchProject")
    explorer.execute()

    def has_event() -> bool:
        # The page has no sign that a subscription has begun; the first event is the sign.
        api.payload("startReview", "review { id }", {
            "subtaskId": subtasks.pop(), "selection": {"copyrightCheck": True}})
        return "projectReviews" in explorer.result()

    wait_until(has_event, 60, "an event on the page", interval=0.5)
    result = json.loads(explorer.result())
    assert "errors" not in result, result
    assert explorer.page.problems == []


FINISHED = """
select reviews.id from reviews join findings on findings.review_id = reviews.id
where reviews.status = 'COMPLETED' order by reviews.created_at limit 1
"""
