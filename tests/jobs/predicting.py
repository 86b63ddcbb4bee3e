"""What jobready predicts of a case, by the way that the command line goes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jobready.jobs.gather import Lookup, Question
from jobready.jobs.model import Interpreter, Prediction
from jobready.jobs.naming import SECRET
from jobready.jobs.predict import predict
from jobready.jobs.versions import Version
from jobready.outcome import Failed
from jobready.script.read import read
from jobready.script.starts.captures import read_captures
from tests.jobs.sdk import Captured, Started


def predicted(
    started: Started,
    text: str,
    version: Version,
    interpreter: Interpreter,
    environ: Mapping[str, str],
) -> Prediction:
    """The prediction for a script with this text, started like that."""
    script = read(text)
    assert not isinstance(script, Failed)
    captures = read_captures(script)
    question = Question(
        cwd=started.cwd,
        path=started.path,
        module=started.module,
        environ=environ,
        version=version,
        interpreter=interpreter,
    )
    around = Lookup().surroundings(question, captures.settings, captures.code)
    return predict(around)


def as_values(prediction: Prediction) -> dict[str, Any]:
    """A prediction as `Captured.outcome` has it; empty where a run makes no job."""
    job = prediction.job
    if job is None or not prediction.created:
        return {}
    return {
        "name": job.name,
        "aliases": list(job.aliases),
        "source": job.source,
        "entrypoint": list(job.entrypoint),
    }


def difference(prediction: Prediction, captured: Captured) -> str | None:
    """What differs, in words that hold no credential; None where nothing does.

    A name that can't be known is none to be wrong about; all the rest is.
    """
    mine, real = as_values(prediction), captured.outcome
    if real and mine and mine["name"] is None:
        mine["name"] = real["name"]
    if mine == real:
        return None
    shown = prediction.job.shown if prediction.job else str(prediction.outcome)
    kinds = [key for key in {*mine, *real} if mine.get(key) != real.get(key)]
    made = masked(real, shown) if real else f"none ({captured.error})"
    return f"{', '.join(sorted(kinds))} of {shown}: the SDK makes {made}"


def masked(real: dict[str, Any], shown: str) -> str:
    """What the SDK made, without a name that may hold a credential."""
    name = SECRET if SECRET in shown else real["name"]
    return f"{name} {real['aliases']} {real['source']} {real['entrypoint']}"
