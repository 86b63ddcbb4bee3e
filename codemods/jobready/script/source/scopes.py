"""The scopes of a file and what binds names in them, as the language defines it."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from weakref import ReferenceType, ref

from jobready.script.source.children import children

ScopeNode = (
    ast.Module
    | ast.FunctionDef
    | ast.AsyncFunctionDef
    | ast.Lambda
    | ast.ClassDef
    | ast.ListComp
    | ast.SetComp
    | ast.DictComp
    | ast.GeneratorExp
)
Function = ast.FunctionDef | ast.AsyncFunctionDef
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
# Nodes that open a scope, and those that bind names.
OPENS = frozenset((*FUNCTIONS, ast.Lambda, ast.ClassDef, *COMPREHENSIONS))
BINDS = frozenset(
    (
        *FUNCTIONS,
        ast.ClassDef,
        ast.Assign,
        ast.AnnAssign,
        ast.AugAssign,
        ast.NamedExpr,
        ast.For,
        ast.AsyncFor,
        ast.comprehension,
        ast.withitem,
        ast.Import,
        ast.ImportFrom,
        ast.arg,
        ast.Delete,
        ast.ExceptHandler,
        ast.Global,
        ast.Nonlocal,
        ast.MatchAs,
        ast.MatchStar,
        ast.MatchMapping,
    )
)


@dataclass(eq=False, slots=True)
class Binding:
    """One place that binds a name.

    A file has thousands, and a frozen one takes three times as long to make.
    ``value`` is the expression the name gets; with ``index`` it gets that element of it.
    ``kind`` is one of assign, augmented, parameter, import, definition, loop, with,
    walrus, deleted, other.
    """

    name: str
    kind: str
    node: ast.AST
    held_by: ReferenceType[Scope]
    value: ast.expr | None = None
    index: int | None = None

    @property
    def scope(self) -> Scope:
        """The scope that the name is bound in.

        It has its bindings; if they had it too, a file's tree would stay in memory until
        the collector of cycles comes along.
        """
        scope = self.held_by()
        assert scope is not None, "a binding is used while its file is"
        return scope


@dataclass(eq=False)
class Scope:
    """A region of the file in which names are bound, as the language defines it."""

    node: ScopeNode
    parent: Scope | None
    bindings: dict[str, list[Binding]] = field(default_factory=dict)
    globals: set[str] = field(default_factory=set)
    nonlocals: set[str] = field(default_factory=set)

    @property
    def is_class(self) -> bool:
        """Whether names bound here are attributes, invisible to inner functions."""
        return isinstance(self.node, ast.ClassDef)


# What runs where it stands, as a part of the function around it.
RUNS_IN_PLACE = (*COMPREHENSIONS, ast.Lambda, ast.ClassDef)


def running(scope: Scope) -> ast.AST:
    """The function, or the module, that runs what a scope holds."""
    while scope.parent is not None and isinstance(scope.node, RUNS_IN_PLACE):
        scope = scope.parent
    return scope.node


def module_of(scope: Scope) -> Scope:
    """The scope of the module that a scope is part of."""
    while scope.parent is not None:
        scope = scope.parent
    return scope


def opened(node: ast.AST, scope: Scope, scopes: dict[ast.AST, Scope]) -> list[ast.AST]:
    """The nodes inside one that opens a scope; each gets the scope that it belongs to."""
    inner = Scope(node, scope)  # type: ignore[arg-type]
    outside: list[ast.AST] = []
    inside: list[ast.AST] = []
    returns: list[ast.AST] = []
    if isinstance(node, (*FUNCTIONS, ast.Lambda)):
        outside, inside, returns = _function_parts(node)
    elif isinstance(node, ast.ClassDef):
        outside = [*node.decorator_list, *node.bases, *node.keywords]
        inside = list(node.body)
    else:
        # The first iterable belongs to the scope outside; looked up from inside it is
        # found there all the same, unless a target hides it, which nobody writes.
        inside = children(node)
    for child in (*outside, *returns):
        scopes[child] = scope
    for child in inside:
        scopes[child] = inner
    if isinstance(node, FUNCTIONS):
        body = len(inside) - len(node.body)
        return [*outside, *inside[:body], *returns, *inside[body:]]
    return [*outside, *inside]


def _function_parts(
    node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda,
) -> tuple[list[ast.AST], list[ast.AST], list[ast.AST]]:
    """What of a function belongs to the scope around it, what to its own; the returns."""
    arguments = node.args
    outside: list[ast.AST] = []
    if not isinstance(node, ast.Lambda):
        outside += node.decorator_list
    outside += [d for d in (*arguments.defaults, *arguments.kw_defaults) if d is not None]
    inside: list[ast.AST] = [
        *arguments.posonlyargs,
        *arguments.args,
        *arguments.kwonlyargs,
        *(a for a in (arguments.vararg, arguments.kwarg) if a is not None),
    ]
    if isinstance(node, ast.Lambda):
        return outside, [*inside, node.body], []
    returns: list[ast.AST] = [node.returns] if node.returns is not None else []
    return outside, [*inside, *node.body], returns


@dataclass(eq=False, slots=True)
class _Bind:
    """Enters what one node binds.

    A class, since an inner function that calls itself is garbage that only the collector
    of cycles finds, with all that it knows.
    """

    node: ast.AST
    scope: Scope
    module: Scope

    def add(
        self,
        name: str,
        kind: str,
        value: ast.expr | None = None,
        index: int | None = None,
        into: Scope | None = None,
    ) -> None:
        """Enter one name."""
        into = into or self.scope
        if name in into.globals:
            into = self.module
        elif name in into.nonlocals:
            into = _around(into, name)
        binding = Binding(name, kind, self.node, ref(into), value, index)
        into.bindings.setdefault(name, []).append(binding)


def _around(scope: Scope, name: str) -> Scope:
    """The function around, whose variable a ``nonlocal`` name is.

    The nearest that has it by then, or else the nearest: it may get it further down.
    """
    around: list[Scope] = []
    while scope.parent is not None and scope.parent.parent is not None:
        scope = scope.parent
        if not scope.is_class:
            around.append(scope)
    found = [s for s in around if name in s.bindings] or around
    return found[0] if found else scope


def _targets(bind: _Bind, target: ast.expr, kind: str, value: ast.expr | None) -> None:
    """Enter the names that an assignment, a loop or the like sets."""
    if isinstance(target, ast.Name):
        bind.add(target.id, kind, value)
    elif isinstance(target, (ast.Tuple, ast.List)):
        starred = any(isinstance(e, ast.Starred) for e in target.elts)
        for index, element in enumerate(target.elts):
            if isinstance(element, ast.Name) and kind == "assign" and not starred:
                bind.add(element.id, kind, value, index)
            else:
                _targets(bind, element, "other", None)
    elif isinstance(target, ast.Starred):
        _targets(bind, target.value, "other", None)


def enter_bindings(node: ast.AST, scope: Scope, module: Scope) -> None:
    """Enter what ``node`` binds into the scope that it binds it in."""
    bind = _Bind(node, scope, module)
    match node:
        case ast.Assign():
            for target in node.targets:
                _targets(bind, target, "assign", node.value)
        case ast.arg():
            bind.add(node.arg, "parameter")
        case ast.AnnAssign(target=ast.Name(id=name)):
            bind.add(name, "assign" if node.value else "declared", node.value)
        case ast.AugAssign(target=ast.Name(id=name)):
            bind.add(name, "augmented", node.value)
        case ast.NamedExpr(target=ast.Name(id=name)):
            into = scope
            while isinstance(into.node, COMPREHENSIONS) and into.parent is not None:
                into = into.parent
            bind.add(name, "walrus", node.value, into=into)
        case ast.For() | ast.AsyncFor() | ast.comprehension():
            _targets(bind, node.target, "loop", None)
        case ast.withitem() if node.optional_vars is not None:
            _targets(bind, node.optional_vars, "with", node.context_expr)
        case ast.Import() | ast.ImportFrom():
            for alias in node.names:
                bound = alias.asname or alias.name.partition(".")[0]
                bind.add(bound, "import")
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            bind.add(node.name, "definition")
        case ast.Delete():
            for target in node.targets:
                _targets(bind, target, "deleted", None)
        case ast.ExceptHandler() if node.name:
            bind.add(node.name, "other")
        case ast.Global():
            scope.globals.update(node.names)
        case ast.Nonlocal():
            scope.nonlocals.update(node.names)
        case ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
            bind.add(name, "other")
        case ast.MatchMapping(rest=str(name)):
            bind.add(name, "other")
        case _:
            pass
