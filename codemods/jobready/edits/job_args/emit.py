"""Writing the function into a script, and finding it there again."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Mapping, Sequence
from weakref import WeakKeyDictionary

from jobready.edits.job_args.branch import Branch, complete
from jobready.edits.job_args.config import SOURCES, config_lines, plain
from jobready.edits.job_args.template import lines

# Text that only stands in the function with the branch, as `ast.unparse` writes it.
_MARKS = {
    Branch.TEXT: r"type\(config\[a\.dest\]\)",
    Branch.DEFAULT: r"args = \[\]",
    Branch.REQUIRED: r"if action\.required",
    Branch.VERSION: r"_VersionAction",
    Branch.RECORDED: r"json_friendly_val",
    Branch.WHOLE: r"def same\(",
    Branch.TYPED_TEXT: r"(?:kind|type\(default\)) is not str and",
    Branch.CONVERTED: r"default != \w+\.SUPPRESS",
    Branch.SWITCH: r"kind is bool and value is action\.const",
    Branch.ODD_SWITCH: r"isinstance\(action\.const, bool\)",
    Branch.BOOLEAN_OPTIONAL: r"BooleanOptionalAction",
    Branch.CONST: r"same\(value, \w+\.const\)",
    Branch.SHARED: r"first = \{",
    Branch.COUNT: r"_CountAction",
    Branch.APPEND: r"isinstance\(action, \w+\._AppendAction\)",
    Branch.LISTS: r"type\(action\) is \w+\._AppendAction",
    Branch.LIST: r"nargs not in \(None, 0, '\?'\)",
    Branch.VALUE: r"whole = kind in \(list, dict\)",
    Branch.BOOL: r"action\.type is bool",
    Branch.BOOLEAN: r"type (?:not )?in \(None, str\)",
    Branch.ENUM: r"__members__",
    Branch.OWN: r"def lasts\(",
    Branch.ACTION: r"def read\(",
    Branch.POSITIONAL: r"if not action\.option_strings",
    Branch.REST: r"'--' in \w+\.argv",
    Branch.COMMANDS: r"_SubParsersAction",
    Branch.SUBCOMMANDS: r"range\(1, len\(words\)\)",
    Branch.CHOICES: r"chosen = action\.choices",
    Branch.LOOKED: r"\w+\.argv\[:\] =",
    Branch.APART: r"'args/'",
    Branch.FILES: r"is_config_file_arg",
    Branch.DATACLASSES: r"_preprocessing",
    Branch.INNER: r"reversed\(items\)",
    Branch.ANEW: r"\.getpid\(\)",
    Branch.OLDER: r"json\.loads\(\w+\.environ",
}


def emit(
    branches: Iterable[Branch],
    *,
    name: str = "job_args",
    argparse: str = "argparse",
    os: str = "os",
    sys: str = "sys",
    indent: str = "    ",
    quote: str = '"',
    annotated: bool = True,
    quoted: bool = False,
    renamed: Mapping[str, str] | None = None,
    opened: Mapping[str, object] | None = None,
    ranks: Sequence[str] = (),
) -> str:
    """The function's source text, with a final newline.

    ``argparse``, ``os`` and ``sys`` are what the script calls these modules. With the
    default indent and quote neither black nor ``ruff format`` changes it at 88 columns.
    ``quoted`` makes a text of the annotation that Python before 3.9 can't evaluate.
    ``renamed``, ``opened`` and ``ranks`` are those of `config_lines`.
    """
    text = "\n".join(lines(complete(branches))) + "\n"
    if renamed or opened or ranks:
        source = next(s for s in SOURCES if s in text)
        taking = config_lines(renamed or {}, opened or {}, '"', ranks, source)
        taken = f"dict({source})" if f"dict({source})" in text else source
        text = text.replace(f"config = {taken}", "\n    ".join(taking), 1)
    if not annotated:
        text = _without_annotations(text)
    if quoted:
        text = text.replace("-> list[str]:", '-> "list[str]":', 1)
    text = re.sub(r"\bargparse\.", f"{argparse}.", text)
    text = re.sub(r"\bos\.(?=environ\b|getpid\b)", f"{os}.", text)
    text = re.sub(r"\bsys\.argv\b", f"{sys}.argv", text)
    text = text.replace("def job_args(", f"def {name}(", 1)
    if quote == "'":
        text = "".join(map(_single_quoted, text.splitlines(keepends=True)))
    return re.sub(r"^(?:    )+", lambda m: indent * (len(m[0]) // 4), text, flags=re.M)


def _without_annotations(text: str) -> str:
    text = re.sub(r"^( *def .*?)(?: -> [^\n]+)?:$", r"\1:", text, flags=re.M)
    text = re.sub(
        r"^( *def \w+)\((.*)\):$",
        lambda m: f"{m[1]}({re.sub(r': [a-zA-Z_.]+', '', m[2])}):",
        text,
        flags=re.M,
    )
    return text.replace("args: list[str] =", "args =")


def _single_quoted(line: str) -> str:
    if '"""' in line:
        return line
    code, comment, rest = line.partition("  # ")
    return code.translate(str.maketrans("\"'", "'\"")) + comment + rest


# By function, as long as there is one: many scripts may have theirs from one file.
_RECOGNISED: WeakKeyDictionary[ast.FunctionDef, frozenset[Branch] | None]
_RECOGNISED = WeakKeyDictionary()


def recognise(function: ast.FunctionDef) -> frozenset[Branch] | None:
    """The branches of a function that `emit` wrote; None for any other function.

    Formatting, comments, quotes, annotations, the names of the function and of the
    modules, and how it takes the config make no difference, any other change does.
    """
    if function not in _RECOGNISED:
        _RECOGNISED[function] = _recognised(function)
    return _RECOGNISED[function]


def _recognised(function: ast.FunctionDef) -> frozenset[Branch] | None:
    function, _, _ = plain(function)
    written = ast.unparse(_bare(function))
    found = complete(b for b, mark in _MARKS.items() if re.search(mark, written))
    modules = {
        "argparse": r"(\w+)\.(?:_HelpAction|_StoreConstAction)\b",
        "os": r"(\w+)\.environ\b",
        "sys": r"(\w+)\.argv\b",
    }
    names = {m: re.search(p, written) for m, p in modules.items()}
    known = {m: found_name[1] for m, found_name in names.items() if found_name}
    ours = emit(
        found,
        name=function.name,
        argparse=known.get("argparse", "argparse"),
        os=known.get("os", "os"),
        sys=known.get("sys", "sys"),
        annotated=False,
    )
    own, _, _ = plain(ast.parse(ours).body[0])  # type: ignore[arg-type]
    return found if ast.unparse(_bare(own)) == written else None


def is_written(function: ast.FunctionDef, source: str) -> bool:
    """Whether a function is the one that `emit` wrote as ``source``, formatting apart."""
    return ast.unparse(_bare(function)) == ast.unparse(_bare(ast.parse(source).body[0]))


def _bare(node: ast.AST) -> ast.AST:
    """A copy of the function without annotations."""
    copy: ast.AST = ast.parse(ast.unparse(node)).body[0]
    _WithoutAnnotations().visit(copy)
    return copy


class _WithoutAnnotations(ast.NodeTransformer):
    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        node.returns = None
        return self.generic_visit(node)

    def visit_arg(self, node: ast.arg) -> ast.AST:
        node.annotation = None
        return node

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        if node.value is None:
            return node
        assign = ast.Assign([node.target], node.value)
        return ast.copy_location(ast.fix_missing_locations(assign), node)
