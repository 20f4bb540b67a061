#!/usr/bin/env python3
"""Compares the engine with graphql-core 3.2 on random schemas, documents, variables and data.

    differential.py [--seed N] [--cases N] [--first N] [--only N] [--probe PROGRAM]

Every case follows from the seed and its number alone: `--seed S --only N` runs one case again, with everything that was
asked and answered. A case is of one of these kinds:

* schema: a schema, or one with one damage: whether it is valid; its introspection; it prints to the same schema.
* print: a document or schema printed by either side is the same document to the other.
* request: a request, from its text to its response: the place of a syntax error, the set of the places of validation
  errors, the places of wrong variables, or data and errors with paths and places. The document is valid, or damaged in
  its meaning, or damaged in its syntax; variables are right or wrong; resolvers fail here and there.

The engine answers through Tests/EngineProbe, graphql-core through reference.py. Messages are free and don't count.
A difference must be explained by an entry of differences.py, and every entry must still explain its sample.

The last line is `N passed, N failed`.
"""

import argparse
import gc
import json
import pathlib
import random
import subprocess
import sys
from collections import Counter

sys.path.insert(0, str(pathlib.Path(__file__).parent))

import compare
import differences
import reference
from damage import damage_meaning, damage_syntax
from documents import DocumentMaker, make_variables, make_world
from graphql import parse, print_ast
from schemas import make_schema
from shrink import shrink

# How many cases share a schema: building one costs more than the rest of a case.
GROUP = 100
KINDS = (["schema"] + ["damaged schema"] * 4 + ["print"] * 5 + ["request"] * 36 + ["damaged request"] * 30
         + ["broken request"] * 24)


class Probe:
    """The engine's process."""

    def __init__(self, program: str):
        self.process = subprocess.Popen([program], stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def ask(self, **question) -> dict:
        self.process.stdin.write(json.dumps(question).encode() + b"\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"the probe has ended at {question}")
        answer = json.loads(line)
        if "misread" in answer:
            raise RuntimeError(f"the probe misread {question}: {answer['misread']}")
        return answer


class Difference(Exception):
    """Both sides answered, and not the same."""

    def __init__(self, kind: str, what: str, question: dict, ours, theirs):
        super().__init__(what)
        self.kind, self.what, self.question, self.ours, self.theirs = kind, what, question, ours, theirs


class Comparison:
    """Asks both sides; raises a Difference."""

    def __init__(self, probe: Probe):
        self.probe = probe
        self.text = None
        self.schema = None

    def schema_verdict(self, text: str) -> None:
        schema, theirs = reference.build(text)
        ours = self.probe.ask(schema=text)
        self.text, self.schema = (text, schema) if "schema" in ours else (None, None)
        kinds = [next(k for k in ("syntax", "issues", "schema") if k in a) for a in (ours, theirs)]
        question = {"schema": text}
        if kinds[0] != kinds[1]:
            raise Difference("schema", f"{kinds[0]}, not {kinds[1]}", question, ours, theirs)
        if kinds[0] == "syntax" and list(ours["syntax"]) != list(theirs["syntax"]):
            raise Difference("schema", f"syntax {ours['syntax']}, not {theirs['syntax']}", question, ours, theirs)

    def use_schema(self, text: str) -> None:
        if self.text != text:
            self.schema_verdict(text)

    def introspection(self, text: str) -> None:
        self.use_schema(text)
        ours = self.probe.ask(query=reference.INTROSPECTION)["response"]["data"]
        theirs = reference.run(self.schema, reference.INTROSPECTION, {}, [])["data"]
        self.introspected(text, ours, theirs, "introspection")
        # The engine's print is the same schema to graphql-core.
        printed = self.probe.ask(schema=text)["schema"]
        again, verdict = reference.build(printed)
        if again is None:
            raise Difference("printed schema", "not valid", {"schema": text, "printed": printed}, None, verdict)
        self.introspected(
            text, reference.run(again, reference.INTROSPECTION, {}, [])["data"], theirs, "printed schema")

    def introspected(self, text: str, ours: dict, theirs: dict, kind: str) -> None:
        ours = differences.without_newer_introspection(compare.introspection(ours, self.schema))
        theirs = differences.without_newer_introspection(compare.introspection(theirs, self.schema))
        what = compare.difference(ours, theirs)
        if what:
            raise Difference(kind, what, {"schema": text}, None, None)

    def printing(self, text: str) -> None:
        ours = self.probe.ask(print=text)["print"]
        theirs = print_ast(parse(text))
        for printed in (ours, self.probe.ask(print=theirs).get("print", "")):
            try:
                what = compare.same_document(text, printed)
            except Exception as error:
                what = str(error)
            if what:
                raise Difference("print", what, {"print": text}, printed, theirs)

    def request(self, text: str, query: str, variables: dict, world: list) -> None:
        self.use_schema(text)
        question = {"query": query, "variables": variables, "world": world}
        theirs = reference.run(self.schema, query, variables, world)
        ours = compare.answer(self.probe.ask(**question))
        what = compare.difference(ours, theirs)
        if what:
            raise Difference("request", what, {"schema": text, **question}, ours, theirs)
        self.outcome = theirs.get("refused") or ("response with errors" if theirs.get("errors") else "response")


def run_case(comparison: Comparison, seed: int, number: int, counts: Counter) -> None:
    """One case; raises a Difference."""
    group = number // GROUP
    text = make_schema(random.Random(f"{seed}:schema:{group}"))
    source = random.Random(f"{seed}:case:{number}")
    kind = KINDS[number % GROUP]
    if kind == "schema":
        counts[kind] += 1
        comparison.schema_verdict(text)
        comparison.introspection(text)
        return
    if kind == "damaged schema":
        damage = damage_syntax if source.random() < 0.25 else lambda r, t: damage_meaning(r, t, names_in(t))
        counts[kind] += 1
        comparison.schema_verdict(damage(source, text))
        return
    comparison.use_schema(text)
    maker = DocumentMaker(source, comparison.schema)
    query = maker.text()
    if kind == "print":
        counts[kind] += 1
        comparison.printing(text if source.random() < 0.15 else query)
        return
    wrong = source.random() < 0.4
    variables = make_variables(source, comparison.schema, maker.all_variables, wrong)
    world = make_world(source, comparison.schema)
    if kind == "damaged request":
        query = damage_meaning(source, query, names_in(text) + names_in(query))
    if kind == "broken request":
        query = damage_syntax(source, query)
    comparison.request(text, query, variables, world)
    counts[f"{kind}: {comparison.outcome}"] += 1


def names_in(text: str) -> list[str]:
    return sorted({word for word in text.replace("(", " ").replace(":", " ").replace("!", " ").split()
                   if word.isidentifier()})


def report(difference: Difference, seed: int, number: int) -> None:
    print(f"\n✘ case {number} ({difference.kind}): {difference.what}")
    for name, part in difference.question.items():
        print(f"--- {name}\n{part if isinstance(part, str) else json.dumps(part)}")
    print(f"--- ours\n{difference.ours}\n--- graphql-core\n{difference.theirs}")
    print(f"--- again: Tests/Differential/differential.py --seed {seed} --only {number}")


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--cases", type=int, default=20_000)
    parser.add_argument("--first", type=int, default=0, help="the number of the first case")
    parser.add_argument("--only", type=int)
    parser.add_argument("--probe", default=".build/debug/EngineProbe")
    parser.add_argument("--failures", type=int, default=10, help="how many are shown")
    parser.add_argument("--shrink", type=int, default=3, help="how many of those are made smaller first")
    options = parser.parse_args()
    print(f"seed {options.seed}", flush=True)
    # A case makes thousands of nodes and no cycles worth a search: collecting seldom saves a fifth of the time.
    gc.set_threshold(100_000)
    comparison = Comparison(Probe(options.probe))
    counts: Counter = Counter()
    passed, failed = differences.check_samples(comparison, Difference)
    for number in range(options.first, options.first + options.cases) if options.only is None else [options.only]:
        try:
            run_case(comparison, options.seed, number, counts)
        except Difference as difference:
            entry = differences.explain(difference)
            if entry:
                counts[f"explained: {entry}"] += 1
                continue
            failed += 1
            if failed <= options.failures:
                if failed <= options.shrink:
                    difference = shrink(comparison, difference, Difference)
                report(difference, options.seed, number)
            continue
        passed += 1
    for kind, count in sorted(counts.items()):
        print(f"{count:7} {kind}")
    print(f"{passed + sum(c for k, c in counts.items() if k.startswith('explained'))} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
