"""What an expression stands for: a parser, its parsed arguments, a run, a config.

A value flow that follows names, attributes of ``self``, parameters of functions that the
file calls itself and what they return. Where a name is bound several times, it stands for
all that it may have been bound to (`reaching`).
"""

from __future__ import annotations

import ast
from functools import cached_property

from jobready.script.function_values import values_called
from jobready.script.functions import (
    FunctionUses,
    argument_for,
    calls_from,
    class_of_self,
    default_of,
    is_method,
    uses_of_names,
    with_uses_of_methods,
)
from jobready.script.handed_over import handed_over
from jobready.script.meanings import (
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
    Rest,
    Run,
    RunConfig,
    as_dict,
    group_of,
    held_alone,
    held_by,
)
from jobready.script.model import INTO_DATACLASSES
from jobready.script.namespace_copies import copied_by, copied_items
from jobready.script.objects import Objects
from jobready.script.parse_overrides import hands_on, parses_again
from jobready.script.parser_classes import TAPS, is_super
from jobready.script.reaching import is_plain_statement, reaching
from jobready.script.scopes import FUNCTIONS, Binding, Function, module_of
from jobready.script.syntax import Syntax

PARSE_METHODS = {
    "parse_args": False,
    "parse_intermixed_args": False,
    "parse_known_args": True,
    "parse_known_intermixed_args": True,
    "parse_args_into_dataclasses": False,
    "parse_args_and_config": False,
}
# Methods of HfArgumentParser that take no words: what they return is no launch's matter.
READ_FILES = frozenset(("parse_json_file", "parse_yaml_file", "parse_dict"))
COPIES = {"copy.copy", "copy.deepcopy"}
# Lightning's loggers, whose `experiment` is the run that they start.
LOGGERS = frozenset(
    f"{package}.loggers.{module}WandbLogger"
    for package in ("lightning.pytorch", "pytorch_lightning")
    for module in ("", "wandb.")
)


class Flow(Objects):
    """Answers, for one file, what its expressions stand for."""

    def __init__(self, syntax: Syntax) -> None:
        super().__init__(syntax)
        self._known: dict[ast.AST, Meanings] = {}
        self._provisional: dict[ast.AST, Meanings] = {}
        self._asked: dict[ast.AST, int] = {}
        self._lowest = 0  # the outermost question that the answer at hand waits for
        self._uses: FunctionUses | None = None

    def meanings(self, node: ast.expr) -> Meanings:
        """All that ``node`` may stand for; empty where only None or a cycle leads to it."""
        if node in self._known:
            return self._known[node]
        if node in self._asked:
            self._lowest = min(self._lowest, self._asked[node])
            return NOTHING
        if node in self._provisional:
            self._lowest = 0
            return self._provisional[node]
        depth = len(self._asked)
        outer, self._lowest = self._lowest, depth
        self._asked[node] = depth
        found = self._find(node)
        del self._asked[node]
        # an answer that waits for one further out lacks what that one will add
        if self._lowest >= depth:
            self._known[node] = found
        else:
            self._provisional[node] = found
        self._lowest = min(outer, self._lowest)
        if not self._asked:
            self._provisional.clear()
            self._lowest = 0
            self._known[node] = found
        return found

    def named_at(self, name: str, node: ast.expr) -> Meanings:
        """All that a name, or an attribute of one, may stand for where ``node`` is."""
        return self.meanings(self.read_at(name, node))

    def read_at(self, name: str, node: ast.expr) -> ast.expr:
        """A read of a name, or an attribute of one, where ``node`` is."""
        first, *attributes = name.split(".")
        read: ast.expr = ast.copy_location(ast.Name(first, ast.Load()), node)
        for attribute in (None, *attributes):
            if attribute is not None:
                held = ast.Attribute(read, attribute, ast.Load())
                read = ast.copy_location(held, node)
            self.syntax.parent[read] = node
            self.syntax.scopes[read] = self.syntax.scope(node)
        return read

    def function(self, node: ast.expr) -> Function | None:
        """The function of this file that ``node`` names, if it is one and only one."""
        found = self.functions(node)
        return found[0] if len(found) == 1 else None

    def functions(self, node: ast.expr) -> list[Function]:
        """The functions of this file that ``node`` may be: a method and its overrides."""
        if isinstance(node, ast.Name):
            return _functions(self.bindings_of(node))
        if not isinstance(node, ast.Attribute):
            return []
        members = self.members(node)
        if members is not None:
            return _functions(members)
        owners = self.classes(node.value)
        if not self.is_exact(node.value):  # an object may be one of a derived class
            owners = [heir for owner in owners for heir in self.kinds(owner)]
        methods = (self.inherited(owner, node.attr) for owner in owners)
        return list(dict.fromkeys(m for m in methods if m is not None))

    def _lambda(self, node: ast.expr) -> ast.Lambda | None:
        """The lambda that a name stands for, where it is one and only one."""
        if not isinstance(node, ast.Name):
            return None
        bindings = self.syntax.bindings(node.id, self.syntax.scope(node))
        value = bindings[0].value if len(bindings) == 1 else None
        return value if isinstance(value, ast.Lambda) else None

    def dispatched(self, node: ast.expr) -> list[ast.AST]:
        """The functions that ``args.func`` may be: those of ``set_defaults(func=…)``."""
        if not isinstance(node, ast.Attribute):
            return []
        if node.attr not in self._set_defaults:
            return []
        if not any(isinstance(m, Arguments) for m in self.meanings(node.value)):
            return []
        return [f for v in self._set_defaults[node.attr] for f in self.functions(v)]

    @cached_property
    def _set_defaults(self) -> dict[str, list[ast.expr]]:
        """What ``set_defaults`` gives in this file, by name."""
        found: dict[str, list[ast.expr]] = {}
        for method in self.syntax.named.get("set_defaults", ()):
            call = self.syntax.parent[method]
            if isinstance(method, ast.Attribute) and isinstance(call, ast.Call):
                for keyword in call.keywords:
                    if keyword.arg is not None:
                        found.setdefault(keyword.arg, []).append(keyword.value)
        return found

    def own_methods(self, node: ast.Attribute) -> tuple[int, int]:
        """Of how many objects that ``node`` may be a method of the source shows it."""
        owners = self.classes(node.value)
        shown = [o for o in owners if self.inherited(o, node.attr) is not None]
        every = len(owners) if is_super(node.value) else len(self.meanings(node.value))
        return len(shown), max(every, len(owners))

    @property
    def uses(self) -> FunctionUses:
        """Where the functions and classes of this file are called and handed over."""
        if self._uses is None:
            # methods are found by what their objects stand for, for which the calls of
            # plain functions must be known
            self._uses = uses_of_names(self)
            asked = self._asked, self._provisional, self._lowest
            self._asked, self._provisional, self._lowest = {}, {}, 0  # whoever asks now
            self._uses = with_uses_of_methods(self._uses, self)
            self._asked, self._provisional, self._lowest = asked
            self._known.clear()
        return self._uses

    # -- how each kind of expression is read

    def _find(self, node: ast.expr) -> Meanings:
        if isinstance(node, ast.Name):
            return self._name(node)
        if isinstance(node, ast.Attribute):
            return self._attribute(node)
        if isinstance(node, ast.Call):
            return self._call(node)
        if isinstance(node, ast.IfExp):
            return self.meanings(node.body) | self.meanings(node.orelse)
        if isinstance(node, ast.BoolOp):
            return frozenset().union(*(self.meanings(v) for v in node.values))
        if isinstance(node, ast.NamedExpr):
            return self.meanings(node.value)
        if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
            if isinstance(node.slice.value, int):
                return self.element(node.value, node.slice.value)
        if isinstance(node, ast.Dict) and len(node.keys) == 1 and node.keys[0] is None:
            return as_dict(self.meanings(node.values[0]))
        if isinstance(node, ast.Constant) and node.value is None:
            return NOTHING
        if isinstance(node, ast.DictComp):
            source = copied_items(node)
            if source is not None:
                return as_dict(self.meanings(source))
        return frozenset({Foreign(node)})

    def _name(self, node: ast.Name) -> Meanings:
        if self.qualified(node) == "wandb.config":  # from wandb import config
            return frozenset({RunConfig()})
        bindings = self._settled(node, reaching(node, self.syntax))
        if bindings:
            bindings = self.syntax.resolved(bindings)
        else:
            bindings = self.syntax.by_star(node.id, self.syntax.scope(node))
        if not bindings:
            return frozenset({Foreign(node)})
        return frozenset().union(*(self._bound(b) for b in bindings))

    def _settled(self, node: ast.Name, bindings: list[Binding]) -> list[Binding]:
        """The bindings of a module's name that hold once its last plain one is passed.

        For a read in a function that is only called later; else all of them.
        """
        scope = self.syntax.scope(node)
        module = module_of(scope)
        if len(bindings) < 2 or any(b.scope is not module for b in bindings):
            return bindings
        if scope is module or not isinstance(scope.node, FUNCTIONS):
            return bindings
        plain = [b for b in bindings if is_plain_statement(b, self.syntax)]
        if not plain:
            return bindings
        last = max(plain, key=lambda b: self.syntax.statement(b.node).lineno)
        line = self.syntax.statement(last.node).lineno
        starts = calls_from(module, scope.node, self.syntax, self.uses)
        if any(call.lineno <= line for call in starts):
            return bindings
        return [b for b in bindings if b is last or self._is_later(b, line)]

    def _is_later(self, binding: Binding, line: int) -> bool:
        """Whether a binding of a module's name may come after a line of the module."""
        statement = self.syntax.statement(binding.node)
        inside = self.syntax.scope(statement) is not binding.scope
        return inside or statement.lineno > line

    def _bound(self, binding: Binding) -> Meanings:
        if binding.kind in ("declared", "deleted"):
            return NOTHING
        if binding.kind == "parameter":
            return self._parameter(binding)
        if binding.kind in ("assign", "walrus") and binding.value is not None:
            if binding.index is not None:
                return self.element(binding.value, binding.index)
            return self.meanings(binding.value)
        if binding.kind == "with" and binding.value is not None:
            return self.meanings(binding.value)
        return frozenset({Foreign(binding.node)})

    def element(self, value: ast.expr, index: int) -> Meanings:
        """What element ``index`` of a tuple stands for."""
        if isinstance(value, (ast.Tuple, ast.List)):
            if 0 <= index < len(value.elts):
                return self.meanings(value.elts[index])
            return frozenset({Foreign(value)})
        if isinstance(value, ast.Call):
            functions = self.functions(value.func)
            if functions:
                returned = (r.value for f in functions for r in self.returns(f))
                return frozenset().union(
                    *(self.element(v, index) for v in returned if v is not None)
                )
        found_here: set[Meaning] = set()
        for meaning in self.meanings(value):
            if isinstance(meaning, KnownAndRest):
                pair = (Arguments(meaning.parse), Rest(meaning.parse))
                found_here.add(pair[index] if 0 <= index < 2 else Foreign(value))
            elif isinstance(meaning, Dataclasses):
                found_here.add(Arguments(meaning.parse))
            else:
                found_here.add(Foreign(value))
        return frozenset(found_here)

    def _attribute(self, node: ast.Attribute) -> Meanings:
        if self.qualified(node) == "wandb.config":
            return frozenset({RunConfig()})
        if self.qualified(node) == "wandb.run":
            return frozenset({Run(node)})
        members = self.members(node)
        if members is not None:
            return frozenset().union(*(self._bound(b) for b in members))
        found: set[Meaning] = set()
        for meaning in self.meanings(node.value):
            if isinstance(meaning, (Arguments, ArgumentsDict)) and node.attr == "__dict__":
                found.add(ArgumentsDict(meaning.parse))
            elif isinstance(meaning, Run) and node.attr == "config":
                found.add(RunConfig())
            elif isinstance(meaning, Run) and node.attr == "experiment":
                found.add(meaning)
            elif (owner := self.class_of(meaning)) is not None:
                found |= self.held_as(owner, node)
            else:
                found.add(Foreign(node))
        return frozenset(found)

    def _self(self, owner: ast.ClassDef, method: ast.AST) -> Meanings:
        """What a method of a class calls self: one of the parsers, if it is one's class.

        A Tap is its arguments as well, in all methods but the one that adds parameters.
        """
        made = self.parser_class_of(owner)
        heirs = self.heirs(owner) if made is not None else ()
        calls = [c for each in heirs for c in self.uses.calls.get(each, ())]
        if made is None or not calls:
            return frozenset({Instance(owner)})
        if made.library not in TAPS or getattr(method, "name", "") == "configure":
            return frozenset(map(Parser, calls))
        parses = (self.syntax.parent[n] for n in self.syntax.named.get("parse_args", ()))
        return frozenset(
            Arguments(parse)
            for parse in parses
            if isinstance(parse, ast.Call) and isinstance(parse.func, ast.Attribute)
            for meaning in self.meanings(parse.func.value)
            if isinstance(meaning, Parser) and meaning.call in calls
        )

    def _call(self, node: ast.Call) -> Meanings:
        name = self.qualified(node.func)
        if self.parser_class(node.func) is not None:
            return frozenset({Parser(node)})
        if is_super(node):
            around = self.syntax.ancestors(node)
            inside = next((a for a in around if isinstance(a, ast.ClassDef)), None)
            if inside is not None and self.parser_class_of(inside) is not None:
                return self._self(inside, self.syntax.scope(node).node)
        if name == "wandb.init" or name in LOGGERS:
            return frozenset({Run(node)})
        if name in COPIES and node.args:
            return self.meanings(node.args[0])
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
            returned = (r.value for f in functions for r in self.returns(f))
            return frozenset().union(*(self.meanings(v) for v in returned if v))
        values = [] if _is_of_object(node.func) else values_called(node, self)
        if not values and isinstance(node.func, ast.Attribute):
            left = handed_over(node, self.syntax)
            found = [as_dict(self.meanings(arguments)) for arguments in left]
            return frozenset().union(*found) or self._method_call(node, node.func)
        if values:
            return frozenset().union(*(self._called(v, node) for v, _ in values))
        made = self._lambda(node.func)
        if made is not None:
            return self.meanings(made.body)
        return self._given_parsers(node) or frozenset({Foreign(node)})

    def _given_once(self, call: ast.Call) -> Meanings:
        """The arguments that a call is given beside what has other names.

        ``Namespace(**vars(args), **state)``: a name that both have would be an error.
        """
        parts = [self.meanings(k.value) for k in call.keywords if k.arg is None]
        kinds = (Arguments, ArgumentsDict)
        ours = [p for p in parts if any(isinstance(m, kinds) for m in p)]
        alone = len(ours) == 1 and all(isinstance(m, kinds) for m in ours[0])
        return ours[0] if alone and not call.args else NOTHING

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
            return frozenset({Foreign(node)})
        if isinstance(target, ast.ClassDef):
            return frozenset({Instance(target)})
        returned = (r.value for r in self.returns(target))
        return frozenset().union(*(self.meanings(v) for v in returned if v))

    def _given_parsers(self, call: ast.Call) -> Meanings:
        """The parsers that a function of elsewhere is given, for it returns one of them.

        ``parser = add_model_args(parser)``. Nothing depends on it where it returns
        something else, for only a parser is asked to parse.
        """
        given = [a for a in call.args if isinstance(a, (ast.Name, ast.Attribute))]
        found = [m for a in given for m in self.meanings(a) if isinstance(m, Parser)]
        return frozenset(found)

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
                    found.add(KnownAndRest(parse) if known else Arguments(parse))
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

    def _is_bound(self, node: ast.Name) -> bool:
        return bool(self.syntax.bindings(node.id, self.syntax.scope(node)))

    def returns(self, function: Function) -> list[ast.Return]:
        """The return statements of a function, those of inner functions left out."""
        return self.uses.returns.get(function, [])

    def _parameter(self, binding: Binding) -> Meanings:
        """What the calls in this file give for a parameter of a function."""
        owner = class_of_self(binding, self.syntax)
        if owner is not None:
            return self._self(owner, binding.scope.node)
        function = binding.scope.node
        if not isinstance(function, FUNCTIONS) or not isinstance(binding.node, ast.arg):
            return frozenset({Foreign(binding.node)})
        arguments = function.args
        positional = [*arguments.posonlyargs, *arguments.args]
        if binding.node in (arguments.vararg, arguments.kwarg):
            return frozenset({Foreign(binding.node)})
        found: set[Meaning] = set()
        default = default_of(function, binding.node)
        calls = self.calls_for(function)
        for call in calls:
            value = argument_for(
                call, binding.node, positional, self.gives_self(call, function)
            )
            if value is not None:
                found |= self.meanings(value)
            elif default is not None:
                found |= self.meanings(default)
        found |= self._handed_over(function, binding.node)
        if not found and not calls:
            if default is not None:
                return self.meanings(default)
            found.add(Foreign(binding.node))
        return frozenset(found)

    def given(self, binding: Binding) -> list[ast.expr]:
        """The expressions that a name gets its value from; none where not all are seen."""
        if binding.kind == "assign" and binding.index is None and binding.value is not None:
            return [binding.value]
        function = binding.scope.node
        if not isinstance(function, FUNCTIONS) or not isinstance(binding.node, ast.arg):
            return []
        arguments = function.args
        if binding.node in (arguments.vararg, arguments.kwarg):
            return []
        if self.uses.handed_over.get(function):
            return []
        positional = [*arguments.posonlyargs, *arguments.args]
        found = [
            argument_for(call, binding.node, positional, self.gives_self(call, function))
            or self._splatted(call, binding.name)
            for call in self.calls_for(function)
        ]
        known = [value for value in found if value is not None]
        return known if len(known) == len(found) else []

    def gives_self(self, call: ast.Call, function: Function) -> bool:
        """Whether the first parameter is the object that the method is called on.

        In ``Base.setup(self, parser)`` it is given like any other.
        """
        if not is_method(function, self.syntax):
            return False
        through = call.func.value if isinstance(call.func, ast.Attribute) else None
        by_class = through is not None and self.definition(through) is not None
        return not by_class or any(
            ast.unparse(d) == "classmethod" for d in function.decorator_list
        )

    def _splatted(self, call: ast.Call, name: str) -> ast.expr | None:
        """What ``main(**vars(args))`` gives for a parameter: ``vars(args)["lr"]``."""
        given = [k.value for k in call.keywords if k.arg is None]
        if len(given) != 1:
            return None
        found = self.meanings(given[0])
        if not found or not all(isinstance(m, ArgumentsDict) for m in found):
            return None
        return ast.Subscript(given[0], ast.Constant(name), ast.Load())

    def calls_for(self, function: Function) -> list[ast.Call]:
        """The calls that run a function: of ``__init__`` those of its class too.

        And those of the classes that inherit it.
        """
        calls = self.uses.calls.get(function, [])
        owner = self.syntax.parent.get(function)
        if isinstance(owner, ast.ClassDef) and function.name == "__init__":
            for heir in self.heirs(owner):
                if heir is owner or self.inherited(heir, "__init__") is function:
                    calls = calls + self.uses.calls.get(heir, [])
        return calls

    def _handed_over(self, function: Function, parameter: ast.arg) -> Meanings:
        """Values for a function given to a starter: ``spawn(f, args=(…))``, ``Process``."""
        values = self.handed_values(function, parameter)
        return frozenset().union(*(self.meanings(v) for v in values))

    def handed_values(self, function: Function, parameter: ast.arg) -> list[ast.expr]:
        """The expressions that a starter of a function is given for a parameter of it."""
        positional = [*function.args.posonlyargs, *function.args.args]
        if parameter not in positional:
            return []
        found = []
        for node in self.uses.handed_over.get(function, []):
            words = next((k.value for k in node.keywords if k.arg == "args"), None)
            starter = (self.qualified(node.func) or ast.unparse(node.func)).rpartition(".")[
                2
            ]
            if words is None and starter == "spawn" and len(node.args) > 1:
                words = node.args[1]
            offset = 1 if starter == "spawn" else 0  # the rank comes first
            index = positional.index(parameter) - offset
            if isinstance(words, (ast.Tuple, ast.List)) and 0 <= index < len(words.elts):
                found.append(words.elts[index])
        return found


def _is_of_object(node: ast.expr) -> bool:
    """Whether it is a method by its name: not one of ``MODULES[name]``."""
    return isinstance(node, ast.Attribute) and not isinstance(node.value, ast.Subscript)


def _functions(bindings: list[Binding]) -> list[Function]:
    """The one function that a name is bound to, where it is bound to nothing else."""
    node = bindings[0].node if len(bindings) == 1 else None
    defined = isinstance(node, FUNCTIONS) and bindings[0].kind == "definition"
    return [node] if defined and isinstance(node, FUNCTIONS) else []
