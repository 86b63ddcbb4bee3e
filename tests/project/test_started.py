"""What may be a script: a file that does something when it is run."""

from __future__ import annotations

import ast
import sysconfig
from pathlib import Path

import pytest

from jobready.project.started import may_be_started

SCRIPTS = {
    "asks if it is the main one": 'if __name__ == "__main__":\n    main()\n',
    "calls a function": "import lib\n\nmain()\n",
    "calls a method": "import lib\nlib.train.main()\n",
    "calls what is in a list": "STEPS = [f]\nSTEPS[0]()\n",
    "calls in an if": "import os\nif os.environ.get('A'):\n    main()\n",
    "calls in an else": "if A:\n    B = 1\nelse:\n    main()\n",
    "calls behind a closing parenthesis": "if has(\n    A\n):\n    main()\n",
    "calls in a loop, behind a comment": "for a in A:\n# each\n\n    a.fit()\n",
    "calls on the line of an if": "if A: main()\n",
    "calls behind another statement": "import lib; main()\n",
    "calls behind the end of a text": '"""Trains.\n"""; main()\n',
    "calls a method of a text": '"a {}".format(print())\n',
    "calls what is in parentheses": "(main)()\n",
    "calls with a line's end inside": "main \\\n    ()\n",
    "waits": "await main()\n",
    "begins with a mark": "\ufeffmain()\n",
    "has lines of another kind": "import lib\rmain()\r",
    "begins a page": "import lib\n\fmain()\n",
    "has a name with an accent": "démarre()\n",
}
MODULES = {
    "only imports": "import os\nfrom a import (\n    b,\n    c,\n)\n",
    "only defines": "class A:\n    x = f()\n    def f(self):\n        self.g()\n",
    "tries an import": "try:\n    import torch\nexcept ImportError:\n    torch = None\n",
    "assigns what it calls": "import os\nROOT = os.path.join('a', 'b')\nos.X['a'] = f()\n",
    "says what it is": '"""Parsers; see main() and run()."""\n\nimport a\n'.replace(
        ";", ","
    ),
    "has decorators": "@task(1)\ndef f():\n    main()\n",
    "annotates": "x: int = f()\ny: list[int]\n",
    "is empty": "",
}


@pytest.mark.parametrize("text", SCRIPTS.values(), ids=list(SCRIPTS))
def test_a_script_does_something(text: str) -> None:
    assert may_be_started(text.encode())


@pytest.mark.parametrize("text", MODULES.values(), ids=list(MODULES))
def test_a_module_does_nothing(text: str) -> None:
    assert not may_be_started(text.encode())


def test_no_script_is_overlooked_in_the_standard_library() -> None:
    modules = sorted(Path(sysconfig.get_path("stdlib")).glob("*.py"))
    overlooked, passed_over = [], 0
    for path in modules:
        data = path.read_bytes()
        if not may_be_started(data):
            passed_over += 1
            overlooked += [path.name for node in outer(ast.parse(data)) if calls(node)]
    assert overlooked == []
    assert passed_over > 20


def outer(tree: ast.Module) -> list[ast.AST]:
    """The nodes of a module less what is in its functions and classes."""
    found: list[ast.AST] = []
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            found.append(node)
            waiting += ast.iter_child_nodes(node)
    return found


def calls(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, (ast.Call, ast.Await))
