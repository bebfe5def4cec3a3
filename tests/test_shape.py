"""The shape of the code: who imports whom, how long a function is, and docs that tell the truth."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parent.parent
MODULES = {
    ".".join(path.relative_to(REPOSITORY).with_suffix("").parts).removesuffix(".__init__"): path
    for package in ("corpus", "bot")
    for path in sorted((REPOSITORY / package).rglob("*.py"))
}


def imports_of(path: Path, *, at_top: bool) -> Iterator[str]:
    """The modules a file imports; ``at_top`` leaves out those inside functions and for types."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    nodes = tree.body if at_top else list(ast.walk(tree))
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("module", [name for name in MODULES if name.startswith("corpus")])
def test_the_record_knows_nothing_of_discord(module: str) -> None:
    roots = {name.partition(".")[0] for name in imports_of(MODULES[module], at_top=False)}
    assert not roots & {"bot", "discord"}


def test_no_modules_import_in_a_circle() -> None:
    graph = {
        name: {found for found in imports_of(path, at_top=True) if found in MODULES} - {name}
        for name, path in MODULES.items()
    }
    assert list(TopologicalSorter(graph).static_order())


def functions() -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    for name, path in MODULES.items():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield f"{name}.{node.name}", node


def test_no_function_needs_scrolling() -> None:
    long = {name: (n.end_lineno or 0) - n.lineno + 1 for name, n in functions()}
    assert {name: lines for name, lines in long.items() if lines > 50} == {}


def test_every_public_function_and_module_explains_itself() -> None:
    silent = [name for name, path in MODULES.items() if not _has_docstring(path)]
    assert [name for name in silent if not name.endswith(("corpus", "bot"))] == []


def _has_docstring(path: Path) -> bool:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return ast.get_docstring(tree) is not None or not tree.body


def test_the_command_line_starts_without_discord() -> None:
    import subprocess

    code = "import sys, corpus.cli; sys.exit('discord' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], check=False, cwd=REPOSITORY)
    assert done.returncode == 0


def test_asking_imports_nothing_that_reads_documents(seed_record_path: Path) -> None:
    """They take longer to import than an answer takes to find."""
    import subprocess

    code = (
        "import sys, corpus.cli;"
        "corpus.cli.cli(['ask', '--record', sys.argv[1], 'war'], standalone_mode=False);"
        "sys.exit(bool({'corpus.parse', 'lxml', 'pypdf', 'sqlite_utils'} & set(sys.modules)))"
    )
    command = [sys.executable, "-c", code, seed_record_path]
    done = subprocess.run(command, check=False, cwd=REPOSITORY, capture_output=True)
    assert done.returncode == 0, done.stderr
