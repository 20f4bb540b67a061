"""Random schemas: text in the schema definition language, of every kind of type, valid unless damaged on purpose."""

import json
import random

SCALARS = ["Int", "Float", "String", "Boolean", "ID"]
LOCATIONS = ["QUERY", "MUTATION", "FIELD", "FRAGMENT_DEFINITION", "FRAGMENT_SPREAD", "INLINE_FRAGMENT",
             "VARIABLE_DEFINITION", "SCHEMA", "SCALAR", "OBJECT", "FIELD_DEFINITION", "ARGUMENT_DEFINITION",
             "INTERFACE", "UNION", "ENUM", "ENUM_VALUE", "INPUT_OBJECT", "INPUT_FIELD_DEFINITION"]


class SchemaMaker:
    """Makes one schema; `text()` gives it."""

    def __init__(self, random: random.Random):
        self.random = random
        self.enums = {f"E{i}": [f"{c}{i}" for c in "ABCD"[:random.randint(1, 4)]]
                      for i in range(random.randint(1, 2))}
        self.custom = [f"S{i}" for i in range(random.randint(0, 2))]
        self.inputs = [f"P{i}" for i in range(random.randint(1, 3))]
        self.one_of = {name for name in self.inputs if random.random() < 0.2}
        self.interfaces = [f"I{i}" for i in range(random.randint(1, 3))]
        self.objects = [f"T{i}" for i in range(random.randint(2, 5))]
        self.unions = [f"U{i}" for i in range(random.randint(1, 2))]
        self.directives = [f"d{i}" for i in range(random.randint(1, 3))]
        self.input_fields: dict[str, list[tuple[str, str, str | None]]] = {}
        self.implements: dict[str, list[str]] = {}
        # A name has the same type nearly everywhere, so that fields of different types often merge.
        self.pool: dict[str, tuple[str, str]] = {}
        self.fields: dict[str, dict[str, tuple[str, str]]] = {}
        self.directive_args: dict[str, str] = {}
        self.directive_locations: dict[str, list[str]] = {}

    # Parts ---------------------------------------------------------------------------------------------------------

    def chance(self, probability: float) -> bool:
        return self.random.random() < probability

    def wrap(self, name: str) -> str:
        """A type around `name`, seldom more than one list deep."""
        text = name + ("!" if self.chance(0.35) else "")
        while self.chance(0.25):
            text = f"[{text}]" + ("!" if self.chance(0.35) else "")
        return text

    def literal(self, type: str, depth: int = 0) -> str:
        """A valid constant of an input type."""
        if type.endswith("!"):
            return self.literal_of_nullable(type[:-1], depth)
        return "null" if self.chance(0.1) else self.literal_of_nullable(type, depth)

    def literal_of_nullable(self, type: str, depth: int) -> str:
        r = self.random
        if type.startswith("["):
            item = type[1:-1]
            if self.chance(0.15) and not item.startswith("["):
                return self.literal_of_nullable(item.rstrip("!"), depth)
            return "[" + ", ".join(self.literal(item, depth) for _ in range(r.randint(0, 2))) + "]"
        if type in self.enums:
            return r.choice(self.enums[type])
        if type in self.inputs:
            return self.input_literal(type, depth)
        return {
            "Int": lambda: str(r.choice([0, 1, -7, 2147483647, -2147483648])),
            "Float": lambda: r.choice(["0.5", "-1.25e3", "3", "1E-2"]),
            "String": lambda: json.dumps(r.choice(["", "text", "a\"b\\", "日本", "line\nline"]), ensure_ascii=False),
            "Boolean": lambda: r.choice(["true", "false"]),
            "ID": lambda: r.choice(['"id"', "12", '"7"']),
        }.get(type, lambda: r.choice(["1", '"s"', "true"]))()

    def input_literal(self, type: str, depth: int) -> str:
        parts = []
        if type in self.one_of:
            name, field, _ = self.random.choice(self.input_fields[type])
            return "{" + f"{name}: {self.literal_of_nullable(field, depth + 1)}" + "}"
        for name, field, default in self.input_fields.get(type, []):
            required = field.endswith("!") and default is None
            if required or (depth < 2 and self.chance(0.4)):
                parts.append(f"{name}: {self.literal(field, depth + 1)}")
        self.random.shuffle(parts)
        return "{" + ", ".join(parts) + "}"

    def input_type(self) -> str:
        names = SCALARS * 2 + list(self.enums) * 2 + self.custom + self.inputs * 2
        return self.wrap(self.random.choice(names))

    def default(self, type: str, probability: float = 0.3) -> str | None:
        return self.literal(type) if self.chance(probability) else None

    def arguments(self, probability: float, names: list[str] | None = None) -> str:
        if not self.chance(probability):
            return ""
        parts = []
        for i in range(self.random.randint(1, 3)):
            type = self.wrap(self.random.choice(names)) if names else self.input_type()
            default = self.default(type)
            deprecated = " @deprecated" if self.chance(0.05) and (not type.endswith("!") or default) else ""
            parts.append(f"x{i}: {type}" + (f" = {default}" if default else "") + deprecated)
        return "(" + ", ".join(parts) + ")"

    def output_type(self) -> str:
        leaf = SCALARS * 2 + list(self.enums) + self.custom
        composite = self.objects * 2 + self.interfaces * 2 + self.unions
        return self.wrap(self.random.choice(leaf if self.chance(0.55) else composite))

    def new_fields(self, count: int) -> dict[str, tuple[str, str]]:
        fields = {}
        for _ in range(count):
            name = f"f{self.random.randint(0, 14)}" + self.random.choice(["", "x"])
            if name not in self.pool or self.chance(0.06):
                arguments = self.arguments(0.3)
                # Only a String can show its arguments.
                type = "String" if arguments and self.chance(0.6) else self.output_type()
                self.pool.setdefault(name, (arguments, type))
                fields[name] = (arguments, type)
            else:
                fields[name] = self.pool[name]
        return fields

    # The whole -----------------------------------------------------------------------------------------------------

    def make_inputs(self) -> None:
        for position, name in enumerate(self.inputs):
            fields = []
            for i in range(self.random.randint(1, 4)):
                type = self.input_type()
                base = type.strip("[]!")
                # No cycles of required fields: what is non-null all the way points to later types only.
                if base in self.inputs[:position + 1]:
                    type = type.replace("!", "")
                # Defaults of input object types can only be written once those are known, and must not be cycles.
                default = self.default(type) if base not in self.inputs else None
                if name in self.one_of:
                    type, default = self.wrap(self.random.choice(SCALARS)).rstrip("!"), None
                fields.append((f"i{i}", type, default))
            self.input_fields[name] = fields

    def make_composites(self) -> None:
        for position, name in enumerate(self.interfaces):
            parents = [p for p in self.interfaces[:position] if self.chance(0.4)]
            self.declare(name, parents, self.random.randint(1, 3))
        for name in self.objects:
            parents = [p for p in self.interfaces if self.chance(0.45)]
            self.declare(name, parents, self.random.randint(1, 4))

    def declare(self, name: str, parents: list[str], count: int) -> None:
        closure = list(dict.fromkeys(p for parent in parents for p in [*self.implements[parent], parent]))
        fields = self.new_fields(count)
        for parent in closure:
            for field, (arguments, type) in self.fields[parent].items():
                own = fields.get(field)
                if own is None or own != (arguments, type):
                    fields[field] = (arguments, type + "!" if self.chance(0.15) and not type.endswith("!") else type)
        # Two interfaces that disagree about a field cannot both be implemented: then the later one goes.
        for parent in closure:
            for field, (arguments, type) in self.fields[parent].items():
                if fields[field][0] != arguments or fields[field][1].rstrip("!") != type.rstrip("!") or (
                        type.endswith("!") and not fields[field][1].endswith("!")):
                    closure = [c for c in closure if c != parent and parent not in self.implements[c]]
        self.implements[name] = closure
        self.fields[name] = fields

    def make_directives(self) -> None:
        for name in self.directives:
            # Only scalars: a directive must not come back to itself through the types of its arguments.
            self.directive_args[name] = self.arguments(0.5, SCALARS)
            count = self.random.randint(2, 8)
            self.directive_locations[name] = self.random.sample(LOCATIONS, count)

    def applied(self, location: str) -> str:
        text = ""
        for name in self.directives:
            if self.chance(0.1) and location in self.directive_locations[name] and "!" not in self.directive_args[name]:
                text += f" @{name}"
        return text

    def description(self, indent: str = "") -> str:
        if not self.chance(0.1):
            return ""
        return indent + self.random.choice(['"text"', '"""block\n  text "quoted" """', '"esc \\u00e9 \\""']) + "\n"

    def body(self, fields: dict[str, tuple[str, str]], name: str = "") -> str:
        # The edition forbids deprecating what an interface has and does not deprecate.
        inherited = {f for parent in self.implements.get(name, []) for f in self.fields[parent]}
        lines = []
        for field, (arguments, type) in fields.items():
            deprecated = self.random.choice([" @deprecated", ' @deprecated(reason: "old")']) if (
                field not in inherited and self.chance(0.08)) else ""
            lines.append(f"{self.description('  ')}  {field}{arguments}: {type}{deprecated}"
                         f"{self.applied('FIELD_DEFINITION')}")
        return " {\n" + "\n".join(lines) + "\n}"

    def text(self) -> str:
        r = self.random
        self.make_inputs()
        self.make_composites()
        self.make_directives()
        parts = []
        for name in self.directives:
            repeatable = " repeatable" if self.chance(0.3) else ""
            locations = " | ".join(self.directive_locations[name])
            parts.append(f"directive @{name}{self.directive_args[name]}{repeatable} on {locations}")
        for name in self.custom:
            url = ' @specifiedBy(url: "https://example.org/s")' if self.chance(0.4) else ""
            parts.append(f"scalar {name}{url}{self.applied('SCALAR')}")
        for name, values in self.enums.items():
            lines = [f"  {v}" + (" @deprecated" if self.chance(0.15) else "") + self.applied("ENUM_VALUE") for v in values]
            parts.append(f"enum {name}{self.applied('ENUM')} {{\n" + "\n".join(lines) + "\n}")
        for name, fields in self.input_fields.items():
            lines = [f"  {n}: {t}" + (f" = {d}" if d else "") + self.applied("INPUT_FIELD_DEFINITION")
                     for n, t, d in fields]
            one_of = " @oneOf" if name in self.one_of else ""
            parts.append(f"input {name}{one_of}{self.applied('INPUT_OBJECT')} {{\n" + "\n".join(lines) + "\n}")
        for name, fields in self.fields.items():
            kind = "interface" if name in self.interfaces else "type"
            implements = " implements " + " & ".join(self.implements[name]) if self.implements[name] else ""
            location = "INTERFACE" if kind == "interface" else "OBJECT"
            parts.append(f"{kind} {name}{implements}{self.applied(location)}{self.body(fields, name)}")
        for name in self.unions:
            members = r.sample(self.objects, r.randint(1, len(self.objects)))
            parts.append(f"union {name}{self.applied('UNION')} = " + " | ".join(members))
        roots = {"query": "Query"}
        parts.append("type Query" + self.body(self.new_fields(r.randint(4, 7))))
        if self.chance(0.5):
            roots["mutation"] = "Mutation"
            parts.append("type Mutation" + self.body(self.new_fields(r.randint(2, 4))))
        if self.chance(0.4):
            roots["subscription"] = "Subscription"
            fields = {f"s{i}": (self.arguments(0.3), r.choice(self.objects + self.unions)) for i in range(2)}
            parts.append("type Subscription" + self.body(fields))
        if self.chance(0.15):
            parts.append(f"extend type {r.choice(self.objects)} {{\n  extra: Int\n}}")
        r.shuffle(parts)
        if self.chance(0.2):
            # Other names than the default ones need a schema definition.
            lines = [f"  {kind}: {name}" for kind, name in roots.items()]
            parts.insert(0, f"{self.description()}schema{self.applied('SCHEMA')} {{\n" + "\n".join(lines) + "\n}")
        return "".join(f"{self.description()}{p}\n\n" if not p.startswith(("extend", "schema", '"')) else p + "\n\n"
                       for p in parts)


def make_schema(random: random.Random) -> str:
    """The text of a schema."""
    return SchemaMaker(random).text()
