"""The engine's answers in the form of reference.py's, and what two answers differ in."""

import json

from graphql import GraphQLSchema, parse, parse_type, parse_value, type_from_ast, value_from_ast
from graphql.language.ast import Node


def locations(error: dict) -> tuple:
    return tuple((l["line"], l["column"]) for l in error.get("locations", []))


def answer(probe: dict) -> dict:
    """What the probe answered to a request."""
    if "responses" in probe:
        return {"responses": [response(r) for r in probe["responses"]]}
    if "refused" in probe:
        errors = probe["response"]["errors"]
        return {"refused": probe["refused"], "locations": sorted({locations(e) for e in errors}),
                "messages": [(e["message"], locations(e)) for e in errors]}
    return response(probe["response"])


def response(body: dict) -> dict:
    errors = [(tuple(e.get("path", ())), locations(e)) for e in body.get("errors", [])]
    return {"data": body["data"], "errors": sorted(errors, key=repr),
            "messages": [e["message"] for e in body.get("errors", [])]}


def difference(ours, theirs, path: str = "") -> str | None:
    """The first difference of two answers; numbers are equal by value, members have an order, messages don't count."""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        if not path.startswith(".data"):
            ours = {k: v for k, v in ours.items() if k != "messages"}
            theirs = {k: v for k, v in theirs.items() if k != "messages"}
        if list(ours) != list(theirs):
            return f"{path}: members {list(ours)}, not {list(theirs)}"
        return next(filter(None, (difference(ours[k], theirs[k], f"{path}.{k}") for k in ours)), None)
    if isinstance(ours, (list, tuple)) and isinstance(theirs, (list, tuple)):
        if len(ours) != len(theirs):
            return f"{path}: {ours}, not {theirs}"
        return next(filter(None, (difference(a, b, f"{path}[{i}]") for i, (a, b) in enumerate(zip(ours, theirs)))), None)
    if isinstance(ours, str) and isinstance(theirs, str) and ours != theirs and ours[:1] == theirs[:1] == "{":
        # Arguments that a field echoes: equal as JSON, in any order.
        ours, theirs = sort(json.loads(ours)), sort(json.loads(theirs))
        return difference(ours, theirs, path + ".arguments")
    numbers = (int, float)
    if isinstance(ours, numbers) and isinstance(theirs, numbers) and not isinstance(ours, bool) and not isinstance(
            theirs, bool):
        return None if ours == theirs else f"{path}: {ours}, not {theirs}"
    return None if type(ours) is type(theirs) and ours == theirs else f"{path}: {ours!r}, not {theirs!r}"


def sort(value):
    if isinstance(value, dict):
        return {k: sort(value[k]) for k in sorted(value)}
    return [sort(v) for v in value] if isinstance(value, list) else value


def meaning(node):
    """A document without locations and without the way in which its strings were written."""
    if isinstance(node, Node):
        return (node.kind, {k: meaning(getattr(node, k)) for k in node.keys if k not in ("loc", "block")})
    if isinstance(node, (list, tuple)):
        return [meaning(n) for n in node]
    return node


def same_document(left: str, right: str) -> str | None:
    """Whether two texts are the same document."""
    a, b = meaning(parse(left)), meaning(parse(right))
    return None if a == b else "another document"


BUILT_IN = {"Int", "Float", "String", "Boolean", "ID", "skip", "include", "deprecated", "specifiedBy", "oneOf"}


def introspection(data: dict, schema: GraphQLSchema) -> dict:
    """The result of the introspection query, in one order, with default values by their meaning.

    Without the descriptions of what is built in: each side has its own words.
    """
    result = dict(data["__schema"])
    result["types"] = sorted((one_type(t, schema) for t in result["types"]), key=lambda t: t["name"])
    result["directives"] = sorted(
        (without_text({**d, "args": values(d["args"], schema), "locations": sorted(d["locations"])})
         for d in result["directives"]), key=lambda d: d["name"])
    return result


def one_type(type: dict, schema: GraphQLSchema) -> dict:
    type = dict(type)
    if type["possibleTypes"]:
        type["possibleTypes"] = sorted(type["possibleTypes"], key=lambda t: t["name"])
    if type["fields"]:
        type["fields"] = [{**f, "args": values(f["args"], schema)} for f in type["fields"]]
    if type["inputFields"]:
        type["inputFields"] = values(type["inputFields"], schema)
    return without_text(type)


def without_text(element: dict) -> dict:
    is_ours = element["name"] not in BUILT_IN and not element["name"].startswith("__")
    return element if is_ours else without_descriptions(element)


def without_descriptions(value):
    if isinstance(value, dict):
        return {k: without_descriptions(v) for k, v in value.items() if k != "description"}
    return [without_descriptions(v) for v in value] if isinstance(value, list) else value


def values(definitions: list[dict], schema: GraphQLSchema) -> list[dict]:
    return [{**d, "defaultValue": d["defaultValue"] and constant(d, schema)} for d in definitions]


def constant(definition: dict, schema: GraphQLSchema):
    """A default value as its type takes it: graphql-core writes down what it has coerced."""
    type = type_from_ast(schema, parse_type(written(definition["type"])))
    return [sort(value_from_ast(parse_value(definition["defaultValue"]), type))]


def written(type: dict) -> str:
    if type["kind"] == "NON_NULL":
        return written(type["ofType"]) + "!"
    return f"[{written(type['ofType'])}]" if type["kind"] == "LIST" else type["name"]
