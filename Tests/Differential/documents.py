"""Random documents, variables and worlds for a schema: mostly valid and right, wrong here and there."""

import json
import random

from graphql import (GraphQLEnumType, GraphQLInputObjectType, GraphQLList, GraphQLNonNull, GraphQLSchema, Undefined,
                     get_named_type, is_abstract_type, is_composite_type, is_leaf_type, is_list_type,
                     is_non_null_type, is_object_type)


class DocumentMaker:
    """Makes one document; `text()` gives it, `variables` the types of its variables."""

    def __init__(self, random: random.Random, schema: GraphQLSchema):
        self.random = random
        self.schema = schema
        self.composites = [t for n, t in schema.type_map.items() if is_composite_type(t) and not n.startswith("__")]
        self.variables: dict[str, str] = {}
        self.definitions: list[str] = []
        self.fragments: list[str] = []
        self.open_fragments: list[tuple[str, str]] = []
        self.used = 0
        self.budget = random.choice([3, 6, 10, 18])

    def chance(self, probability: float) -> bool:
        return self.random.random() < probability

    def fresh(self, prefix: str) -> str:
        self.used += 1
        return f"{prefix}{self.used}"

    # Values --------------------------------------------------------------------------------------------------------

    def value(self, type, depth: int = 0, constant: bool = False, has_default: bool = False) -> str:
        """A literal, or at times a variable, of an input type."""
        if not constant and self.chance(0.3 if depth == 0 else 0.15):
            return self.variable(type, has_default)
        if is_non_null_type(type):
            return self.literal(type.of_type, depth, constant)
        return "null" if self.chance(0.08) else self.literal(type, depth, constant)

    def variable(self, type, has_default: bool) -> str:
        fitting = [name for name, text in self.variables.items() if text == str(type)]
        if fitting and self.chance(0.5):
            return "$" + self.random.choice(fitting)
        name = self.fresh("v")
        text, default = str(type), None
        if is_non_null_type(type) and (has_default or self.chance(0.3)):
            text = str(type.of_type)
            if not has_default or self.chance(0.5):
                default = self.literal(type.of_type, 1, True)
        elif not is_non_null_type(type) and self.chance(0.2):
            text += "!"
        elif self.chance(0.2):
            default = self.value(type, 1, True)
        self.variables[name] = text
        directives = self.directives("VARIABLE_DEFINITION", True)
        self.definitions.append(f"${name}: {text}" + (f" = {default}" if default else "") + directives)
        return "$" + name

    def literal(self, type, depth: int, constant: bool) -> str:
        r = self.random
        if isinstance(type, GraphQLNonNull):
            type = type.of_type
        if isinstance(type, GraphQLList):
            if self.chance(0.15) and not is_list_type(getattr(type.of_type, "of_type", type.of_type)):
                return self.literal(type.of_type, depth, constant)
            return "[" + ", ".join(self.value(type.of_type, depth + 1, constant) for _ in range(r.randint(0, 2))) + "]"
        if isinstance(type, GraphQLEnumType):
            return r.choice(list(type.values))
        if isinstance(type, GraphQLInputObjectType):
            return self.object_literal(type, depth, constant)
        return {
            "Int": lambda: str(r.choice([0, 1, -7, 2147483647])),
            "Float": lambda: r.choice(["0.5", "-1.25e3", "3", "1E-2"]),
            "String": lambda: r.choice(['"text"', '""', '"q\\"\\u00e9\\n"', '"""block\n    more"""', '"日本"']),
            "Boolean": lambda: r.choice(["true", "false"]),
            "ID": lambda: r.choice(['"id"', "12"]),
        }.get(type.name, lambda: r.choice(["1", '"s"', "true", "[1, 2]", "{a: 1}", "WORD", "2.5"]))()

    def object_literal(self, type, depth: int, constant: bool) -> str:
        fields = list(type.fields.items())
        if getattr(type, "is_one_of", False):
            name, field = self.random.choice(fields)
            return f"{{{name}: {self.value(GraphQLNonNull(field.type), depth + 1, constant)}}}"
        parts = []
        for name, field in fields:
            required = is_non_null_type(field.type) and field.default_value is Undefined
            if required or (depth < 2 and self.chance(0.4)):
                has_default = field.default_value is not Undefined
                parts.append(f"{name}: {self.value(field.type, depth + 1, constant, has_default)}")
        self.random.shuffle(parts)
        return "{" + ", ".join(parts) + "}"

    def arguments(self, definitions, constant: bool = False) -> str:
        parts = []
        for name, argument in definitions.items():
            required = is_non_null_type(argument.type) and argument.default_value is Undefined
            if required or self.chance(0.5):
                has_default = argument.default_value is not Undefined
                parts.append(f"{name}: {self.value(argument.type, 0, constant, has_default)}")
        self.random.shuffle(parts)
        return "(" + ", ".join(parts) + ")" if parts else ""

    def directives(self, location: str, constant: bool = False) -> str:
        text = ""
        if location in ("FIELD", "FRAGMENT_SPREAD", "INLINE_FRAGMENT") and self.chance(0.12):
            condition = self.random.choice(["true", "false"])
            if self.chance(0.4):
                condition = self.variable(GraphQLNonNull(self.schema.type_map["Boolean"]), False)
            text += f" @{self.random.choice(['skip', 'include'])}(if: {condition})"
        for directive in self.schema.directives:
            if directive.name.startswith("d") and location in [l.name for l in directive.locations]:
                for _ in range(2 if directive.is_repeatable else 1):
                    if self.chance(0.08) and directive.name != "deprecated":
                        text += f" @{directive.name}{self.arguments(directive.args, constant)}"
        return text

    # Selections ----------------------------------------------------------------------------------------------------

    def selections(self, type, depth: int) -> str:
        parts = [self.selection(type, depth) for _ in range(self.random.randint(1, 4))]
        return "{ " + " ".join(parts) + " }"

    def overlapping(self, type):
        possible = set(self.possible(type))
        return [t for t in self.composites if possible & set(self.possible(t))]

    def possible(self, type):
        return self.schema.get_possible_types(type) if is_abstract_type(type) else [type]

    def selection(self, type, depth: int) -> str:
        self.budget -= 1
        fragment_chance = 0.45 if is_abstract_type(type) else 0.15
        if depth < 5 and self.budget > 0 and self.chance(fragment_chance):
            return self.fragment(type, depth)
        fields = getattr(type, "fields", {})
        if self.chance(0.1) or not fields:
            return self.random.choice(["__typename", f"{self.fresh('a')}: __typename"])
        leaves = {n: f for n, f in fields.items() if not is_composite_type(get_named_type(f.type))}
        if depth >= 5 or self.budget <= 0:
            if not leaves:
                return "__typename"
            fields = leaves
        name = self.random.choice(list(fields))
        return self.field(name, fields[name], depth)

    def field(self, name: str, field, depth: int) -> str:
        arguments = self.arguments(field.args)
        named = get_named_type(field.type)
        # Equal response names with other arguments conflict: seldom on purpose.
        alias = f"{self.fresh('a')}: " if self.chance(0.92 if arguments else 0.25) else ""
        if self.chance(0.01):
            alias = f"a{self.random.randint(1, 4)}: "
        below = " " + self.selections(named, depth + 1) if is_composite_type(named) else ""
        return f"{alias}{name}{arguments}{self.directives('FIELD')}{below}"

    def fragment(self, type, depth: int) -> str:
        others = self.overlapping(type) or [type]
        condition = self.random.choice(others)
        if self.chance(0.4):
            on = f" on {condition.name}" if self.chance(0.85) else ""
            inner = condition if on else type
            return f"...{on}{self.directives('INLINE_FRAGMENT')} {self.selections(inner, depth + 1)}"
        fitting = [n for n, t in self.open_fragments if t in {o.name for o in others}]
        if fitting and self.chance(0.4):
            return f"...{self.random.choice(fitting)}{self.directives('FRAGMENT_SPREAD')}"
        name = self.fresh("F")
        body = self.selections(condition, depth + 1)
        head = f"fragment {name} on {condition.name}{self.directives('FRAGMENT_DEFINITION')}"
        self.fragments.append(f"{head} {body}")
        self.open_fragments.append((name, condition.name))
        return f"...{name}{self.directives('FRAGMENT_SPREAD')}"

    # The whole -----------------------------------------------------------------------------------------------------

    def operation(self, kind: str, named: bool) -> str:
        root = {"query": self.schema.query_type, "mutation": self.schema.mutation_type,
                "subscription": self.schema.subscription_type}[kind]
        self.definitions = []
        self.variables = {}
        if kind == "subscription":
            name = self.random.choice(list(root.fields))
            body = "{ " + self.field(name, root.fields[name], 0) + " }"
            if self.chance(0.1):
                body = self.selections(root, 0)
        else:
            body = self.selections(root, 0)
            if kind == "query" and self.chance(0.04):
                name = self.random.choice([n for n in self.schema.type_map if not n.startswith("__")])
                body = body[:-1] + f'{self.fresh("a")}: __type(name: "{name}") {{ kind name fields {{ name }} }} }}'
        directives = self.directives(kind.upper())
        variables = f"({', '.join(self.definitions)})" if self.definitions else ""
        if kind == "query" and not named and not variables and not directives and self.chance(0.7):
            return body
        return f"{kind}{' ' + self.fresh('O') if named or self.chance(0.3) else ''}{variables}{directives} {body}"

    def text(self) -> str:
        kinds = ["query"] * 4
        if self.schema.mutation_type:
            kinds += ["mutation"] * 2
        if self.schema.subscription_type:
            kinds += ["subscription"] * 2
        operations = [self.operation(self.random.choice(kinds), False)]
        self.all_variables = dict(self.variables)
        if self.chance(0.06):
            self.open_fragments = []
            operations[0] = self.operation(self.random.choice(kinds), True)
            self.all_variables = dict(self.variables)
            self.open_fragments = []
            operations.append(self.operation(self.random.choice(kinds), True))
        definitions = operations + self.fragments
        if self.chance(0.3):
            self.random.shuffle(definitions)
        separator = self.random.choice(["\n", "\n", "\r\n", " # comment\n", ",", "\n\n"])
        return separator.join(definitions)


# Variables -------------------------------------------------------------------------------------------------------------

def make_variables(random: random.Random, schema: GraphQLSchema, types: dict[str, str], wrong: bool) -> dict:
    """Values by name; wrong ones now and then if `wrong` says so."""
    from graphql import parse_type, type_from_ast

    values = {}
    for name, text in types.items():
        type = type_from_ast(schema, parse_type(text))
        if not text.endswith("!") and random.random() < 0.25 or wrong and random.random() < 0.05:
            continue
        values[name] = make_value(random, type, 0.12 if wrong else 0, 0)
    if random.random() < 0.05:
        values["unasked"] = 1
    return values


def make_value(random: random.Random, type, wrong: float, depth: int):
    """A JSON value for an input type."""
    if random.random() < wrong:
        return random.choice([None, True, 1, 1.5, 3000000000, 1.0, "text", "", [], [1], {}, {"a": 1}, {"i0": 1}])
    if is_non_null_type(type):
        type = type.of_type
    elif random.random() < 0.1:
        return None
    if is_list_type(type):
        if random.random() < 0.15:
            return make_value(random, type.of_type, wrong, depth)
        return [make_value(random, type.of_type, wrong, depth + 1) for _ in range(random.randint(0, 2))]
    if isinstance(type, GraphQLEnumType):
        return random.choice(list(type.values))
    if isinstance(type, GraphQLInputObjectType):
        if getattr(type, "is_one_of", False):
            name, field = random.choice(list(type.fields.items()))
            return {name: make_value(random, GraphQLNonNull(field.type), wrong, depth + 1)}
        return {name: make_value(random, field.type, wrong, depth + 1) for name, field in type.fields.items()
                if (is_non_null_type(field.type) and field.default_value is Undefined)
                or (depth < 2 and random.random() < 0.5)}
    return random.choice({
        "Int": [0, 1, -5, 2147483647, -2147483648, 2.0], "Float": [0.5, -2, 1e10, 3.0], "String": ["", "x", "日本\n"],
        "Boolean": [True, False], "ID": ["id", 7, "8"],
    }.get(type.name, [1, "s", True, [1, "a"], {"b": None}, 2.5]))


# Worlds ----------------------------------------------------------------------------------------------------------------

def make_world(random: random.Random, schema: GraphQLSchema) -> list[dict]:
    """Objects of every object type whose fields have values: see Tests/EngineProbe/World.swift."""
    objects = [t for n, t in schema.type_map.items() if is_object_type(t) and not n.startswith("__")]
    types = [t for t in objects for _ in range(1 if t in roots(schema) else 2)]
    numbers: dict[str, list[int]] = {}
    for number, type in enumerate(types):
        numbers.setdefault(type.name, []).append(number)
    trouble = random.choice([0, 0.02, 0.08])
    world = []
    for type in types:
        fields = {}
        for name, field in type.fields.items():
            if type is schema.subscription_type and random.random() > trouble:
                fields[name] = [world_value(random, schema, field.type, numbers, trouble)
                                for _ in range(random.randint(0, 2))]
            elif type is schema.subscription_type:
                fields[name] = {"error": "failed"}
            else:
                fields[name] = world_value(random, schema, field.type, numbers, trouble)
                if field.args and is_leaf_type(get_named_type(field.type)) and get_named_type(
                        field.type).name == "String" and not is_list_type(getattr(field.type, "of_type", field.type)):
                    fields[name] = "arguments"
        world.append({"type": type.name, "fields": fields})
    return world


def roots(schema: GraphQLSchema):
    return [schema.query_type, schema.mutation_type, schema.subscription_type]


def world_value(random: random.Random, schema: GraphQLSchema, type, numbers, trouble: float):
    """A value of an output type; null, a failure or one of another shape with the probability `trouble`."""
    if random.random() < trouble:
        # What is no list where one should be. Other wrong shapes the engine's typed resolvers cannot have.
        is_list = is_list_type(getattr(type, "of_type", type) if is_non_null_type(type) else type)
        shape = {"object": 0} if is_composite_type(get_named_type(type)) else "text"
        return random.choice([None, {"error": "failed"}, *([shape] if is_list else [])])
    if is_non_null_type(type):
        type = type.of_type
    elif random.random() < 0.1:
        return None
    if is_list_type(type):
        return [world_value(random, schema, type.of_type, numbers, trouble) for _ in range(random.randint(0, 3))]
    if is_composite_type(type):
        possible = schema.get_possible_types(type) if is_abstract_type(type) else [type]
        if is_abstract_type(type) and random.random() < trouble:
            possible = [t for t in schema.type_map.values() if t.name in numbers]
        names = [p.name for p in possible]
        return {"object": random.choice(numbers[random.choice(names)])} if names else None
    if isinstance(type, GraphQLEnumType):
        return random.choice(list(type.values))
    return random.choice({
        "Int": [0, 1, -9, 2147483647], "Float": [0.5, 2.0, -1e-7, 1e21, 7], "String": ["", "text", "日\"\\\n\u0001"],
        "Boolean": [True, False], "ID": ["id", "7"],
    }.get(type.name, [1, "s", True, [1, "a"], {"b": None}, 2.5]))
