"""What tests come to where nobody gives a function more than its own script does.

``def main(**kwargs)`` that the script calls as ``main()`` has no keywords: another script
gives it some. And what ``os.getenv(name)`` gives is None where no variable is set.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from jobready.script.source.reaching import reaching
from jobready.script.source.scopes import FUNCTIONS, Binding, Function
from jobready.script.values.conditions import conditions_around
from jobready.script.values.flow import Flow
from jobready.script.values.functions import default_of, named_parameters, unpacks
from jobready.script.values.only_called import is_only_called
from jobready.script.values.order import running_scope
from jobready.script.values.parser_classes import READ_FILES

HOPS = 8  # names and functions, from a test back to what makes its value
# What a value may be that is false: a list or a dict could be filled later.
NONE, FALSE, EMPTY = "None", "false", "empty"
# Any of these; anything at all where there is none.
Kinds = frozenset[str]
ANYTHING: Kinds = frozenset()
FROM_ENVIRONMENT = frozenset(("os.getenv", "os.environ.get"))
# Decorators that call the function with what they are called with.
HANDS_ON = frozenset(
    (
        "torch.distributed.elastic.multiprocessing.errors.record",
        "torch.no_grad",
        "torch.inference_mode",
    )
)
# What leaves a list or a dict as it is.
LOOKS = frozenset(("get", "items", "keys", "values", "copy"))
BUILTINS = frozenset(
    ("bool", "dict", "isinstance", "len", "list", "print", "sorted", "str")
)
HARMLESS = (ast.UnaryOp, ast.Compare, ast.FormattedValue, ast.Starred)
TESTING = (ast.If, ast.While, ast.IfExp, ast.Assert)


class NothingGiven:
    """Answers tests, for one file or program; ``unset`` where no variable is set either."""

    def __init__(self, flow: Flow, *, unset: bool = False) -> None:
        self._flow = flow
        self._unset = unset
        self._staying: set[Binding] = set()  # those that are being looked at

    def excludes(self, node: ast.AST) -> bool:
        """Whether a test on the way to a node keeps the script from it."""
        return any(
            self.answer(test) is (not wanted)
            for test, wanted in conditions_around(node, self._flow.syntax, self._flow)
        )

    def answer(self, test: ast.expr, hops: int = HOPS) -> bool | None:
        """What a test comes to; None where that isn't known."""
        if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
            answer = self.answer(test.operand, hops)
            return None if answer is None else not answer
        if isinstance(test, ast.BoolOp):
            answers = [self.answer(v, hops) for v in test.values]
            decides = isinstance(test.op, ast.Or)
            if decides in answers:
                return decides
            return None if None in answers else not decides
        if isinstance(test, ast.Compare):
            return self._comparison(test, hops)
        return False if self._kinds(test, hops) else None

    def _comparison(self, test: ast.Compare, hops: int) -> bool | None:
        """What ``value is None`` comes to."""
        op, other = test.ops[0], test.comparators[0]
        if len(test.ops) > 1 or not isinstance(op, (ast.Is, ast.IsNot)):
            return None
        kinds = self._kinds(test.left, hops)
        if len(kinds) != 1 or not isinstance(other, ast.Constant):
            return None
        return ((NONE in kinds) is isinstance(op, ast.Is)) if other.value is None else None

    def _kinds(self, value: ast.expr | None, hops: int) -> Kinds:
        """What a value may be, where that is false in any case."""
        if value is None or not hops:
            return ANYTHING
        if isinstance(value, ast.Constant):
            if value.value is None:
                return frozenset((NONE,))
            return ANYTHING if value.value else frozenset((FALSE,))
        if isinstance(value, (ast.List, ast.Dict)):
            filled = value.elts if isinstance(value, ast.List) else value.keys
            return ANYTHING if filled else frozenset((EMPTY,))
        if isinstance(value, ast.Name):
            bindings = self._flow.syntax.resolved(reaching(value, self._flow.syntax))
            return _all(self._bound(b, hops) for b in bindings)
        if isinstance(value, (ast.IfExp, ast.BoolOp)):
            return self._chosen(value, hops - 1)
        return self._called(value, hops) if isinstance(value, ast.Call) else ANYTHING

    def _chosen(self, value: ast.IfExp | ast.BoolOp, hops: int) -> Kinds:
        """The same for one of several values."""
        if isinstance(value, ast.BoolOp):
            found = [self._kinds(v, hops) for v in value.values]
            if isinstance(value.op, ast.And):
                return found[0]
            return found[-1] if all(found) else ANYTHING
        answer = self.answer(value.test, hops)
        ways = ((value.body, True), (value.orelse, False))
        return _all(self._kinds(v, hops) for v, way in ways if answer in (way, None))

    def _bound(self, binding: Binding, hops: int) -> Kinds | None:
        """The same for what gives a name its value; None where that doesn't happen."""
        if binding.kind == "assign" and binding.index is None:
            tests = conditions_around(binding.node, self._flow.syntax, self._flow, 0)
            if any(self.answer(t, hops - 1) is (not wanted) for t, wanted in tests):
                return None
            found = self._kinds(binding.value, hops - 1)
        else:
            found = self._parameter(binding, hops)
        if self._is_replaced(binding):
            return ANYTHING
        if EMPTY in found and not self._stays(binding):
            return ANYTHING
        return found

    def _is_replaced(self, binding: Binding) -> bool:
        """Whether another module gives the name a value: ``settings.config = …``."""
        return any(
            isinstance(node, ast.Attribute)
            and isinstance(node.ctx, ast.Store)
            and binding in (self._flow.members(node) or ())
            for node in self._flow.syntax.named.get(binding.name, ())
        )

    def _parameter(self, binding: Binding, hops: int) -> Kinds:
        """The same for a parameter of a function of which all calls are seen."""
        function, parameter = binding.scope.node, binding.node
        if not isinstance(function, FUNCTIONS) or not isinstance(parameter, ast.arg):
            return ANYTHING
        calls = [c for c in self._flow.calls_for(function) if self._may_run(c)]
        if not is_only_called(function, self._flow) or not self._is_called_so(function):
            return ANYTHING
        if any(map(unpacks, calls)):
            return ANYTHING
        taken = function.args
        if parameter is taken.kwarg:
            known = {a.arg for a in (*taken.args, *taken.kwonlyargs)}
            given = {k.arg for c in calls for k in c.keywords}
            return frozenset((EMPTY,)) if calls and given <= known else ANYTHING
        if parameter is taken.vararg:
            return ANYTHING
        default = default_of(function, parameter)
        values = (self._flow.given_for(c, function, parameter) or default for c in calls)
        return _all(self._kinds(v, hops - 1) for v in values)

    def _may_run(self, call: ast.Call) -> bool:
        """Whether it isn't in a function that is there for other scripts: none names it."""
        syntax = self._flow.syntax
        around = running_scope(call, syntax).node
        if not isinstance(around, FUNCTIONS) or around.decorator_list:
            return True
        if not isinstance(syntax.parent[around], ast.Module):
            return True
        name = around.name
        said = (f'"{name}"', f"'{name}'")
        return name in syntax.named or any(map(syntax.mentions, said))

    def _is_called_so(self, function: Function) -> bool:
        """Whether the calls of its name give a function its values: no decorator does."""
        return all(map(self._hands_on, function.decorator_list))

    def _hands_on(self, decorator: ast.expr) -> bool:
        """Whether a decorator calls the function with what it is called with."""
        made = decorator.func if isinstance(decorator, ast.Call) else decorator
        names = [self._flow.qualified(made)]
        if isinstance(made, ast.Name):
            names = [self._flow.imported(b) for b in self._flow.bindings_of(made)]
        if HANDS_ON.issuperset(names) and names:
            return True
        function = self._flow.function(decorator)
        if function is None or function.decorator_list or len(function.args.args) != 1:
            return False
        name = function.args.args[0].arg
        returned = [n.value for n in ast.walk(function) if isinstance(n, ast.Return)]
        return bool(returned) and all(
            (isinstance(value, ast.Name) and value.id == name)
            or (
                isinstance(value, ast.Call)
                and [ast.unparse(a) for a in value.args] == [name]
                and self._hands_on(value.func)
            )
            for value in returned
        )

    def _called(self, call: ast.Call, hops: int) -> Kinds:
        """The same for what a call gives."""
        if self._flow.qualified(call.func) in FROM_ENVIRONMENT:
            if not self._unset or call.keywords or len(call.args) > 2:
                return ANYTHING
            default = [*call.args, ast.Constant(None)][1]
            return self._kinds(default, hops)
        function = self._flow.function(call.func)
        if not isinstance(function, ast.FunctionDef) or function.decorator_list:
            return ANYTHING
        if any(isinstance(n, (ast.Yield, ast.YieldFrom)) for n in ast.walk(function)):
            return ANYTHING
        found: list[Kinds | None] = []
        for each in self._flow.returns(function):
            tests = conditions_around(each, self._flow.syntax, self._flow, 0)
            if not any(self.answer(t, hops - 1) is (not wanted) for t, wanted in tests):
                found.append(self._kinds(each.value or ast.Constant(None), hops - 1))
        if not isinstance(function.body[-1], ast.Return):
            found.append(frozenset((NONE,)))
        return _all(found)

    def _stays(self, binding: Binding) -> bool:
        """Whether nobody changes in place what has the name."""
        if binding in self._staying:
            return True
        self._staying.add(binding)
        named = self._flow.syntax.named.get(binding.name, ())
        stays = all(self._is_left(node, binding) for node in named)
        self._staying.discard(binding)
        return stays

    def _is_left(self, node: ast.AST, binding: Binding) -> bool:
        """Whether a node of that name is no use of it, or one that changes nothing."""
        if isinstance(node, ast.Attribute):
            return binding not in (self._flow.members(node) or ())
        if not isinstance(node, ast.Name) or not isinstance(node.ctx, ast.Load):
            return True
        syntax = self._flow.syntax
        if binding not in syntax.resolved(reaching(node, syntax)):
            return True
        return self._leaves(node, binding)

    def _leaves(self, node: ast.Name, binding: Binding) -> bool:
        """Whether a use of a name leaves its value as it is."""
        inside: ast.AST = node
        holder = self._flow.syntax.parent[node]
        while isinstance(holder, ast.BoolOp):
            inside, holder = holder, self._flow.syntax.parent[holder]
        if isinstance(holder, TESTING):
            return inside is holder.test
        if isinstance(holder, HARMLESS):
            return True
        if inside is not node:
            return False
        if isinstance(holder, ast.Return):  # of what is made anew by each call
            return binding.kind == "assign" and binding.scope.parent is not None
        if isinstance(holder, ast.Attribute):
            return holder.attr in LOOKS
        if isinstance(holder, ast.Subscript):
            return isinstance(holder.ctx, ast.Load)
        return self._leaves_given(node, holder)

    def _leaves_given(self, node: ast.Name, holder: ast.AST) -> bool:
        """The same where it is given to a call."""
        call = (
            self._flow.syntax.parent[holder] if isinstance(holder, ast.keyword) else holder
        )
        if not isinstance(call, ast.Call) or node is call.func:
            return False
        if isinstance(holder, ast.keyword) and holder.arg is None:
            return True  # **kwargs, which are copied
        name = call.func
        if isinstance(name, ast.Attribute) and name.attr in READ_FILES:
            return True
        if isinstance(name, ast.Name) and name.id in BUILTINS:
            return True
        return self._reads_only(call, node)

    def _reads_only(self, call: ast.Call, given: ast.Name) -> bool:
        """Whether a function of the script leaves what it is given as it is."""
        function = self._flow.function(call.func)
        if function is None:
            return False
        return any(
            self._flow.given_for(call, function, parameter) is given
            and all(map(self._stays, self._bindings(function, parameter)))
            for parameter in named_parameters(function.args)
        )

    def _bindings(self, function: Function, parameter: ast.arg) -> Iterator[Binding]:
        """What binds a parameter in its function."""
        scope = self._flow.syntax.scopes[function.body[0]]
        yield from (b for b in scope.bindings[parameter.arg] if b.node is parameter)


def _all(found: Iterable[Kinds | None]) -> Kinds:
    """What one of several values may be; anything where one of them may."""
    known = [kinds for kinds in found if kinds is not None]
    return frozenset().union(*known) if known and all(known) else ANYTHING
