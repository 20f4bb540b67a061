"""Two hundred thousand tasks and a million findings: every list is served by an index, every screen by few statements."""

import pathlib
import time

import graphql
import pytest

from api import Api
from harness import ROOT, AimageServer
from plans import PlanLog
from test_isolation import objects_in
from test_statements import levels_and_fields

ADMIN = "user0@large.example"
# The longest page that anybody can ask for.
PAGE = 100
EXAMPLES = sorted((ROOT / "Examples/operations").glob("*.graphql"))
# What costs would refuse is asked here all the same: it is about what Postgres does.
FREE = ("--without-worker", "--max-field-cost", "1e15", "--max-type-cost", "1e15", "--rate-limit-user", "off")


@pytest.fixture(scope="module")
def large_server():
    server = AimageServer(*FREE).start()
    try:
        begun = time.monotonic()
        result = server.run("seed", "--data", str(server.data), "--scale", "large", timeout=600)
        assert result.returncode == 0, result.stderr
        print(f"seeded in {time.monotonic() - begun:.0f} s")
        yield server
    finally:
        server.remove()


@pytest.fixture(scope="module")
def admin(large_server) -> Api:
    return Api(large_server, large_server.token(ADMIN))


@pytest.fixture(scope="module")
def plans(large_server, admin) -> PlanLog:
    return PlanLog(large_server)


@pytest.fixture(scope="module")
def schema(admin) -> graphql.GraphQLSchema:
    return graphql.build_client_schema(admin.execute(graphql.get_introspection_query()))


def test_the_large_data_are_as_many_as_promised(large_server):
    [counts] = large_server.rows("select (select count(*) from tasks), (select count(*) from findings)")
    assert counts == (200_000, 1_000_000)


def is_connection(type) -> bool:
    return graphql.get_named_type(type).name.endswith("Connection")


def is_optional(field) -> bool:
    return not any(graphql.is_required_argument(argument) for argument in field.args.values())


def discovered(admin: Api, schema: graphql.GraphQLSchema) -> dict[str, str]:
    """An object of every type that can be reached from the root over lists and references."""
    node = schema.type_map["Node"]
    known: dict[str, str] = {}
    waiting: list[str | None] = [None]
    while waiting:
        type_name = waiting.pop()
        parent = schema.type_map[type_name] if type_name else schema.query_type
        parts = []
        for name, field in parent.fields.items():
            target = graphql.get_named_type(field.type)
            if not is_optional(field):
                continue
            if is_connection(target):
                parts.append(f"{name}(first: 1) {{ edges {{ node {{ __typename id }} }} }}")
            elif graphql.is_object_type(target) and node in target.interfaces:
                parts.append(f"{name} {{ __typename id }}")
        if not parts:
            continue
        fields = " ".join(parts)
        query = f"{{ node(id: \"{known[type_name]}\") {{ ... on {type_name} {{ {fields} }} }} }}" if type_name else f"{{ {fields} }}"
        for found_type, ids in objects_in(admin.execute(query), {}).items():
            if found_type not in known:
                known[found_type] = min(ids)
                waiting.append(found_type)
    return known


def lists(admin: Api, schema: graphql.GraphQLSchema) -> list[tuple[str, str]]:
    """Every list of the schema with a query around a field to be filled in."""
    objects = discovered(admin, schema)
    found = []
    for type_name in [schema.query_type.name, *objects]:
        for name, field in schema.type_map[type_name].fields.items():
            if is_connection(field.type) and is_optional(field):
                around = "{ %s }" if type_name == schema.query_type.name else (
                    f"{{ node(id: \"{objects[type_name]}\") {{ ... on {type_name} {{ %s }} }} }}")
                found.append((f"{type_name}.{name}", around.replace("%s", f"list: {name}(%s) {{ %s }}")))
    return found


def first_list(data):
    """The page in an answer, whatever is around it."""
    while "list" not in data:
        data = next(iter(data.values()))
    return data["list"]


# What is for system admins only, who see no projects: its lists are asked by one.
SYSTEM = {"Query.auditLog"}


@pytest.fixture(scope="module")
def system_admin(large_server) -> Api:
    with large_server.connect() as connection:
        connection.execute("update users set role = 'ADMIN' where email = 'user1@large.example'")
    return Api(large_server, large_server.token("user1@large.example"))


def test_no_list_reads_a_table_or_sorts_more_than_a_page(admin, system_admin, schema, plans):
    page = "edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage }"
    faults, seen = [], 0
    for name, query in lists(admin, schema):
        answer = {}
        asker = system_admin if name in SYSTEM else admin

        def ask(arguments: str, selection: str = page) -> None:
            answer["page"] = first_list(asker.execute(query % (arguments, selection)))

        def look(what: str, *parameters: str) -> None:
            nonlocal seen
            for plan in plans.of(lambda: ask(*parameters)):
                seen += 1
                faults.extend(f"{name} {what}: {fault}\n{plan['Query Text']}" for fault in plans.faults(plan, PAGE + 1))

        look("forwards", "first: 20")
        edges = answer["page"]["edges"]
        if edges:
            cursor = edges[len(edges) // 2]["cursor"]
            look("behind a cursor", f"first: 20, after: \"{cursor}\"")
            look("before a cursor", f"last: 20, before: \"{cursor}\"")
        look("backwards", "last: 20")
        # To count everything that was ever done is to read it.
        if name not in SYSTEM:
            look("counted", "first: 1", "totalCount")
    assert seen > 50, "no plans were seen"
    assert not faults, "\n\n".join(faults)


@pytest.mark.parametrize("field", ["CREATED_AT", "UPDATED_AT", "DUE_AT", "NAME", "BOARD"])
def test_every_order_of_tasks_has_its_index(field, admin, plans, variables):
    faults = []
    for direction in ("ASCENDING", "DESCENDING"):
        order = f"orderBy: {{ field: {field}, direction: {direction} }}"
        query = f"query($id: ID!, $after: String) {{ project(id: $id) {{ tasks(first: 20, after: $after, {order}) {{ edges {{ cursor node {{ id previous({order}) {{ id }} next({order}) {{ id }} }} }} }} }} }}"
        given = {"id": variables["project"]}
        edges = admin.execute(query, given)["project"]["tasks"]["edges"]
        for cursor in (None, edges[10]["cursor"]):
            for plan in plans.of(lambda: admin.execute(query, given | {"after": cursor})):
                faults.extend(
                    f"{direction}: {fault}\n{plan['Query Text']}" for fault in plans.faults(plan, PAGE + 1, sorted=PAGE + 1))
    assert not faults, "\n\n".join(faults)


# One, two and more characters, Japanese and Latin: what everything has, what many have, what one has, and what none has.
SEARCHES = ("の", "襟", "設定", "制服", "瞳の色", "瞳の色 直して", "ロゴの比率", "#123456", "Ｔシャツ", "存在", "存在しない")
SEARCH = """
query($query: String!, $projectId: ID, $types: [SearchType!], $first: Int, $after: String, $last: Int) {
  search(query: $query, projectId: $projectId, types: $types, first: $first, after: $after, last: $last) {
    edges { cursor node { match object { __typename ... on Node { id } } } }
  }
}
"""
COUNT = "query($query: String!, $types: [SearchType!]) { search(query: $query, types: $types) { totalCount } }"


@pytest.mark.parametrize("text", SEARCHES)
def test_a_search_reads_no_table_and_sorts_no_more_than_a_page(text, admin, plans):
    [edge] = admin.execute("{ projects(first: 1) { edges { node { id } } } }")["projects"]["edges"]
    faults, found = [], {}
    # What is in every name is in no text beside names: only reading all of them shows it.
    discarded = None if text == "の" else 1_000

    def look(what: str, query: str = SEARCH, **variables) -> None:
        begun = time.monotonic()
        executed = plans.of(lambda: found.update(admin.execute(query, {"query": text} | variables)))
        print(f"{text} {what}: {len(executed)} statements, {(time.monotonic() - begun) * 1000:.0f} ms")
        assert executed, "no plans were seen"
        for plan in executed:
            faults.extend(
                f"{text} {what}: {fault}\n{plan['Query Text']}"
                for fault in plans.faults(plan, PAGE + 1, discarded=discarded))

    for types in (None, ["FINDING"], ["TASK"]):
        look(f"among {types}", types=types)
        edges = found["search"]["edges"]
        if edges:
            look(f"behind a cursor among {types}", types=types, after=edges[len(edges) // 2]["cursor"])
        look(f"backwards among {types}", types=types, last=20)
        look(f"counted among {types}", COUNT, types=types)
    look("in a project", projectId=edge["node"]["id"])
    assert not faults, "\n\n".join(faults)


@pytest.fixture(scope="module")
def variables(admin) -> dict[str, str]:
    """Values for the examples: a project, a material that has been reviewed with its task, and words to look for."""
    [edge] = admin.execute("{ projects(first: 1) { edges { node { id reviews(first: 1) { edges { node { subtask { id task { id } } } } } } } } }")[
        "projects"]["edges"]
    subtask = edge["node"]["reviews"]["edges"][0]["node"]["subtask"]
    return {
        "project": edge["node"]["id"], "subtask": subtask["id"], "task": subtask["task"]["id"], "words": "瞳の色"}


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_a_screen_is_one_operation_of_few_statements(path: pathlib.Path, admin, plans, variables, schema):
    text = path.read_text()
    document = graphql.parse(text)
    assert not graphql.validate(schema, document)
    names = {variable.variable.name.value for variable in document.definitions[0].variable_definitions}
    given = {name: value for name, value in variables.items() if name in names}
    answer = admin.execute(text, given)
    assert all(value is not None for value in answer.values()), answer
    found = plans.of(lambda: admin.execute(text, given))
    begun = time.monotonic()
    admin.execute(text, given)
    print(f"{path.stem}: {len(found)} statements, {(time.monotonic() - begun) * 1000:.0f} ms")
    # One statement finds out who asks; members are for members only, which is looked up for itself.
    places = levels_and_fields(text)
    assert 0 < len(found) <= 1 + len(places) + sum(place.endswith("/members") for place in places)
    faults = [fault for plan in found for fault in plans.faults(plan, 10 * PAGE)]
    assert not faults, faults


def test_there_is_an_example_to_run():
    assert len(EXAMPLES) >= 8
