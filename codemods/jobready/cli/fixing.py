"""Checking what the command line names, and fixing it where that was asked for."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from jobready.lint.run import Files, check_files
from jobready.lint.verdict import Verdict
from jobready.net import Stopped, alone, raise_if_stopped
from jobready.outcome import Failed
from jobready.project.files import decode_source, encode_text, read_bytes, read_source
from jobready.report.checked import Checked

if TYPE_CHECKING:
    from jobready.cli.inputs import Inputs
    from jobready.lint.fix import Fixed
    from jobready.project.config import Config


@dataclass(frozen=True)
class Wanted:
    """Which fixes to make: with ``unsafe`` all, with ``pending`` only to show them."""

    unsafe: bool
    pending: bool


def check_inputs(inputs: Inputs, wanted: Wanted | None, *, cached: bool) -> Checked:
    """Check files, and fix those with findings for which fixes are wanted."""
    given = frozenset(map(str, inputs.given))
    files = Files(inputs.names, given, inputs.others, inputs.whole)
    verdicts = check_files(files, inputs.config, cached=cached)
    fixed: Counter[str] = Counter()
    texts: dict[str, str] = {}
    if wanted is not None:
        fixing = _Fixing(inputs.config, wanted, fixed, texts)
        verdicts = list(_fixed(verdicts, fixing))
    verdicts += [Verdict(path, problems=(reason,)) for path, reason in inputs.problems]
    return Checked(
        verdicts=tuple(verdicts),
        looked_at=len(inputs.names),
        notebooks=tuple(map(str, inputs.notebooks)),
        excluded=inputs.excluded,
        fixed=tuple(sorted(fixed.items())),
        pending=wanted is not None and wanted.pending,
        text=lambda path: texts.get(path) or _text_of(path),
    )


def _fixed(verdicts: Iterable[Verdict], fixing: _Fixing) -> Iterator[Verdict]:
    """The verdicts after the fixes; where a signal ends them, what was written is named."""
    try:
        for verdict in verdicts:
            yield fixing.alone(verdict)
    except Stopped:
        for path in () if fixing.wanted.pending else fixing.texts:
            click.echo(f"{path}: fixed", err=True)
        raise


def check_stdin(name: str | None, config: Config, wanted: Wanted | None) -> Checked:
    """Check the text on stdin; with fixes it goes to stdout, whatever became of it."""
    from jobready.cli.inputs import find_rules, read_stdin

    path = Path(name) if name else Path("stdin.py")
    shown = name or "-"
    data = read_stdin(to_stdout=wanted is not None and not wanted.pending)
    source = decode_source(data, path if name else None)
    if isinstance(source, Failed):
        _pass_on(data, wanted)
        return Checked((Verdict(shown, problems=source.reasons),), 1)
    text = source.text
    from jobready.lint.check import look_and_judge
    from jobready.project.environment import environment_of

    rules = find_rules(config).for_file(path)
    around = environment_of(path, config)
    found: Fixed | Failed | None = None
    if wanted is not None:
        from jobready.lint.fix import fix_text

        unsafe = wanted.unsafe
        found = alone(lambda: fix_text(text, around, rules, unsafe=unsafe))
    if found is None:
        judged = alone(lambda: look_and_judge(text, around, rules))
        if isinstance(judged, Failed):
            return Checked((Verdict(shown, problems=judged.reasons),), 1)
        verdict = Verdict(shown, judged.findings, (), judged.count)
        return Checked((verdict,), 1, text=lambda _: text)
    if isinstance(found, Failed):
        _pass_on(data, wanted)
        return Checked((Verdict(shown, problems=found.reasons),), 1)
    encoded = encode_text(source, found.text)
    if isinstance(encoded, Failed):
        _pass_on(data, wanted)
        return Checked((Verdict(shown, problems=encoded.reasons),), 1)
    assert wanted is not None
    if wanted.pending and found.text != text:
        from jobready.cli.rewriting import show_diff

        show_diff(shown, text, found.text)
    _pass_on(encoded, wanted)
    new = text if wanted.pending else found.text
    verdict = Verdict(shown, found.left, (), found.suppressed)
    return Checked(
        (verdict,),
        1,
        fixed=found.fixed,
        pending=wanted.pending,
        text=lambda _: new,
    )


def _pass_on(data: bytes, wanted: Wanted | None) -> None:
    if wanted is not None and not wanted.pending:
        sys.stdout.buffer.write(data)
        sys.stdout.flush()


@dataclass(frozen=True)
class _Fixing:
    """Fixes one file after the other; counts what is gone and keeps the new texts."""

    config: Config
    wanted: Wanted
    fixed: Counter[str]
    texts: dict[str, str]

    def alone(self, verdict: Verdict) -> Verdict:
        """The same, or why the fixes of this file ended in an error."""
        done = alone(partial(self.file, verdict))
        raise_if_stopped()
        if isinstance(done, Failed):
            return Verdict(verdict.path, verdict.findings, done.reasons)
        if self.wanted.pending and verdict.path in self.texts:
            from jobready.cli.rewriting import show_diff

            old = _text_of(verdict.path) or ""
            show_diff(verdict.path, old, self.texts[verdict.path])
        return done

    def file(self, verdict: Verdict) -> Verdict:
        """The verdict on a file after its fixes."""
        if not any(f.fix and f.path is None for f in verdict.findings):
            return verdict
        path = Path(verdict.path)
        data = read_bytes(path)
        source = data if isinstance(data, Failed) else decode_source(data, path)
        if isinstance(data, Failed) or isinstance(source, Failed):
            return verdict  # it was read a moment ago; the next run says what is wrong
        from jobready.cli.inputs import find_rules
        from jobready.cli.rewriting import put
        from jobready.lint.fix import fix_text
        from jobready.project.environment import environment_of

        around = environment_of(path, self.config)
        rules = find_rules(self.config).for_file(path)
        found = fix_text(source.text, around, rules, unsafe=self.wanted.unsafe)
        if isinstance(found, Failed):
            return verdict
        if found.text != source.text:
            pending = self.wanted.pending
            outcome = put(path, source, data, found.text, pending=pending)
            if outcome is not None:
                return Verdict(verdict.path, verdict.findings, outcome.reasons)
            self.fixed.update(dict(found.fixed))
            self.texts[verdict.path] = found.text
        return Verdict(verdict.path, found.left, (), found.suppressed)


def _text_of(path: str) -> str | None:
    source = read_source(Path(path))
    return None if isinstance(source, Failed) else source.text
