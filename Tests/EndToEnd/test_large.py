"""Two hundred thousand tasks and a million findings: every list is served by an index, every screen by few statements."""

import pathlib
import time

import graphql
import pytest

from api import Api
from harness import ROOT, AimageServer
from plans import PlanLog, sorts_of
from test_isolation import objects_in
from test_statements import levels_and_fields

ADMIN = "user0@large.example"
# The longest page that anybody can ask for.
PAGE = 100
# The first test fills the database, and the longest asks each order of each list from all sides.
pytestmark = pytest.mark.timeout(1_200)
# More rows than this are not read for a page, whatever they are read for.
READ = 10 * PAGE
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


# From how many objects of a type others are looked for, and how many each of them leads to.
CANDIDATES = 40
LED_TO = 20


def discovered(admin: Api, schema: graphql.GraphQLSchema) -> dict[str, list[str]]:
    """Objects of every type that can be reached from the root over lists and references."""
    node = schema.type_map["Node"]
    known: dict[str, list[str]] = {}
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
                parts.append(f"{name}(first: {LED_TO}) {{ edges {{ node {{ __typename id }} }} }}")
            elif graphql.is_object_type(target) and node in target.interfaces:
                parts.append(f"{name} {{ __typename id }}")
        if not parts:
            continue
        fields = " ".join(parts)
        query = f"query($ids: [ID!]!) {{ nodes(ids: $ids) {{ ... on {type_name} {{ {fields} }} }} }}" if type_name else f"{{ {fields} }}"
        given = {"ids": known[type_name][:CANDIDATES]} if type_name else {}
        for found_type, ids in objects_in(admin.execute(query, given), {}).items():
            if found_type not in known:
                waiting.append(found_type)
            known[found_type] = list(dict.fromkeys([*known.get(found_type, []), *sorted(ids)]))
    return known


# What is for system admins only, who see no projects: its lists are asked by one.
SYSTEM = {"Query.auditLog"}
# Lists that are put together: each project, the organisation and what is for everybody give a page, and these are sorted.
MERGED = {"Query.knowledge": 42}


@pytest.fixture(scope="module")
def system_admin(large_server) -> Api:
    with large_server.connect() as connection:
        connection.execute("update users set role = 'ADMIN' where email = 'user1@large.example'")
    return Api(large_server, large_server.token("user1@large.example"))


class LargeList:
    """A list of the schema in an object that has something in it; with `filter` what fits it."""

    def __init__(
        self, admin: Api, schema: graphql.GraphQLSchema, type_name: str, field_name: str, ids: list[str], filter: str = "",
    ):
        self.admin = admin
        self.filter = f"filter: {filter}, " if filter else ""
        self.name = f"{type_name}.{field_name} {filter}".rstrip()
        self.field_name = field_name
        field = schema.type_map[type_name].fields[field_name]
        order = field.args.get("orderBy")
        self.orders = list(order.type.fields["field"].type.of_type.values) if order else []
        self.node = graphql.get_named_type(field.type).fields["edges"].type.of_type.of_type.of_type.fields["node"].type.of_type
        self.around = "{ %s }"
        if ids:
            full = next((id for id in ids if self.is_full(type_name, id)), None)
            assert full, f"{self.name} has nothing in it anywhere"
            self.around = "{ node(id: \"" + full + "\") { ... on " + type_name + " { %s } } }"

    def is_full(self, type_name: str, id: str) -> bool:
        page = self.admin.execute(
            f"{{ node(id: \"{id}\") {{ ... on {type_name} {{ list: {self.field_name}({self.filter}first: 1) {{ edges {{ cursor }} }} }} }} }}")
        return bool(page["node"] and page["node"]["list"] and page["node"]["list"]["edges"])

    def ask(self, arguments: str, selection: str) -> list[dict]:
        """The edges of a page; none if only other things of it are selected."""
        data = self.admin.execute(self.around % f"list: {self.field_name}({self.filter}{arguments}) {{ {selection} }}")
        while "list" not in data:
            data = next(iter(data.values()))
        return data["list"].get("edges", [])


@pytest.fixture(scope="module")
def lists(admin, system_admin, schema) -> list[LargeList]:
    """Every list of the schema that needs no argument."""
    objects = discovered(admin, schema)
    return [
        LargeList(
            system_admin if f"{type_name}.{name}" in SYSTEM else admin, schema, type_name, name,
            objects.get(type_name, []))
        for type_name in [schema.query_type.name, *objects]
        for name, field in schema.type_map[type_name].fields.items()
        if is_connection(field.type) and is_optional(field)]


def page_faults(plans: PlanLog, found: LargeList, order: str = "", neighbors: str = "") -> tuple[list[str], int]:
    """What is wrong with the plans of a list's pages, from both ends and from the middle; and how many were seen."""
    page = f"edges {{ cursor node {{ id {neighbors} }} }} pageInfo {{ hasNextPage hasPreviousPage }}"
    faults, seen, edges = [], 0, []

    def look(arguments: str) -> None:
        nonlocal seen, edges
        for plan in plans.of(lambda: edges.append(found.ask(order + arguments, page))):
            seen += 1
            faults.extend(
                f"{found.name} {order}{arguments}: {fault}\n{plan['Query Text']}"
                for fault in plans.faults(plan, PAGE + 1, sorted=max(PAGE + 1, MERGED.get(found.name, 0) * 21), read=READ))

    look("first: 20")
    front = edges[0]
    assert front, f"{found.name} is empty"
    cursor = front[len(front) // 2]["cursor"]
    look(f"first: 20, after: \"{cursor}\"")
    look(f"last: 20, before: \"{cursor}\"")
    look("last: 20")
    return faults, seen


def test_no_list_reads_a_table_or_sorts_more_than_a_page(lists, plans):
    faults, seen = [], 0
    for found in lists:
        own, plans_seen = page_faults(plans, found)
        faults += own
        seen += plans_seen
        # To count is to read what there is; but of the list, not of the table. Of everything that was ever done that is all.
        if found.name in SYSTEM:
            continue
        for plan in plans.of(lambda: found.ask("first: 1", "totalCount")):
            faults.extend(f"{found.name} counted: {fault}\n{plan['Query Text']}" for fault in plans.faults(plan, PAGE + 1))
    assert seen > 150, "no plans were seen"
    assert not faults, "\n\n".join(faults)


def order_faults(plans: PlanLog, found: LargeList, direction: str) -> list[str]:
    """What is wrong with the plans of a list's pages in each of its orders, with the neighbors of each row, where rows know them."""
    faults = []
    for field in found.orders:
        order = f"orderBy: {{ field: {field}, direction: {direction} }}"
        neighbors = " ".join(
            f"{name}({order}) {{ id }}" for name in ("previous", "next") if name in found.node.fields and not found.filter)
        faults += page_faults(plans, found, order + ", ", neighbors)[0]
    return faults


@pytest.mark.parametrize("direction", ["ASCENDING", "DESCENDING"])
def test_every_order_of_every_list_has_its_index(direction, lists, plans):
    faults, seen = [], 0
    for found in lists:
        faults += order_faults(plans, found, direction)
        seen += len(found.orders)
    assert seen > 60, "no orders were seen"
    assert not faults, "\n\n".join(faults)


def test_every_order_of_every_list_can_be_read_without_sorting(lists, plans):
    faults, seen = [], set()
    with plans.sorting_only_if_it_must():
        for found in lists:
            for field in [] if found.name in MERGED else found.orders:
                for direction in ("ASCENDING", "DESCENDING"):
                    order = f"orderBy: {{ field: {field}, direction: {direction} }}, first: 20"
                    for plan in plans.of(lambda: found.ask(order, "edges { node { id } }")):
                        seen.add((found.name, field))
                        faults.extend(f"{found.name} {order}: {sort}\n{plan['Query Text']}" for sort in sorts_of(plan))
    # Each of these comes from several tables, or by way of another one.
    assert seen > {("Project.people", "NAME"), ("User.organizations", "NAME"), ("Subtask.heldFindings", "SEVERITY")}
    assert not faults, "\n\n".join(faults)


def test_facets_count_their_list_and_read_no_table(admin, schema, plans):
    faults, seen = [], set()
    for type_name, ids in discovered(admin, schema).items():
        for name, field in schema.type_map[type_name].fields.items():
            facets = graphql.get_named_type(field.type)
            if not facets.name.endswith("Facets"):
                continue
            for facet in facets.fields:
                query = f"{{ node(id: \"{ids[0]}\") {{ ... on {type_name} {{ {name} {{ {facet} {{ count }} }} }} }} }}"
                for plan in plans.of(lambda: admin.execute(query)):
                    # There are as many groups as there are values, not as many as fit a page.
                    faults.extend(
                        f"{type_name}.{name}.{facet}: {fault}\n{plan['Query Text']}" for fault in plans.faults(plan, READ))
                seen.add(facet)
    assert seen > {"statuses", "priorities", "assignees", "taskTags", "severities", "rpdKinds", "styles"}
    assert not faults, "\n\n".join(faults)


# One, two and more characters, Japanese and Latin: what everything has, what many have, what one has, and what none has; and
# of what everything has, what nothing has side by side.
SEARCHES = (
    "の", "襟", "設定", "制服", "瞳の色", "瞳の色 直して", "ロゴの比率", "#123456", "Ｔシャツ", "存在", "存在しない", "のを", "定直")
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


def delete_some(server: AimageServer) -> None:
    """A fifth of everything that can come back, evenly."""
    with server.connect() as connection:
        tables = connection.execute(
            """
            select table_name
            from information_schema.columns
            join pg_class on pg_class.oid = table_name::regclass
            where table_schema = 'public' and column_name = 'deleted_at' and relkind = 'r'
            """).fetchall()
        assert len(tables) > 5
        for [table] in tables:
            # What has no place among others any more does not keep its number.
            place = ", position = null" if table == "subtasks" else ""
            connection.execute(
                f"""
                update {table}
                set deleted_at = now() - random() * interval '7 days'{place}
                where hashtext(id::text) % 5 = 0
                """)
            connection.execute(f"analyze {table}")


def test_lists_of_what_is_deleted_have_their_indexes_too(large_server, admin, schema, plans):
    """The last test of the file, because nothing brings the rows back."""
    delete_some(large_server)
    objects = discovered(admin, schema)
    faults, seen = [], set()
    for type_name in [schema.query_type.name, *objects]:
        for name, field in schema.type_map[type_name].fields.items():
            filter = field.args.get("filter") if is_connection(field.type) and is_optional(field) else None
            if filter is None or "deleted" not in filter.type.fields:
                continue
            found = LargeList(admin, schema, type_name, name, objects.get(type_name, []), "{ deleted: ONLY }")
            faults += page_faults(plans, found)[0]
            # Pages from both ends read each index both ways.
            faults += order_faults(plans, found, "ASCENDING")
            for plan in plans.of(lambda: found.ask("first: 1", "totalCount")):
                faults.extend(f"{found.name} counted: {fault}\n{plan['Query Text']}" for fault in plans.faults(plan, PAGE + 1))
            seen.add(found.name.split()[0])
    assert seen > {"Query.projects", "Project.tasks", "Task.subtasks", "Project.rpds", "Project.ips", "Project.documents"}
    assert not faults, "\n\n".join(faults)
