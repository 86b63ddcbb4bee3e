"""What a rule is: its texts, what it needs to see, and the function that finds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jobready.project.mentions import STARTS_A_RUN, Mentions, Needs

if TYPE_CHECKING:
    from jobready.jobs.circumstances import Circumstances
    from jobready.project.environment import Environment
    from jobready.rules.finding import Finding, Safety, Suppression
    from jobready.rules.subject import Project, Subject

# A script, or the files of a project by their names.
Example = str | Mapping[str, str]


@dataclass(frozen=True, eq=False)
class Rule:
    """One rule: its file holds it as ``RULE``, and nothing else has to name it.

    The texts are what `jobready explain` and the rule's page show:
    ``summary`` is one sentence, ``why`` says what breaks and in which wandb, ``bad`` is
    an example in which the rule finds something and ``good`` one in which it doesn't.
    ``safety`` is that of its fix, None where it has none; ``fix`` says what the fix does
    and what speaks against it, or why there is none. ``sources`` are links, or the
    versions that a fact was measured on.

    A rule that is not ``default`` must be selected. ``since`` and ``until`` are the first
    wandb that it is true for and the first that it isn't, None for all. ``words`` must be
    in a file for the rule to find anything, one of each group: a file in which no rule
    can find anything isn't even parsed. Where the words stand in many files all the same,
    one of the expressions ``patterns`` must match too. One that starts with plain text is
    found ten times as fast as another.

    A rule with ``when`` depends on more than files hold. That function gets the bytes of a
    script, its environment and the circumstances, and gives what the verdict is kept with
    for the next run, None where the rule need not be asked. A verdict that ``uses_git``
    depends on the checkout, and is never kept. What a rule finds ``once`` is said of the
    first script only, where others have the same message. Files of tests, which no job
    runs, are only looked at by rules that hold ``in_tests`` too.

    One of ``find``, for a script, ``find_in_project``, and ``find_in_comments``, for the
    comments that suppress findings of the others, is there.
    """

    code: str
    name: str
    summary: str
    why: str
    bad: Example
    good: Example
    safety: Safety | None
    fix: str
    sources: tuple[str, ...]
    find: Callable[[Subject], Iterator[Finding]] | None = None
    find_in_project: Callable[[Project], Iterator[Finding]] | None = None
    find_in_comments: Callable[[Sequence[Suppression]], Iterator[Finding]] | None = None
    default: bool = True
    since: str | None = None
    until: str | None = None
    words: Needs = STARTS_A_RUN
    patterns: tuple[bytes, ...] = ()
    uses_git: bool = False
    when: Callable[[bytes, Environment, Circumstances], str | None] | None = None
    once: bool = False
    in_tests: bool = False

    @property
    def is_of_surroundings(self) -> bool:
        """Whether what it finds may differ from one machine to the next."""
        return self.uses_git or self.when is not None


def may_find(rule: Rule, mentions: Mentions) -> bool:
    """Whether a rule can find something in a file with these words."""
    if not mentions.meets(rule.words):
        return False
    return not rule.patterns or any(map(mentions.matches, rule.patterns))


def files_of(example: Example) -> Mapping[str, str]:
    """The files of an example, by name."""
    return {"train.py": example} if isinstance(example, str) else example
