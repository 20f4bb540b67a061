"""One change to a valid text that most likely makes it wrong."""

import copy
import random
import re

from graphql import parse, print_ast
from graphql.language import ast as nodes

TOKEN = re.compile(r'"""(?:\\"""|[^"]|"(?!""))*"""|"(?:\\.|[^"\\\n])*"|\.\.\.|[_A-Za-z]\w*|-?\d[\d.eE+-]*|[^\s,\w]|[\s,]+')
STRAY = ["{", "}", "(", ")", "[", "]", ":", "!", "$", "@", "=", "|", "&", "...", "on", "null", "true", "query", "fragment",
         "type", "1", "1.", "01", "1e", "-", ".", '"', '"""', '"\\x"', '"\\u12"', "\\", "#", "\u00e9", "\u0000", "\ufeff",
         "?", "\r", "日", "extend", "name", "%", "1a", "0.5.6", '"\\uD800"', "\U0001f600"]


def damage_syntax(random: random.Random, text: str) -> str:
    """A token or a character is lost, doubled, swapped or put in."""
    if random.random() < 0.4:
        position = random.randrange(len(text) + 1)
        return random.choice([
            lambda: text[:position] + text[position + 1:],
            lambda: text[:position] + random.choice(STRAY) + text[position:],
            lambda: text[:position] + random.choice(STRAY) + text[position + 1:],
            lambda: text[:position],
        ])()
    tokens = TOKEN.findall(text)
    position = random.randrange(len(tokens))
    kind = random.randrange(4)
    if kind == 0:
        del tokens[position]
    elif kind == 1:
        tokens.insert(position, " " + random.choice(STRAY) + " ")
    elif kind == 2:
        tokens[position] = random.choice(STRAY)
    else:
        other = random.randrange(len(tokens))
        tokens[position], tokens[other] = tokens[other], tokens[position]
    return "".join(tokens)


def all_nodes(node, parent=None, key=None):
    """Every node below with its parent and the attribute that holds it."""
    for name in node.keys:
        child = getattr(node, name, None)
        if isinstance(child, nodes.Node):
            yield child, node, name
            yield from all_nodes(child)
        elif isinstance(child, (list, tuple)):
            for item in child:
                if isinstance(item, nodes.Node):
                    yield item, node, name
                    yield from all_nodes(item)


def damage_meaning(random: random.Random, text: str, names: list[str]) -> str:
    """A node of the document is renamed, lost, doubled, moved or exchanged; the text stays well formed."""
    document = parse(text, no_location=True)
    places = list(all_nodes(document))
    for _ in range(40):
        node, parent, key = random.choice(places)
        siblings = getattr(parent, key)
        change = random.choice(["rename", "lose", "double", "move", "value", "rename", "exchange"])
        if change == "rename" and isinstance(node, nodes.NameNode):
            node.value = random.choice(names + ["unknown", "a1", "v1", "F1", "f1", "__typename", "id"])
            if isinstance(parent, nodes.DirectiveNode):
                # graphql-core takes the arguments of an unknown directive for those of the field around it.
                parent.arguments = ()
        elif change == "lose" and isinstance(siblings, (list, tuple)) and len(siblings) > (
                0 if key in ("arguments", "directives", "variable_definitions", "interfaces") else 1):
            setattr(parent, key, [s for s in siblings if s is not node])
        elif change == "lose" and key in ("selection_set", "default_value") and not isinstance(
                parent, (nodes.OperationDefinitionNode, nodes.FragmentDefinitionNode, nodes.InlineFragmentNode)):
            setattr(parent, key, None)
        elif change == "double" and isinstance(siblings, (list, tuple)):
            position = random.randrange(len(siblings) + 1)
            setattr(parent, key, [*siblings[:position], node, *siblings[position:]])
        elif change == "move":
            others = [(n, p, k) for n, p, k in places if n.kind == node.kind and isinstance(getattr(p, k), (list, tuple))]
            if not others or isinstance(node, nodes.NameNode):
                continue
            _, other, other_key = random.choice(others)
            if other_key == "types" or other is node:
                continue
            setattr(other, other_key, [*getattr(other, other_key), copy.deepcopy(node)])
        elif change == "value" and isinstance(node, nodes.ValueNode):
            constant = random.choice(["1", "1.5", '"s"', "true", "null", "WORD", "[1, [null]]", "{a: 1}", "99999999999",
                                      "$v1", "$unknown"])
            if constant.startswith("$") and not isinstance(parent, nodes.ArgumentNode):
                continue
            replace(parent, key, node, parse(f"{{ f(a: {constant}) }}", no_location=True)
                    .definitions[0].selection_set.selections[0].arguments[0].value)
        elif change == "exchange" and isinstance(node, nodes.TypeNode):
            name = nodes.NamedTypeNode(name=nodes.NameNode(value=random.choice(names)))
            replace(parent, key, node, random.choice([
                lambda: name, lambda: nodes.ListTypeNode(type=node),
                lambda: node.type if hasattr(node, "type") else name,
                lambda: nodes.NonNullTypeNode(type=node) if not isinstance(node, nodes.NonNullTypeNode) else name])())
        elif change == "exchange" and isinstance(node, nodes.FieldNode):
            others = [n for n, _, _ in places if isinstance(n, nodes.FieldNode) and n is not node]
            if not others or random.random() < 0.5:
                node.alias = nodes.NameNode(value=random.choice(["a1", "a2", "f1", "f2"]))
            else:
                node.selection_set = copy.deepcopy(random.choice(others).selection_set)
        else:
            continue
        return print_ast(document)
    return text


def replace(parent, key, node, value) -> None:
    current = getattr(parent, key)
    if isinstance(current, (list, tuple)):
        setattr(parent, key, [value if s is node else s for s in current])
    else:
        setattr(parent, key, value)
