"""Which job a run of a script makes: the decisions of the SDK, in its order.

Source: ``wandb/sdk/internal/job_builder.py`` to 0.17, ``core/pkg/launch/job_builder.go``
from 0.18 on, and the runs of real SDKs that the tests compare with.
"""

from __future__ import annotations

from jobready.jobs import naming
from jobready.jobs.code import VALID, CodeName, code_name
from jobready.jobs.git import NoRepository
from jobready.jobs.model import Job, NoJob, Prediction, Source, Surroundings
from jobready.jobs.recording import (
    commit,
    hides_code,
    local_path,
    path_root,
    project,
    remote,
    remote_name,
    script_path,
)
from jobready.jobs.remote import Remote, Unreadable
from jobready.jobs.settings import Unknown, unknown_settings, wrong_project
from jobready.jobs.versions import (
    CORE,
    CUTS,
    FIRST,
    JOB_NAME,
    OFF_BY_DEFAULT,
    SOURCE_FIRST,
    shown,
)

OFFLINE = frozenset(("offline", "disabled", "dryrun"))
KILLERS = {
    "disable_meta": "the metadata",
    "disable_machine_info": "the metadata",
    "save_requirements": "the list of requirements",
}
# Without their values nothing can be told.
DECIDING = frozenset(
    (
        "disable_git",
        "disable_meta",
        "disable_machine_info",
        "docker",
        "git_commit",
        "git_remote",
        "git_remote_url",
        "job_source",
        "mode",
        "save_requirements",
    )
)


def predict(around: Surroundings) -> Prediction:
    """The job of a run, and whether a run makes it at all."""
    settings = around.settings
    off = settings.get("disable_job_creation")
    created = around.version < OFF_BY_DEFAULT if off is None else off is not True
    return Prediction(_outcome(around), created, settings.origin("disable_job_creation"))


def _outcome(around: Surroundings) -> Job | NoJob:
    stopped = _stopped(around)
    if stopped is not None:
        return stopped
    code = code_name(around)
    if isinstance(code, NoJob):
        return code
    source = _source(around, code)
    if isinstance(source, NoJob):
        return source
    if source == "image":
        return _image_job(around)
    path = _path(around, source)
    if path is None:
        return _no_path(around, source)
    if source == "artifact":
        assert code is not None
        return _artifact_job(around, code, path)
    return _repo_job(around, path)


def _stopped(around: Surroundings) -> NoJob | None:
    """What keeps a run from making any job."""
    settings = around.settings
    if around.version < FIRST:
        said = f"runs of wandb {shown(around.version)} make no jobs: 0.13.8 is the first"
        return NoJob("too-old", said)
    if settings.troubles:
        return NoJob("init-raises", f"wandb.init raises: {settings.troubles[0]}")
    for key, unknown in unknown_settings(settings):
        if key in DECIDING:
            said = f"{key} is only known when the script runs: {unknown.expression}"
            return NoJob("unknown", said)
    of = project(around)
    if isinstance(of, str) and (trouble := wrong_project(of)):
        return NoJob("init-raises", f"wandb.init raises: {trouble}")
    mode = settings.text("mode") or ("disabled" if settings.on("disabled") else "")
    if mode in OFFLINE:
        origin = settings.origin("mode") or settings.origin("disabled")
        return NoJob("offline", f"the run is {mode} ({origin})")
    for key, lost in KILLERS.items():
        if settings.on(key) is not (key == "save_requirements"):
            said = f"{key} ({settings.origin(key)}) leaves out {lost} that a job needs"
            return NoJob("killed", said)
    return None


def _source(around: Surroundings, code: CodeName | None) -> Source | NoJob:
    """What the job is made of; `job_source` asks for one, else the first there is."""
    repository = isinstance(remote(around), Remote) and commit(around) is not None
    image = _image(around) is not None
    path = _path(around, "repo") is not None
    asked = around.settings.text("job_source")
    if asked == "repo":
        return "repo" if repository else _no_repository(around, "repo")
    if asked == "artifact":
        return "artifact" if code else _no_code(around)
    if asked == "image":
        said = "job_source is image, but WANDB_DOCKER names none"
        return "image" if image else NoJob("no-image", said, "image")
    # Before 0.15.10 a source without a path gave way to the next.
    counts = path or around.version >= SOURCE_FIRST
    if repository and counts:
        return "repo"
    if code and counts:
        return "artifact"
    if image:
        return "image"
    if (repository or code) and not path:
        return _no_path(around, "repo" if repository else "artifact")
    return _no_repository(around, None)


def _path(around: Surroundings, source: Source) -> str | None:
    """The path that the job starts."""
    hidden = hides_code(around)
    if source == "artifact" and around.version >= SOURCE_FIRST:
        if local := local_path(around):
            return local
    return None if hidden else script_path(around) or None


def _image(around: Surroundings) -> str | None:
    image = around.settings.text("docker")
    # No name was one for the service in Python.
    return image if image or (image is not None and around.version < CORE) else None


# -- the jobs


def _repo_job(around: Surroundings, path: str) -> Job | NoJob:
    found = remote(around)
    assert isinstance(found, Remote)
    text = naming.repo_job(found.url, path)
    exact = naming.safe_name(text, around.version)
    name = naming.shown_name(naming.repo_job(found.shown, path), exact)
    how = f"remote {found.shown} + path {path}"
    return _job(around, "repo", exact, name, (), path, how)


def _artifact_job(around: Surroundings, code: CodeName, path: str) -> Job | NoJob:
    how = f"logged code {code.shown}" + (f": {code.why}" if code.why else "")
    if code.exact is None:
        return _job(around, "artifact", None, f"job-{code.shown}", (), path, how)
    name = naming.artifact_job(code.exact, around.version)
    return _job(around, "artifact", name, name, (), path, how)


def _image_job(around: Surroundings) -> Job | NoJob:
    image = _image(around)
    assert image is not None
    found = naming.image_job(image, around.version)
    if found is None:
        said = (
            f"wandb {shown(around.version)} breaks down over the two colons of {image}: "
            "use 0.16 or newer"
        )
        return NoJob("crash", said, "image")
    how = f"image {image}"
    return _job(around, "image", found.name, found.name, found.aliases, None, how)


def _job(
    around: Surroundings,
    source: Source,
    name: str | None,
    seen: str,
    aliases: tuple[str, ...],
    path: str | None,
    how: str,
) -> Job | NoJob:
    """The job under its name, which ``job_name`` replaces."""
    settings, version = around.settings, around.version
    own = settings.get("job_name")
    if isinstance(own, Unknown):
        name, seen = None, f"{{{own.expression}}}"
        how = f"job_name, which is only known when the script runs ({how})"
    elif isinstance(own, str) and (own or version >= CORE) and version >= JOB_NAME:
        if version < CORE and not VALID.fullmatch(own):
            said = f"wandb {shown(version)} breaks down over job_name {own!r}"
            return NoJob("crash", said, source)
        name = seen = own
        how = f"job_name ({settings.origin('job_name')}), {how}"
    if version >= CORE:
        aliases = (*aliases, "latest")
    elif version >= CUTS:
        aliases = ("latest", *aliases)
    words = () if path is None else (interpreter_word(around), path)
    return Job(source, name, seen, aliases, words, how)


def interpreter_word(around: Surroundings) -> str:
    """The first word of an entrypoint.

    Before 0.18 the name of the interpreter's file, in 0.18 ``pythonX.Y``, and since 0.19
    ``pythonCPython X.Y``, which is no program.
    """
    python = around.interpreter
    if around.version < CORE:
        return python.executable
    full = python.version
    if around.version >= OFF_BY_DEFAULT:
        full = f"{python.implementation} {full}"
    return "python" + ".".join(full.split(".")[:2])


# -- why there is none


def _no_path(around: Surroundings, source: Source) -> NoJob:
    program = around.program
    if hides_code(around):
        return NoJob("code-disabled", "WANDB_DISABLE_CODE leaves out the path", source)
    if program.is_module:
        said = (
            f"`python {program.path}` leaves the SDK without the script's path: set "
            "WANDB_PROGRAM or Settings(program_relpath=...)"
        )
        return NoJob("module", said, source)
    if not program.exists:
        return NoJob("no-program", f"there is no file {program.path}", source)
    said = f"the SDK takes {program.path} for a file outside of {path_root(around)}"
    return NoJob("outside", said, source)


def _no_code(around: Surroundings) -> NoJob:
    if any(not code.found for code in around.code):
        said = "job_source is artifact, but log_code finds no file to log"
    else:
        said = "job_source is artifact, but the script logs no code: call run.log_code()"
    return NoJob("no-code", said, "artifact")


def _no_repository(around: Surroundings, asked: Source | None) -> NoJob:
    """Why there is no repository to make a job of, which is what most look for."""
    settings = around.settings
    other = "" if asked else ", and there is no logged code and no image"
    if settings.on("disable_git"):
        said = f"git is switched off ({settings.origin('disable_git')}){other}"
        return NoJob("git-disabled", said, asked)
    if hides_code(around):
        said = f"code is switched off ({settings.origin('disable_code')}){other}"
        return NoJob("code-disabled", said, asked)
    if settings.text("git_remote_url") is not None:
        said = f"WANDB_GIT_REMOTE_URL counts with WANDB_GIT_COMMIT only{other}"
        return NoJob("no-commit", said, asked)
    repository = around.recorded_repository
    if isinstance(repository, NoRepository):
        return NoJob("no-repository", f"{repository.reason}{other}", asked)
    found = remote(around)
    if isinstance(found, Unreadable):
        said = f"the SDK can't read the remote {found.shown}{other}"
        return NoJob("remote-unreadable", said, asked)
    if found is None:
        looked = remote_name(around)
        others = sorted(name for name in repository.remotes if name != looked)
        hint = f" (there is {', '.join(others)}: set git_remote)" if others else ""
        said = f"the repository has no remote called {looked}{hint}{other}"
        return NoJob("no-remote", said, asked)
    return NoJob("no-commit", f"the repository has no commit yet{other}", asked)
