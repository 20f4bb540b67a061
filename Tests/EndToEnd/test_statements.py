"""A query over all demo data issues at most one SQL statement per level and field. Postgres itself counts."""

import re
import time

import graphql
import pytest

import people
import postgres_log
from harness import AimageServer, wait_until

QUERY = """
query Everything($n: Int!) {
  projects(first: $n) {
    totalCount
    edges { node {
      id name
      owner { id name taskStatuses { name } taskPriorities { name } members(first: $n) { edges { node { name } } } }
      createdBy { id name }
      rpds(first: $n) { edges { node {
        id kind
        activeVersion { id title referenceAssets { id url } createdBy { name } }
        versions(first: $n) { edges { node { versionNumber isActive } } totalCount }
      } } }
      tasks(first: $n) { edges { node {
        id name
        status { name } priority { name } assignee { name email }
        subtasks(first: $n) { edges { node {
          id name
          content { version asset { url width height } createdBy { name } }
          activeReview { id }
          latestReview { id isLatest
            progress { outcomesFinished }
            createdBy { name }
            outcomes(first: $n) { edges { node { id status rpdVersion { title rpd { kind } } } } }
            findings(first: $n) { edges { node {
              id severity description area { x y width height }
              outcome { id status }
              rpdVersion { id title rpd { id kind } }
            } } totalCount }
          }
        } } }
        exports(first: $n) { edges { node { id status } } }
      } } }
    } }
  }
}
"""
# Parts of the row or page that holds them: no statement may be made for these.
STORED = {"edges", "node", "pageInfo", "area", "normalized"}
# Values that are no columns of the row that has them: what `@loaded` in schema.graphql says, and counts.
LOADED = {
    "totalCount", "isLatest", "isEdited", "email", "preferences", "viewerIsMember", "viewerIsAdmin", "viewerLikes"}


class StatementLog:
    """Lets Postgres write every statement to its log, and reads there what one request made it do."""

    def __init__(self, server: AimageServer):
        self.server = server

    def __enter__(self) -> "StatementLog":
        self._set("all")
        return self

    def __exit__(self, *_) -> None:
        self._set("none")

    def _set(self, value: str) -> None:
        with self.server.connect() as connection:
            connection.execute(f"alter system set log_statement = '{value}'")
            connection.execute("select pg_reload_conf()")
        wait_until(
            lambda: self.server.rows("show log_statement") == [(value,)], 10, "Postgres reading its configuration")
        # Each process of Postgres reads it between two statements.
        time.sleep(0.3)

    def of(self, action) -> list[str]:
        """The statements that the program sent while `action` ran."""
        entries = postgres_log.entries(self.server, action)
        statements = [re.search(r"\] aimage LOG:\s+(?:execute [^:]*|statement): (.*)", entry, re.DOTALL) for entry in entries]
        return [" ".join(match[1].split()) for match in statements if match]


def levels_and_fields(query: str) -> set[str]:
    """The pairs of a level and a field that may cost a statement: each place in the query that is no stored part."""
    places = set()

    def walk(selections, path: str) -> None:
        for field in selections.selections:
            if isinstance(field, graphql.InlineFragmentNode):
                walk(field.selection_set, path)
                continue
            place = f"{path}/{field.name.value}"
            is_loaded = field.selection_set is not None or field.name.value in LOADED
            if is_loaded and field.name.value not in STORED:
                places.add(place)
            if field.selection_set:
                walk(field.selection_set, place)

    walk(graphql.parse(query).definitions[0].selection_set, "")
    return places


@pytest.fixture(scope="module")
def quiet_server(demo_server) -> AimageServer:
    """The demo server once its reviews are done, without a worker: what is logged comes from requests."""
    wait_until(
        lambda: demo_server.rows("select count(*) from jobs where status in ('QUEUED', 'RUNNING')") == [(0,)],
        240, "the reviews of the demo data", interval=0.5)
    demo_server.interrupt()
    # Pages of a hundred in each other are what costs refuse; here it is about the statements that they would take.
    free = ("--max-field-cost", "1e15", "--max-type-cost", "1e15", "--rate-limit-user", "off")
    return demo_server.start(*demo_server.flags, "--without-worker", *free)


@pytest.fixture(scope="module")
def supervisor_of_demo(quiet_server):
    return people.SignIn(quiet_server)("supervisor")


def depth_of_answer(value, depth: int = 0) -> int:
    """How many objects lie inside each other."""
    if isinstance(value, dict):
        return max([depth_of_answer(each, depth + 1) for each in value.values()], default=depth)
    if isinstance(value, list):
        return max([depth_of_answer(each, depth) for each in value], default=depth)
    return depth


def test_the_demo_data_is_as_rich_as_promised(quiet_server, supervisor_of_demo):
    counts = dict(quiet_server.rows(
        "select 'projects', count(*) from projects union all select 'tasks', count(*) from tasks"
        " union all select 'kinds', count(distinct kind) from rpds"
        " union all select 'completed', count(*) from reviews where status = 'COMPLETED'"
        " union all select 'failed', count(*) from reviews where status = 'FAILED'"
        " union all select 'findings', count(*) from findings"))
    assert counts["projects"] >= 2 and counts["tasks"] >= 40 and counts["kinds"] == 6
    assert counts["completed"] >= 20 and counts["failed"] == 0 and counts["findings"] >= 100
    severities = {row[0] for row in quiet_server.rows("select distinct severity from findings")}
    assert severities == {"RISK", "ALERT", "SAFE"}
    projects = supervisor_of_demo.execute("{ projects(first: 9) { totalCount } }")["projects"]["totalCount"]
    assert projects == 2


@pytest.mark.parametrize(("name", "count"), [("partner", 1), ("studio", 1), ("stranger", 1), ("admin", 0), ("owner", 2)])
def test_each_person_of_the_demo_sees_their_projects_only(quiet_server, name, count):
    page = people.SignIn(quiet_server)(name).execute("{ projects(first: 9) { edges { node { name } } totalCount } }")
    assert page["projects"]["totalCount"] == len(page["projects"]["edges"])
    theirs = [edge["node"]["name"] for edge in page["projects"]["edges"] if "星詠み" in edge["node"]["name"]]
    assert len(theirs) == (1 if name in ("partner", "studio", "owner") else 0)
    if name in ("partner", "studio"):
        assert page["projects"]["totalCount"] == count


def test_a_query_over_all_demo_projects_makes_one_statement_per_level_and_field(quiet_server, supervisor_of_demo):
    places = levels_and_fields(QUERY)
    answers = {}

    def ask(count: int) -> None:
        answers[count] = supervisor_of_demo.execute(QUERY, {"n": count})

    ask(100)  # Connections are made and statements prepared once; that is not the query's.
    with StatementLog(quiet_server) as log:
        few = log.of(lambda: ask(12))
        many = log.of(lambda: ask(100))
    assert depth_of_answer(answers[100]) >= 5 * 2
    findings = str(answers[100]).count("'severity'")
    assert findings >= 100, "the query saw too little to prove anything"
    # One statement finds out who asks.
    assert 0 < len(many) <= 1 + len(places), (len(many), len(places), many)
    # How much there is does not matter.
    assert len(many) == len(few), (len(few), len(many))
    begun = time.monotonic()
    ask(100)
    assert time.monotonic() - begun < 5


def test_no_statement_is_made_twice(quiet_server, supervisor_of_demo):
    """A reviewer's name on a thousand findings is one statement for all of them."""
    query = """{ projects(first: 100) { edges { node { reviews(first: 100) { edges { node {
      findings(first: 100) { edges { node { rpdVersion { createdBy { name } } review { createdBy { name } } } } }
    } } } } } } }"""
    supervisor_of_demo.execute(query)
    with StatementLog(quiet_server) as log:
        statements = log.of(lambda: supervisor_of_demo.execute(query))
    assert 0 < len(statements) <= 1 + len(levels_and_fields(query)), statements
