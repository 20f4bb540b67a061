"""The differences that are allowed, each with its reason and the section of the September 2025 edition.

The only reason is that graphql-core 3.2 follows another edition: it lacks what came after October 2021, and has some of
what came after September 2025. Every entry has samples of its own that must still differ: an entry that explains
nothing any more fails the test and has to go.
"""

import re
from dataclasses import dataclass

import reference


@dataclass
class Rule:
    """A rule of the edition that graphql-core has not: errors of ours with this message are set aside."""

    name: str
    section: str
    reason: str
    message: str
    schema: str
    query: str | None = None


RULES = [
    Rule("skip and include on a subscription's root field", "5.2.4.1 Single Root Field",
         "the edition forbids both directives in a subscription's root selection",
         r"must not use `@skip` or `@include` directives in the top level selection",
         "type Query { a: Int } type Subscription { s: Query }", "subscription { s @skip(if: false) { a } }"),
    Rule("operation type existence", "5.2.1.1 Operation Type Existence",
         "the edition has a rule for it; before, execution failed",
         r"^The \w+ operation is not supported by the schema",
         "type Query { a: Int }", "mutation { a }"),
    Rule("nullable variable in a oneOf input object that is non-null", "5.8.5 All Variable Usages Are Allowed",
         "the edition takes only non-null variables there; graphql-core looks only where the object may be null",
         r"must be non-nullable to be used for OneOf Input Object",
         "type Query { a(p: P!): Int } input P @oneOf { x: Int }", "query($v: Int = 1) { a(p: {x: $v}) }"),
    Rule("wrong default value in a schema", "3.6 Objects and 3.10 Input Objects, Type Validation",
         "the edition demands that a default value is one of its type", r"^The default of .* is invalid",
         "type Query { a(b: Int = true): Int }"),
    Rule("deprecated implementation of a field that is not", "3.6 Objects, Type Validation",
         "the edition forbids it", r"cannot be deprecated while",
         "type Query implements I { a: Int @deprecated } interface I { a: Int }"),
]


def explain(difference) -> str | None:
    """The name of the entry that explains the difference."""
    if difference.kind == "schema":
        messages = [issue["message"] for issue in difference.ours.get("issues", [])]
        names = [rule_of(message) for message in messages]
        return names[0] if names and all(names) and "schema" in difference.theirs else None
    if difference.kind == "request" and is_description(difference):
        return DESCRIPTION
    if difference.kind == "request" and difference.ours.get("refused") == "validation":
        named = [(rule_of(message), places) for message, places in difference.ours["messages"]]
        names = [name for name, _ in named if name]
        left = sorted({places for name, places in named if not name})
        same = not left
        if difference.theirs.get("refused") == "validation":
            # Once it has found such a directive, the engine does not count the fields that are left.
            counted = "top level field" if RULES[0].name in names else None
            theirs = {places for message, places in difference.theirs["messages"]
                      if not rule_of(message) and (counted is None or counted not in message)}
            same = difference.theirs["locations"] is None or sorted(theirs) == left
        return names[0] if names and same else None
    return None


# Section 2.2: since this edition a description may stand before most definitions. Where it describes none, the engine names
# what stands in the definition's place, graphql-core the description.
DESCRIPTION = "description that describes nothing"
DESCRIPTION_SAMPLE = ("type Query { a: Int }", '"text" nothing', {}, [])


def is_description(difference) -> bool:
    return difference.theirs.get("refused") == "parsing" and any(
        "only GraphQL definitions support descriptions" in message for message, _ in difference.theirs["messages"])


def rule_of(message: str) -> str | None:
    return next((rule.name for rule in RULES if re.search(rule.message, message)), None)


# Section 4.2 and 3.13.3: `@deprecated` on directive definitions, with `__Directive.isDeprecated`, comes after the edition
# and is in graphql-core already.
INTROSPECTION = "introspection types, and the places of @deprecated"


def without_newer_introspection(schema: dict) -> dict:
    """The introspection result without what only one of the two editions has."""
    return {**schema, "types": [t for t in schema["types"] if not t["name"].startswith("__")],
            "directives": [d for d in schema["directives"] if d["name"] != "deprecated"]}


def differs_in_introspection(comparison) -> bool:
    """Whether both kinds of what is left out still differ."""
    comparison.use_schema("type Query { a: Int }")
    sides = [comparison.probe.ask(query=reference.INTROSPECTION)["response"]["data"]["__schema"],
             reference.run(comparison.schema, reference.INTROSPECTION, {}, [])["data"]["__schema"]]
    fields = [{(t["name"], f["name"]) for t in s["types"] if t["name"].startswith("__") for f in t["fields"] or []} for s in sides]
    places = [{l for d in s["directives"] if d["name"] == "deprecated" for l in d["locations"]} for s in sides]
    return fields[0] != fields[1] and places[0] != places[1]


def check_samples(comparison, Difference) -> tuple[int, int]:
    """How many entries explain their sample, and how many do not."""
    passed, failed = (1, 0) if differs_in_introspection(comparison) else (0, 1)
    if failed:
        print(f"✘ the entry `{INTROSPECTION}` of differences.py does not explain its sample")
    world = [{"type": "Query", "fields": {}}]
    samples = [(r.name, (r.schema, r.query, {}, world)) for r in RULES] + [
        (DESCRIPTION, DESCRIPTION_SAMPLE)]
    for name, (schema, query, variables, world) in samples:
        try:
            if query is None:
                comparison.schema_verdict(schema)
            else:
                comparison.request(schema, query, variables, world)
            found = "no difference"
        except Difference as difference:
            found = explain(difference)
        if found == name:
            passed += 1
        else:
            failed += 1
            print(f"✘ the entry `{name}` of differences.py does not explain its sample: {found}")
    return passed, failed
