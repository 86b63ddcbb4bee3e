"""JR702: the schema of a job's inputs says what W&B doesn't understand."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from jobready.rules.finding import Finding
from jobready.rules.rule import Rule
from jobready.rules.subject import Subject
from jobready.script.source.literals import literal
from jobready.script.source.syntax import Syntax

MANAGES = ("manage_wandb_config", "manage_config_file")
TYPES = frozenset(("boolean", "integer", "number", "string", "object", "array"))
# The words of wandb.sdk.launch.inputs.schema.META_SCHEMA (wandb 0.31.0).
ANY = frozenset(
    """
    type title description label placeholder required format enum properties allOf items
    uniqueItems minItems maxItems
    """.split()  # noqa: SIM905 - a list of them takes a page
)
OF_NUMBERS = frozenset(("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"))
Fault = tuple[ast.expr, str, str]


def find(subject: Subject) -> Iterator[Finding]:
    """One finding for each word, type or key that is ignored."""
    script, syntax = subject.script, subject.script.syntax
    for call in syntax.of(ast.Call):
        name = (script.flow.qualified(call.func) or "").rpartition(".")[2]
        if name not in MANAGES:
            continue
        for keyword in call.keywords:
            if keyword.arg == "schema":
                for node, message, advice in _faults(_dict(keyword.value, syntax)):
                    yield subject.finding(RULE, node, message, no_fix=advice)
            elif keyword.arg in ("include", "exclude") and name == MANAGES[0]:
                for node in _missing(keyword.value, subject):
                    message = f"{literal(node)} is no key of the run's config"
                    advice = "write it as the config has it"
                    yield subject.finding(RULE, node, message, no_fix=advice)


def _dict(node: ast.expr, syntax: Syntax) -> ast.Dict | None:
    """The dict of a schema, here or under a name."""
    if isinstance(node, ast.Name):
        bindings = syntax.bindings(node.id, syntax.scope(node))
        value = bindings[0].value if len(bindings) == 1 else None
        return value if isinstance(value, ast.Dict) else None
    return node if isinstance(node, ast.Dict) else None


def _faults(schema: ast.expr | None) -> Iterator[Fault]:
    """What W&B's own schema of schemas doesn't have, in this one and those inside."""
    if not isinstance(schema, ast.Dict):
        return
    entries = dict(zip(map(_word, schema.keys), schema.values, strict=True))
    kind = literal(entries["type"]) if "type" in entries else None
    known = ANY | OF_NUMBERS if kind in ("integer", "number") else ANY
    for key in schema.keys:
        word = _word(key)
        if key is not None and word is not None and word not in known:
            message = f"{word} is nothing that a launch schema may say here"
            yield key, message, "take it out: W&B ignores it, with a warning"
    known_type = isinstance(kind, str) and kind in TYPES
    if "type" in entries and isinstance(kind, (str, list)) and not known_type:
        message = f"{ast.unparse(entries['type'])} is no type of a launch schema"
        yield entries["type"], message, f"it is one of {', '.join(sorted(TYPES))}"
    properties = entries.get("properties")
    if isinstance(properties, ast.Dict):
        for value in properties.values:
            yield from _faults(value)
    if kind != "array":
        yield from _faults(entries.get("items"))


def _word(key: ast.expr | None) -> str | None:
    word = literal(key) if key is not None else None
    return word if isinstance(word, str) else None


def _missing(given: ast.expr, subject: Subject) -> Iterator[ast.expr]:
    """The names in a list that the config, spelled out, doesn't have."""
    keys = subject.known_keys
    if not keys or not isinstance(given, ast.List) or subject.script.inits[0].changed:
        return
    for node in given.elts:
        name = literal(node)
        if isinstance(name, str) and name.partition(".")[0] not in keys:
            yield node


RULE = Rule(
    code="JR702",
    name="schema",
    summary="The schema of a job's inputs says what W&B doesn't understand.",
    why=(
        "The launch drawer knows a part of JSON Schema. Words like default or anyOf and "
        "types like null are warned about once and then ignored, and so are names that "
        "the run's config doesn't have: the drawer shows something else than was meant."
    ),
    bad="""\
import wandb
from wandb.sdk import launch

wandb.init(project="mnist", config={"lr": 0.1})
launch.manage_wandb_config(
    schema={"type": "object", "properties": {"lr": {"type": "number", "default": 0.1}}}
)
""",
    good="""\
import wandb
from wandb.sdk import launch

wandb.init(project="mnist", config={"lr": 0.1})
launch.manage_wandb_config(
    schema={"type": "object", "properties": {"lr": {"type": "number", "minimum": 0}}}
)
""",
    safety=None,
    fix="What the word was to say may have another form, such as a range or an enum.",
    sources=(
        "wandb 0.31.0: sdk/launch/inputs/schema.py, META_SCHEMA",
        "https://docs.wandb.ai/platform/launch/job-inputs",
    ),
    find=find,
    words=((b"manage_wandb_config", b"manage_config_file"),),
)
