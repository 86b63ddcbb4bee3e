"""What calls give: a parser, its arguments, a run, what functions of the source return."""

from __future__ import annotations

import ast
from collections.abc import Iterable

from jobready.script.model import INTO_DATACLASSES
from jobready.script.source.literals import literal
from jobready.script.source.scopes import Function
from jobready.script.values.dataclass_parts import ADDS, filled_classes, parts_of
from jobready.script.values.file_readers import only_reads_files
from jobready.script.values.function_values import values_called
from jobready.script.values.functions import name_of
from jobready.script.values.given_values import GivenValues
from jobready.script.values.handed_over import handed_over
from jobready.script.values.meanings import (
    AS_ATTRIBUTES,
    HOLDERS,
    NOTHING,
    Arguments,
    ArgumentsDict,
    Commands,
    Dataclasses,
    Foreign,
    Group,
    Instance,
    KnownAndRest,
    Meaning,
    Meanings,
    Parser,
    Run,
    as_dict,
    group_of,
    held_alone,
    held_by,
)
from jobready.script.values.namespace_copies import copied_by
from jobready.script.values.parse_overrides import hands_on, parses_again
from jobready.script.values.parser_classes import PARSE_METHODS, READ_FILES, is_super

COPIES = {"copy.copy", "copy.deepcopy"}
# Lightning's loggers, whose `experiment` is the run that they start.
LOGGERS = frozenset(
    f"{package}.loggers.{module}WandbLogger"
    for package in ("lightning.pytorch", "pytorch_lightning")
    for module in ("", "wandb.")
)


class CallResults(GivenValues):
    """Answers, for one file or program, what its calls give."""

    def result(self, node: ast.Call) -> Meanings:
        """All that a call may give."""
        name = self.qualified(node.func)
        made = self.parser_class(node.func)
        if made is not None and not only_reads_files(made, node, self.syntax):
            return frozenset({Parser(node)})
        if is_super(node):
            around = self.syntax.ancestors(node)
            inside = next((a for a in around if isinstance(a, ast.ClassDef)), None)
            if inside is not None and self.parser_class_of(inside) is not None:
                return self.self_of(inside, self.syntax.scope(node).node)
        if name == "wandb.init" or name in LOGGERS:
            return frozenset({Run(node)})
        if name in COPIES and node.args:
            given = self.meanings(node.args[0])
            return _copied(given, node) if is_deep_copy(node, self) else given
        if name == "dataclasses.asdict" and len(node.args) == 1 and not node.keywords:
            return as_dict(self.meanings(node.args[0]))
        if name in HOLDERS and (held := held_alone(node, name)) is not None:
            return held_by(name, self.meanings(held))
        if name in AS_ATTRIBUTES and (given := self._given_once(node)):
            return held_by(name, given)
        if isinstance(node.func, ast.Name) and not self._is_bound(node.func):
            if node.func.id in ("vars", "dict") and len(node.args) == 1:
                return as_dict(self.meanings(node.args[0]))
        owner = self.definition(node.func) or self.own_class(node.func)
        if owner is not None:
            return frozenset({Instance(owner)})
        functions = self.functions(node.func)
        if functions and not self.hands_on(functions):
            copied = copied_by(node, functions)
            if copied is not None:
                return as_dict(self.meanings(copied))
            return self._returned(r.value for f in functions for r in self.returns(f))
        values = [] if self._is_of_object(node.func) else values_called(node, self)
        if not values and isinstance(node.func, ast.Attribute):
            left = handed_over(node, self.syntax)
            found = [self.meanings(values) for values in left]
            return frozenset().union(*found) or self._method_call(node, node.func)
        if values:
            return frozenset().union(*(self._called(v, node) for v, _ in values))
        function = self._lambda(node.func)
        if function is not None:
            return self.meanings(function.body)
        return self._given_parsers(node) or frozenset({Foreign(node)})

    def _is_of_object(self, node: ast.expr) -> bool:
        """Whether it is a method by its name: not one of ``MODULES[name]``, or the like."""
        if not isinstance(node, ast.Attribute) or isinstance(node.value, ast.Subscript):
            return False
        return self.loaded_modules(node.value) is None

    def _lambda(self, node: ast.expr) -> ast.Lambda | None:
        """The lambda that a name stands for, where it is one and only one."""
        if not isinstance(node, ast.Name):
            return None
        bindings = self.syntax.bindings(node.id, self.syntax.scope(node))
        value = bindings[0].value if len(bindings) == 1 else None
        return value if isinstance(value, ast.Lambda) else None

    def _given_once(self, call: ast.Call) -> Meanings:
        """The arguments that a call is given beside what has other names.

        ``Namespace(**vars(args), **state)``: a name that both have would be an error.
        """
        parts = [self.meanings(k.value) for k in call.keywords if k.arg is None]
        kinds = (Arguments, ArgumentsDict)
        ours = [p for p in parts if any(isinstance(m, kinds) for m in p)]
        alone = len(ours) == 1 and all(isinstance(m, kinds) for m in ours[0])
        return ours[0] if alone and not call.args else NOTHING

    def classes(self, node: ast.expr) -> list[ast.ClassDef]:
        """The same, with the dataclasses that a parse of simple_parsing fills."""
        found = super().classes(node)
        if ADDS in self.syntax.named:
            filled = filled_classes(self.in_order(self.meanings(node)), self)
            found += [owner for owner in filled if owner not in found]
        return found

    def hands_on(self, functions: list[Function]) -> bool:
        """Whether they are a parser's own methods that are called as argparse's are."""
        owners = [self.syntax.parent[f] for f in functions if hands_on(f)]
        classes = [o for o in owners if isinstance(o, ast.ClassDef)]
        return len(classes) == len(functions) and all(map(self.parser_class_of, classes))

    def parsing_again(self, parser: Parser) -> Function | None:
        """The method by which a parser of the script's own parses twice."""
        made = self.parser_class(parser.call.func)
        own = self.inherited(made.own[0], "parse_known_args") if made and made.own else None
        return own if own is not None and parses_again(own) else None

    def _last_parses(self, method: Function) -> set[ast.Call]:
        """The parses of which a method of a parser returns the values."""
        returned = [r.value for r in self.returns(method) if r.value is not None]
        meanings = (m for value in returned for m in self.meanings(value))
        return {m.parse for m in meanings if isinstance(m, KnownAndRest)}

    def _called(self, target: Function | ast.ClassDef | None, node: ast.Call) -> Meanings:
        """What a call of a function or class gives; None stands for an unknown one."""
        if target is None:
            return self._given_parsers(node) or frozenset({Foreign(node)})
        if isinstance(target, ast.ClassDef):
            return frozenset({Instance(target)})
        return self._returned(r.value for r in self.returns(target))

    def _returned(self, values: Iterable[ast.expr | None]) -> Meanings:
        """What a function returns: the arguments alone, where it is they or a number.

        ``return -1`` says that something went wrong. What reads the arguments, or gives
        them to a run, fails with a number.
        """
        given = [v for v in values if v is not None]
        found = frozenset[Meaning]().union(
            *(self.meanings(v) for v in given if not _is_number(v))
        )
        if found and all(isinstance(m, Arguments) for m in found):
            return found
        return found.union(*(self.meanings(v) for v in given if _is_number(v)))

    def _given_parsers(self, call: ast.Call) -> Meanings:
        """The parsers that a function of elsewhere is given, for it returns one of them.

        ``parser = add_model_args(parser)``. Nothing depends on it where it returns
        something else, for only a parser is asked to parse.
        """
        given = [a for a in call.args if isinstance(a, (ast.Name, ast.Attribute))]
        found = [m for m in map(self.meanings, given) if all(map(_is_parser, m))]
        return frozenset().union(*found)

    def _method_call(self, node: ast.Call, method: ast.Attribute) -> Meanings:
        found: set[Meaning] = set()
        for meaning in self.meanings(method.value):
            if isinstance(meaning, Parser) and method.attr in READ_FILES:
                continue
            if isinstance(meaning, Parser) and method.attr in INTO_DATACLASSES:
                found.add(Dataclasses(node))
            elif isinstance(meaning, Parser) and method.attr in PARSE_METHODS:
                again = None if is_super(method.value) else self.parsing_again(meaning)
                known = PARSE_METHODS[method.attr]
                for parse in [node] if again is None else self._last_parses(again):
                    found.add(KnownAndRest(parse) if known else self.parsed(parse))
            elif isinstance(meaning, (Parser, Group)) and method.attr in (
                "add_argument_group",
                "add_mutually_exclusive_group",
            ):
                found.add(group_of(meaning, node, method.attr))
            elif isinstance(meaning, Parser) and method.attr == "add_subparsers":
                found.add(Commands(meaning, node))
            elif isinstance(meaning, Commands) and method.attr == "add_parser":
                found.add(Parser(node))
            elif isinstance(meaning, ArgumentsDict) and method.attr == "copy":
                found.add(meaning)
            elif isinstance(meaning, Arguments) and method.attr == "as_dict":
                tap = self.tap_of(meaning.parse)
                found.add(ArgumentsDict(meaning.parse) if tap else Foreign(node))
            else:
                found |= self._given_parsers(node) or {Foreign(node)}
        return frozenset(found)

    def parsed(self, parse: ast.Call) -> Arguments | Dataclasses:
        """The Namespace that a parse gives, by what it holds."""
        return Dataclasses(parse) if parts_of(parse, self) else Arguments(parse)

    def _is_bound(self, node: ast.Name) -> bool:
        return bool(self.syntax.bindings(node.id, self.syntax.scope(node)))


def is_deep_copy(call: ast.Call, flow: CallResults) -> bool:
    """Whether it is ``copy.deepcopy(parser)``, which makes another parser of one."""
    if name_of(call.func) != "deepcopy" or len(call.args) != 1 or call.keywords:
        return False
    return flow.qualified(call.func) == "copy.deepcopy"


def _copied(given: Meanings, call: ast.Call) -> Meanings:
    """What a deep copy stands for: a parser of its own, else what it is made of."""
    return frozenset(Parser(call) if isinstance(m, Parser) else m for m in given)


def _is_number(node: ast.expr) -> bool:
    """Whether it is a whole number that is written out: ``-1``."""
    if not isinstance(node, (ast.Constant, ast.UnaryOp)):
        return False  # most values, of which the text need not be made
    return type(literal(node)) is int


def _is_parser(meaning: Meaning) -> bool:
    return isinstance(meaning, Parser)
