"""Where a script reads the object that it gave to its run, and not the run's config.

What is read of a plain dict or object nobody sees, unlike reads of arguments and of a run's
config. So that such a script isn't just "not proven", its source tells.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from jobready.script.configs.config_objects import key_read
from jobready.script.configs.own_config import own_configs
from pytest_jobready.verdicts import texts
from pytest_jobready.verdicts.as_it_is import Plain


def own_reads(plain: Plain, names: Collection[str]) -> Iterator[tuple[str, int]]:
    """Each of ``names`` with the lines where the script's own object is read for it.

    ``names`` are keys of the config that nothing read from the run. Where the object is
    passed on as a whole it is read for all of them. What a file has filled is left out, as
    the file may be what changes.
    """
    script = plain.script
    if script.parses or script.strange_parses or script.foreign:
        return
    for own in own_configs(script.inits, script.syntax, script.flow):
        if own.is_loaded:
            continue
        for node in (*own.early, *own.reads):
            key = key_read(node, script.syntax)
            yield from ((n, node.lineno) for n in names if key is None or key == n)


def own_lines(plain: Plain, found: Collection[tuple[str, int]]) -> Iterator[str]:
    """A sentence for each line: whose values are read there, and what they are."""
    values = {p.name: p.value for p in plain.parameters}
    for line in sorted({line for _, line in found}):
        names = [name for name in plain.names if (name, line) in found]
        said = ", ".join(f"{name} is {values[name]}" for name in names)
        said += " here, whatever is launched: read it from the run's config"
        yield texts.at(plain.root / plain.name, line, plain.root, said)
