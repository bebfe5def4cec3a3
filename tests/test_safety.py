"""What the page of threats promises: each named test is there, and the code keeps its rules."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "deploy" / "SECURITY.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(test_\w+)`", PAGE)))
MODULES = sorted(path for name in ("bot", "corpus") for path in (ROOT / name).rglob("*.py"))


@pytest.mark.parametrize(("file", "test"), NAMED)
def test_each_promise_has_its_test(file: str, test: str) -> None:
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    assert test in {node.name for node in ast.walk(tree) if isinstance(node, functions)}


def test_each_line_has_a_test_or_says_what_can_be_done() -> None:
    rows = re.findall(r"^\| (?!they |it \||---)(.*) \| (.*)\|$", PAGE, re.MULTILINE)
    assert len(rows) > 20
    assert [told for told, tests in rows if not tests.strip() and "**can**" not in told] == []


def nodes() -> Iterator[tuple[str, ast.AST]]:
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            yield path.relative_to(ROOT).as_posix(), node


RUNS = {"pickle", "marshal", "shelve", "subprocess", "ctypes", "runpy", "pty", "code"}
CALLS = {"eval", "exec", "compile", "__import__", "system", "popen", "execv", "execve", "spawnl"}


# Its processes are its own program, told documents and telling what was made of them over pipes.
# And the C library's own malloc_trim and mallopt are told numbers.
OWN_PROGRAMS = [("bot/memory.py", "ctypes"), ("corpus/prepare.py", "subprocess")]


def test_nothing_that_is_read_is_run() -> None:
    found = []
    for place, node in nodes():
        if isinstance(node, ast.Import):
            found += [(place, n.name) for n in node.names if n.name.partition(".")[0] in RUNS]
        elif isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] in RUNS:
            found.append((place, node.module or ""))
        elif isinstance(node, ast.Call):
            called, of = _called(node.func)
            if called in CALLS and of != "re":
                found.append((place, called))
            if called == "load" and of in {"np", "numpy"}:
                found += [(place, k.arg or "") for k in node.keywords if k.arg == "allow_pickle"]
            if called == "load" and of == "yaml":
                found.append((place, "yaml.load"))
    assert found == OWN_PROGRAMS


def _called(function: ast.expr) -> tuple[str, str]:
    """Name of what is called, and of what it is called on."""
    if isinstance(function, ast.Attribute):
        on = function.value
        return function.attr, on.id if isinstance(on, ast.Name) else ""
    return (function.id, "") if isinstance(function, ast.Name) else ("", "")


# Puts in names of tables and columns alone, which each caller writes out.
OWN_NAMES = {("bot/state.py", "_put"), ("bot/database.py", "_copy_table")}
SQL = re.compile(r"\s*(SELECT|INSERT|UPDATE|DELETE|CREATE|DROP|ALTER|PRAGMA|WITH|ATTACH)\s")


def test_sql_is_never_put_together_from_values() -> None:
    """In a function only constants of the module (in capitals) are put into a statement."""
    found = {
        (place, ast.unparse(part))
        for place, function in nodes()
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
        for part in _put_in(node)
        if not (isinstance(part, ast.Name) and part.id.isupper())
        if (place, function.name) not in OWN_NAMES
    }
    assert found == set()


def _put_in(node: ast.AST) -> Iterator[ast.expr]:
    """What is put into a text that is SQL by its first word."""
    if isinstance(node, ast.JoinedStr) and _is_sql(node.values[0]):
        yield from (part.value for part in node.values if isinstance(part, ast.FormattedValue))
    elif isinstance(node, ast.BinOp) and _is_sql(node.left):
        yield node.right
    elif isinstance(node, ast.Call) and _formats_sql(node.func):
        yield from node.args


def _formats_sql(function: ast.expr) -> bool:
    return (
        isinstance(function, ast.Attribute)
        and function.attr in {"format", "replace"}
        and _is_sql(function.value)
    )


def _is_sql(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and bool(SQL.match(str(node.value)))
