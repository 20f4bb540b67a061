"""Makes a failing case smaller: takes away parts of its texts while both sides still differ in the same kind."""

import time

from graphql import parse, print_ast

from damage import TOKEN, all_nodes


def shrink(comparison, difference, Difference, seconds: float = 10):
    """The difference in the smallest texts found."""
    end = time.monotonic() + seconds
    best = difference
    for name in ("query", "schema", "print"):
        if name not in best.question:
            continue
        found = True
        while found and time.monotonic() < end:
            found = False
            for smaller in candidates(best.question[name]):
                if time.monotonic() > end:
                    break
                again = ask(comparison, best.kind, {**best.question, name: smaller}, Difference)
                if again is not None and again.what.split(":")[0] == best.what.split(":")[0]:
                    best, found = again, True
                    break
    return best


def ask(comparison, kind, question, Difference):
    """The difference that the question still gives; None if it gives none or no comparable answer."""
    try:
        if kind == "request":
            comparison.request(question["schema"], question["query"], question["variables"], question["world"])
        elif kind == "schema":
            comparison.schema_verdict(question["schema"])
        elif kind == "print":
            comparison.printing(question["print"])
        else:
            comparison.introspection(question["schema"])
    except Difference as difference:
        return difference if difference.kind == kind else None
    except Exception:
        # A part that the case needs is gone, such as the schema's validity.
        return None
    return None


def candidates(text: str):
    """Texts with a part less, big parts first."""
    try:
        document = parse(text, no_location=True)
    except Exception:
        tokens = TOKEN.findall(text)
        for size in (len(tokens) // 2, len(tokens) // 4, len(tokens) // 8, 3, 1):
            if size:
                for start in range(0, len(tokens), size):
                    yield "".join(tokens[:start] + tokens[start + size:])
        return
    places = [(document, "definitions", d) for d in document.definitions]
    places += [(p, k, n) for n, p, k in all_nodes(document) if p is not document]
    for parent, key, node in places:
        current = getattr(parent, key)
        if isinstance(current, (list, tuple)):
            setattr(parent, key, [s for s in current if s is not node])
        elif key in ("alias", "default_value", "description", "selection_set"):
            setattr(parent, key, None)
        else:
            continue
        try:
            smaller = print_ast(document)
            parse(smaller)
            if len(smaller) < len(text):
                yield smaller
        except Exception:
            # Not a document any more.
            pass
        setattr(parent, key, current)
