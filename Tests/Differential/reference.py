"""What graphql-core says: the same questions as Tests/EngineProbe answers, and answers of the same form."""

import json

from graphql import (ExecutionResult, GraphQLEnumType, GraphQLError, GraphQLInputObjectType, GraphQLSchema,
                     build_ast_schema, create_source_event_stream, get_introspection_query, get_named_type, parse,
                     validate, validate_schema)
from graphql.execution import ExecutionContext, execute
from graphql.language.ast import OperationType
from graphql.utilities import get_operation_ast
from graphql.validation import specified_rules

# A limit of graphql-core's own, no rule of the specification.
RULES = [rule for rule in specified_rules if rule.__name__ != "MaxIntrospectionDepthRule"]
INTROSPECTION = get_introspection_query(
    specified_by_url=True, directive_is_repeatable=True, schema_description=True, input_value_deprecation=True)


def parse_document(text: str):
    """graphql-core counts a byte order mark as a column; the engine, like editors, does not show it."""
    return parse(text.removeprefix("\ufeff"))


def locations(error: GraphQLError) -> tuple:
    return tuple((l.line, l.column) for l in error.locations or [])


def build(text: str):
    """The schema, or what is wrong as an answer."""
    try:
        document = parse_document(text)
    except GraphQLError as error:
        return None, {"syntax": locations(error)[0], "messages": [error.message]}
    try:
        schema = build_ast_schema(document)
        errors = validate_schema(schema) or self_references(schema)
    except (TypeError, GraphQLError) as error:
        return None, {"issues": True, "messages": [str(error)]}
    if errors:
        return None, {"issues": True, "messages": [e.message for e in errors]}
    return schema, {"schema": True}


def self_references(schema: GraphQLSchema) -> list[GraphQLError]:
    """The rule that graphql-core leaves out (section 3.13): a directive's definition does not come back to itself."""

    def used(node) -> list[str]:
        return [directive.name.value for directive in getattr(node, "directives", None) or []]

    def of_type(named, types: set) -> set:
        if named.name in types:
            return set()
        types.add(named.name)
        nodes = [named.ast_node, *(named.extension_ast_nodes or ())]
        found = {name for node in nodes if node for name in used(node)}
        if isinstance(named, GraphQLEnumType):
            found |= {name for value in named.values.values() if value.ast_node for name in used(value.ast_node)}
        if isinstance(named, GraphQLInputObjectType):
            for field in named.fields.values():
                found |= set(used(field.ast_node)) | of_type(get_named_type(field.type), types)
        return found

    edges = {}
    for directive in schema.directives:
        edges[directive.name] = set()
        for argument in directive.args.values():
            if argument.ast_node:
                edges[directive.name] |= set(used(argument.ast_node)) | of_type(get_named_type(argument.type), set())

    def reaches(name: str, goal: str, seen: set) -> bool:
        return any(n == goal or (n not in seen and not seen.add(n) and reaches(n, goal, seen)) for n in edges.get(name, ()))

    return [GraphQLError(f"@{name} refers to itself") for name in edges if reaches(name, name, set())]


class Objects:
    """Resolvers that read a world."""

    def __init__(self, world: list[dict]):
        self.world = world

    def resolve(self, source, info, **arguments):
        if isinstance(source, Event):
            value = source.value
        else:
            number = source if source is not None else self.root(info.parent_type.name)
            value = self.world[number]["fields"].get(info.field_name)
        if value == "arguments":
            return json.dumps(arguments)
        return self.given(value)

    def given(self, value):
        if isinstance(value, dict):
            if "error" in value:
                return Failure(value["error"])
            if "object" in value:
                return value["object"]
        if isinstance(value, list):
            return [self.given(item) for item in value]
        return value

    def root(self, type: str) -> int:
        return next(n for n, o in enumerate(self.world) if o["type"] == type)

    def type_of(self, value, info, abstract) -> str:
        return self.world[value]["type"]

    async def events(self, source, info, **arguments):
        value = self.world[self.root(info.parent_type.name)]["fields"].get(info.field_name)
        if isinstance(value, dict) and "error" in value:
            raise Failure(value["error"])
        return stream(value if isinstance(value, list) else [])


class Event:
    def __init__(self, value):
        self.value = value


class Failure(Exception):
    pass


async def stream(values):
    for value in values:
        yield Event(value)


def finish(coroutine):
    """Runs a coroutine that waits for nothing."""
    try:
        coroutine.send(None)
    except StopIteration as stop:
        return stop.value
    raise RuntimeError("it waits")


def run(schema: GraphQLSchema, query: str, variables: dict, world: list[dict]) -> dict:
    """Runs a request from its text to its response."""
    try:
        document = parse_document(query)
    except GraphQLError as error:
        return refusal("parsing", [error])
    try:
        errors = validate(schema, document, RULES, max_errors=100)
    except GraphQLError as error:
        # Its rule about the root field of subscriptions evaluates skip and include, variables or not.
        return {"refused": "validation", "locations": None, "messages": [(error.message, ())]}
    if errors:
        return refusal("validation", errors)
    objects = Objects(world)
    operation = get_operation_ast(document)
    context = ExecutionContext.build(
        schema, document, None, None, variables, None, objects.resolve, objects.type_of, objects.events)
    if isinstance(context, list):
        return refusal("preparation", context)
    if operation.operation == OperationType.SUBSCRIPTION:
        return subscribe(schema, document, variables, objects)
    return response(execute(
        schema, document, None, None, variables, None, objects.resolve, objects.type_of))


def subscribe(schema, document, variables, objects) -> dict:
    try:
        source = finish(create_source_event_stream(
            schema, document, variable_values=variables, subscribe_field_resolver=objects.events))
    except RuntimeError as error:
        # It takes the first root field of a subscription that has none left after skip and include.
        return {"refused": "preparation", "locations": None, "messages": [(str(error), ())]}
    if isinstance(source, ExecutionResult):
        return refusal("preparation", source.errors)
    responses = []
    while True:
        try:
            event = finish(source.__anext__())
        except StopAsyncIteration:
            return {"responses": responses}
        responses.append(response(execute(
            schema, document, event, None, variables, None, objects.resolve, objects.type_of)))


def refusal(stage: str, errors: list[GraphQLError]) -> dict:
    return {"refused": stage, "locations": sorted({locations(e) for e in errors}),
            "messages": [(e.message, locations(e)) for e in errors]}


def response(result: ExecutionResult) -> dict:
    errors = [(tuple(e.path or ()), locations(e)) for e in result.errors or []]
    return {"data": result.data, "errors": sorted(errors, key=repr),
            "messages": [e.message for e in result.errors or []]}
