"""Which branches of the function a parser needs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence

from jobready.edits.job_args.branch import WITHOUT_COMMANDS, Branch, complete
from jobready.script.model import OF_FIELDS, Expression, Parameter, ParserModel, Value
from jobready.script.values.parser_classes import CONFIG_FILE_PARSERS

# The actions that argparse has by name, and the one it has as a class.
BUILT_IN = frozenset(
    (
        *("store", "store_true", "store_false", "store_const", "count"),
        *("append", "append_const", "extend", "help", "version"),
        "BooleanOptionalAction",
    )
)
_TEXTS = ("none", "str")
_SUPPRESS = "==SUPPRESS=="
# What HfArgumentParser makes of the fields of any dataclass: options of one value or a
# list, booleans with and without a word, and choices.
_OF_FIELDS = frozenset(
    (
        *(Branch.REQUIRED, Branch.WHOLE, Branch.CONVERTED, Branch.CONST, Branch.SHARED),
        *(Branch.LIST, Branch.VALUE, Branch.OWN),
    )
)


def parser_branches(parsers: Collection[ParserModel]) -> frozenset[Branch]:
    """The branches of one function for all these parsers, with those of commands."""
    found: set[Branch] = set()
    for parser in parsers:
        found |= branches(parser.parameters)
        if parser.by_objects is not None:  # whatever they are
            found |= WITHOUT_COMMANDS
        if parser.commands is not None:
            found.add(Branch.COMMANDS)
            if any(inner.commands is not None for inner in parser.commands.parsers):
                found.add(Branch.SUBCOMMANDS)
            if any(p.required for p in parser.parameters):
                found.add(Branch.REQUIRED)
        if parser.library in CONFIG_FILE_PARSERS:
            found.add(Branch.FILES)
        if parser.dataclasses:
            found.add(Branch.DATACLASSES)
        if any(p.within and "." in p.name for p in parser.parameters):
            found.add(Branch.INNER)
    kept = _with_values(p for m in parsers for p in m.parameters)
    return complete(found | _of_texts(found, kept))


def branches(parameters: Sequence[Parameter]) -> frozenset[Branch]:
    """The branches that a parser with these parameters needs.

    All of them, where a type is only known when the script runs.
    """
    rest = {Branch.REST} if any(map(takes_rest, parameters)) else set[Branch]()
    if any(p.type_kind == "any" for p in parameters):
        return WITHOUT_COMMANDS | rest
    if any(p.type_kind in OF_FIELDS for p in parameters):
        others = [p for p in parameters if p.type_kind not in OF_FIELDS]
        return complete(branches(others) | _OF_FIELDS)
    kept = _with_values(parameters)
    shared = [d for d, n in Counter(p.name for p in kept if p.named).items() if n > 1]
    versions = any(p.action == "version" for p in parameters)
    if not shared and not versions and all(map(_is_plain, kept)):
        texts = any(p.type_kind in _TEXTS for p in kept)
        return frozenset({Branch.TEXT} if texts else ())
    found = {Branch.DEFAULT, *rest}
    if len(kept) < len([p for p in parameters if p.action != "help"]):
        found.add(Branch.VERSION)
    if shared:
        found.add(Branch.SHARED)
    for parameter in kept:
        found.update(_of_action(parameter))
        found.update(_of_type(parameter))
        found.update(_of_default(parameter))
        if parameter.required:
            found.add(Branch.REQUIRED)
        if parameter.positional:
            found.add(Branch.POSITIONAL)
    return complete(found | _of_texts(found, kept))


def _of_texts(found: Collection[Branch], parameters: Iterable[Parameter]) -> set[Branch]:
    """What texts need of which some are for a type to convert, and others have no words."""
    if Branch.TYPED_TEXT not in found or not any(map(_is_text_beside_words, parameters)):
        return set()
    return {Branch.CONVERTED}


def _with_values(parameters: Iterable[Parameter]) -> list[Parameter]:
    """The parameters that a job can launch."""
    return [p for p in parameters if p.action not in ("help", "version")]


def _is_plain(p: Parameter) -> bool:
    """Whether every value that the parameter has comes from one word of the same text."""
    if p.action != "store" or p.positional or p.nargs is not None:
        return False
    if p.group is not None:
        return False  # a clone is given all its options, at their defaults too
    if p.required is True and p.type_kind in ("number", *_TEXTS):
        return True
    if p.required or (_is_known(p.choices) and p.default not in p.choices):
        return False
    if p.type_kind == "number":
        return type(p.default) is {"int": int, "float": float}.get(p.type or "")
    return p.type_kind in _TEXTS and type(p.default) is str and p.default != _SUPPRESS


def _is_known(choices: Value) -> bool:
    return choices is not None and not isinstance(choices, Expression)


def takes_several(p: Parameter) -> bool:
    """Whether nargs makes a list; an unknown nargs may."""
    return p.nargs not in (None, 0, "?")


def takes_rest(p: Parameter) -> bool:
    """Whether it takes as many words as there are, options behind ``--`` among them."""
    return p.positional and p.nargs not in (None, "?") and type(p.nargs) is not int


def _of_action(p: Parameter) -> Iterator[Branch]:
    if p.action in ("store_true", "store_false"):
        yield Branch.SWITCH
        if p.default is not (p.action == "store_false"):
            yield Branch.ODD_SWITCH
    elif p.action == "store_const":
        yield Branch.CONST
        if isinstance(p.const, bool | Expression) and p.default is not (p.const is False):
            yield Branch.ODD_SWITCH
    elif p.action == "count":
        yield Branch.COUNT
    elif p.action == "BooleanOptionalAction":
        yield Branch.BOOLEAN_OPTIONAL
    elif p.action not in BUILT_IN:
        yield Branch.ACTION
    elif p.action in ("append", "extend"):
        yield Branch.APPEND
        if p.action == "append" and p.nargs is not None:
            yield Branch.LISTS
    elif takes_several(p):
        yield Branch.LIST
    elif p.nargs == "?" and p.const is not None:
        boolean = isinstance(p.const, bool) and p.type_kind in ("bool", "boolean")
        yield Branch.SWITCH if isinstance(p.const, bool) or boolean else Branch.CONST


def _of_type(p: Parameter) -> Iterator[Branch]:
    kinds = {
        "bool": Branch.BOOL,
        "boolean": Branch.BOOLEAN,
        "parsed": Branch.BOOLEAN,
        "enum": Branch.ENUM,
        "own": Branch.OWN,
    }
    if p.type_kind in kinds:
        yield kinds[p.type_kind]


def _of_default(p: Parameter) -> Iterator[Branch]:
    default = p.default
    unknown = isinstance(default, Expression)
    if unknown or not _is_json(default):
        yield Branch.RECORDED
    whole = isinstance(default, float) and default.is_integer()
    if (whole or unknown) and (p.type != "float" or takes_several(p)):
        yield Branch.WHOLE
    if (unknown or isinstance(default, str)) and p.type_kind not in _TEXTS:
        if p.type_kind in ("own", "parsed", "file") or takes_several(p):
            yield Branch.CONVERTED
        elif default != _SUPPRESS:
            yield Branch.TYPED_TEXT
    if p.action == "store" and not takes_several(p):
        made = p.type_kind in ("own", "parsed") and (unknown or isinstance(default, str))
        named = p.type_kind == "none" and unknown and not _is_text(default)
        if made or named or isinstance(default, list | dict):
            yield Branch.VALUE


def _is_text(default: Expression) -> bool:
    """Whether the source shows that a default is a text or None."""
    return default.source.startswith(("os.", "str(", "f'", 'f"'))


def _is_json(value: Value) -> bool:
    """Whether W&B records the value as it is."""
    if isinstance(value, list):
        return all(map(_is_json, value))
    if isinstance(value, dict):
        return all(isinstance(k, str) and _is_json(v) for k, v in value.items())
    return value is None or type(value) in (bool, int, float, str)


def _is_text_beside_words(p: Parameter) -> bool:
    """Whether the default is a text that the option's words can't give."""
    if p.type_kind not in _TEXTS or not isinstance(p.default, str | Expression):
        return False
    outside = p.choices is not None and not (
        _is_known(p.choices) and p.default in p.choices
    )
    return outside or takes_several(p) or p.action != "store"
