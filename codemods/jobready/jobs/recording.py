"""What the SDK records of a run for its job: the paths, the remote and the commit."""

from __future__ import annotations

from jobready.jobs.git import NoRepository, Repository
from jobready.jobs.model import Surroundings
from jobready.jobs.program import project_of
from jobready.jobs.remote import Remote, Unreadable, named, recorded
from jobready.jobs.settings import Unknown
from jobready.jobs.versions import CORE, GIT_OFF_IS_OFF, NAMED_WITHOUT_GIT, SOURCE_FIRST


def path_root(around: Surroundings) -> str:
    """The folder that the script's path is relative to."""
    without_git = around.version >= GIT_OFF_IS_OFF and around.settings.on("disable_git")
    if without_git or isinstance(around.repository, NoRepository):
        return around.program.cwd
    return around.repository.root


def script_path(around: Surroundings) -> str | None:
    """The path of the script from there; None where the SDK finds none."""
    named_path = around.settings.text("program_relpath")
    return named_path or _relative(around, path_root(around))


def local_path(around: Surroundings) -> str | None:
    """The path of the script from where it is started."""
    return _relative(around, around.program.cwd)


def _relative(around: Surroundings, root: str) -> str | None:
    if not around.program.path and around.version >= SOURCE_FIRST:
        return None
    return around.program.relative_to(root)


def hides_code(around: Surroundings) -> bool:
    """Whether ``disable_code`` leaves out path and repository, as it did before 0.18."""
    return around.version < CORE and around.settings.on("disable_code")


def _hides_repository(around: Surroundings) -> bool:
    """Whether a remote and a commit don't count, not even where they are named."""
    without = around.version < NAMED_WITHOUT_GIT and around.settings.on("disable_git")
    return without or hides_code(around)


def project(around: Surroundings) -> str | Unknown:
    """The project of the run."""
    given = around.settings.get("project")
    if isinstance(given, Unknown):
        return given
    if isinstance(given, str) and given:
        return given
    repository = around.repository
    root = None if isinstance(repository, NoRepository) else repository.root
    return project_of(root, around.program)


def remote_name(around: Surroundings) -> str:
    """The name of the remote that the SDK looks for."""
    given = around.settings.text("git_remote")
    return "origin" if given is None else given


def remote(around: Surroundings) -> Remote | Unreadable | None:
    """The remote, None where the SDK finds none."""
    if _hides_repository(around):
        return None
    given = around.settings.text("git_remote_url")
    if given is not None:
        return named(given) if given else None
    repository = _repository(around)
    raw = repository.remotes.get(remote_name(around)) if repository else None
    # An empty address was one for the service in Python.
    if raw is None or (not raw and around.version >= CORE):
        return None
    return recorded(raw, around.version)


def commit(around: Surroundings) -> str | None:
    """The commit, None where the SDK finds none."""
    if _hides_repository(around):
        return None
    if given := around.settings.text("git_commit"):
        return given
    repository = _repository(around)
    return repository.commit if repository else None


def _repository(around: Surroundings) -> Repository | None:
    """The repository that the SDK looks at: none where it is told a remote, or not to."""
    told = around.settings.text("git_remote_url") is not None
    found = around.recorded_repository
    if told or around.settings.on("disable_git") or isinstance(found, NoRepository):
        return None
    return found
