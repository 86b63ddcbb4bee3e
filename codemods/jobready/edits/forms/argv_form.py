"""Form ``argv``: the job's config joins the command line, at each parse."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence
from dataclasses import replace

from jobready.edits.forms.argv_files import Asked, Made, in_file
from jobready.edits.forms.argv_problems import problems
from jobready.edits.forms.asked_before import overlooks_choices
from jobready.edits.forms.inside_dataclasses import inside_problems
from jobready.edits.job_args import (
    WITHOUT_COMMANDS,
    Branch,
    complete,
    parser_branches,
)
from jobready.edits.job_args.config import MASKED
from jobready.edits.job_args.surroundings import SUBSCRIPTS_LIST, takes_config_itself
from jobready.edits.launched.job_config import (
    masked_at,
    opened_gates,
    rank_parameters,
    renamed_keys,
)
from jobready.edits.launched.names import FUNCTION_NAMES
from jobready.edits.launched.parse_words import launched_parses
from jobready.edits.launched.parsed_for_others import parsed_for_others
from jobready.edits.notes import notes
from jobready.edits.plan import JobArgs, LinesBehind, Plan, ShowEdit, ValueEdit
from jobready.edits.shared.module import SharedModule
from jobready.edits.shown.behind_parse import shown_behind_parse
from jobready.edits.shown.beside_unknown import shown_beside
from jobready.edits.shown.copied_defaults import copied_defaults
from jobready.edits.shown.handed_down import handed_down
from jobready.edits.shown.held_arguments import arguments_name
from jobready.edits.shown.held_values import FEW, held_values
from jobready.edits.shown.init_config import init_edit
from jobready.edits.shown.taken_back import taken_back
from jobready.edits.shown.through_environment import taken_of_one_parse
from jobready.edits.shown.unknown_config import lost_before, update_behind
from jobready.edits.shown.unnamed_secrets import unnamed_secret
from jobready.outcome import Reason, Refused, Unchanged
from jobready.project.environment import Environment
from jobready.script.model import (
    Init,
    Parse,
    Script,
)
from jobready.script.source.place import Place
from jobready.script.source.syntax import Syntax
from jobready.script.values.shown_apart import PREFIX, shown_apart


def plan(
    script: Script,
    environment: Environment,
    *,
    unsafe_fixes: bool = False,
    shared: SharedModule | None = None,
) -> Plan | Unchanged | Refused:
    """The edits of form argv, or why there are none."""
    found = problems(script)
    if shared is not None and script.own_words and script.started_anew:
        option, place = script.started_anew[0]
        words = f"words of its own for {option}" if option else "words of its own"
        text = f"the script is started anew with {words}"
        found.append(_reason(f"{text}: give it a function of its own, --inline", place))
    if found:
        return Refused(tuple(found))
    inits = _init_edits(script, environment)
    emitted = _function(script, environment, unsafe_fixes and shared is None)
    if isinstance(emitted, Refused):
        return emitted
    if isinstance(inits, Refused):
        return inits
    inside = tuple(inside_problems(script, environment, shows=bool(inits)))
    if inside:
        return Refused(inside)
    if script.own_words and shared is None:
        emitted = replace(emitted, branches=emitted.branches | {Branch.ANEW})
    if _are_apart(script) or any(map(_names_apart, inits)):
        emitted = replace(emitted, branches=complete(emitted.branches | {Branch.APART}))
    script = replace(script, parses=tuple(launched_parses(script)))
    nodes = [*(p.call for p in script.parses), *(i.node for i in inits)]
    asked = Asked(script, environment, emitted, inits, shared)
    parts: Iterable[Syntax] = dict.fromkeys(map(script.syntax.part_of, nodes))
    done = [each for part in parts for each in in_file(part, asked)]
    return _together(done, notes(script, dict(emitted.opened), inits))


def _are_apart(script: Script) -> bool:
    """Whether parameters are shown by names other than their own, in any of its files."""
    return any(shown_apart(made) is not None for made in script.syntax.of(ast.DictComp))


def _names_apart(edit: ShowEdit) -> bool:
    """Whether an edit shows parameters by names other than their own."""
    if isinstance(edit, ValueEdit):
        return PREFIX in edit.text
    return isinstance(edit, LinesBehind) and any(PREFIX in line for line in edit.lines)


def _together(done: Sequence[Made], notes: Iterable[Reason]) -> Plan | Unchanged | Refused:
    """The edits of all files of a script as one plan."""
    refused = [r for _, made in done if isinstance(made, Refused) for r in made.reasons]
    if refused:
        return Refused(tuple(dict.fromkeys(refused)))
    plans: dict[Syntax, Plan] = {}
    for part, made in done:
        if isinstance(made, Plan):  # a module's may come from several files that import it
            before = plans.get(part)
            plans[part] = made if before is None else _with_function(before, made)
    if not plans:
        every = (r for _, made in done if isinstance(made, Unchanged) for r in made.reasons)
        return Unchanged(tuple(every), notes=tuple(notes))
    own = [made for part, made in plans.items() if part.file is None]
    reasons = tuple(r for made in plans.values() for r in made.reasons)
    if any(made.brings_function for made in plans.values()):
        reasons += tuple(notes)
    also = tuple((part, made) for part, made in plans.items() if part.file is not None)
    new_files = dict(f for made in plans.values() for f in made.new_files)
    entry = own[0] if own else Plan(form="argv", reasons=())
    return replace(entry, reasons=reasons, also=also, new_files=tuple(new_files.items()))


def _with_function(plan: Plan, other: Plan) -> Plan:
    """The edits of a file, with the function of another plan for the same file."""
    if plan.job_args is not None or other.job_args is None:
        return plan
    return replace(plan, job_args=other.job_args)


def _parses_for_others(parse: Parse) -> bool:
    """Whether a module parses with what another makes: any parser may come by there."""
    file = parse.place.file
    return file is not None and any(m.place.file != file for m in parse.parsers)


def _function(
    script: Script, environment: Environment, unsafe_fixes: bool
) -> JobArgs | Refused:
    """The function that the script needs, under its usual name."""
    renamed = renamed_keys(script)
    if isinstance(renamed, Reason):
        return Refused((renamed,))
    opened = opened_gates(script) if unsafe_fixes else ()
    ranks = tuple(dict.fromkeys(name for name, _ in rank_parameters(script)))
    ranks += () if masked_at(script) is None else (MASKED,)
    needed = parser_branches(script.parsers)
    if any(map(_parses_for_others, script.parses)):
        needed = complete(needed | WITHOUT_COMMANDS)
    if takes_config_itself(environment):
        needed |= {Branch.OLDER}
    if overlooks_choices(script):
        needed = complete(needed | {Branch.CHOICES})
    if script.asked_words:
        needed |= {Branch.LOOKED}
    if any(p.leaves_words for p in script.parses):
        needed |= {Branch.REST}
    hidden = [p for p in script.parameters if p.name.startswith("_")]
    copied = renamed or opened or ranks or Branch.DATACLASSES in needed
    if hidden and copied and Branch.OLDER not in needed:
        text = f"the name {hidden[0].name!r} is lost in a copy of the job's config"
        return Refused((_reason(text, hidden[0].place),))
    deferred = all(script.syntax.part_of(p.call).defers_annotations for p in script.parses)
    return JobArgs(
        FUNCTION_NAMES[0],
        needed,
        renamed,
        opened,
        ranks,
        quoted=environment.python < SUBSCRIPTS_LIST and not deferred,
    )


def _init_edits(script: Script, environment: Environment) -> tuple[ShowEdit, ...] | Refused:
    """What shows the parameters of each run that starts and doesn't yet."""
    if any(p.into_dataclasses for p in script.parses):
        return ()
    found: dict[ShowEdit, None] = {}
    unplaced: list[Reason] = []
    runs = script.extensible_runs
    if any(run.may_show and not run.records for run in runs):
        others = parsed_for_others(script)
        if others is not None:
            return Refused((others,))
    for init in runs:
        for edit in copied_defaults(init, script):
            if isinstance(edit, Reason):
                unplaced.append(edit)
            else:
                found[edit] = None
        lost = taken_of_one_parse(init, script)
        if lost is not None:
            edits: tuple[ShowEdit, ...] | Reason = lost
        elif init.unclear and init.may_show:
            held = arguments_name(init, script) is not None
            beside = None if held else shown_beside(init, script)
            edits = beside or update_behind(init, script)
        elif not init.lacks_parameters:
            continue
        elif lost_before(init, script):  # what holds the others there lacks them
            edits = update_behind(init, script)
        elif (far := _from_far(init, script, environment)) is not None:
            edits = far
        elif (
            late := shown_behind_parse(init, script, environment.type_checked)
        ) is not None:
            edits = (late,)
        elif (behind := taken_back(init, script, environment.type_checked)) is not None:
            edits = (behind,)
        else:
            shown = init_edit(init, script, environment.type_checked)
            edits = shown if isinstance(shown, Reason) else (shown,)
            if isinstance(shown, Reason) and arguments_name(init, script) is None:
                carried = update_behind(init, script)
                edits = shown if isinstance(carried, Reason) else carried
        if isinstance(edits, Reason):
            unplaced.append(edits)
        else:
            found.update(dict.fromkeys(edits))
    secret = unnamed_secret(script) if found else None
    if secret is not None:
        return Refused((secret,))
    return Refused(tuple(unplaced)) if unplaced else tuple(found)


def _from_far(
    init: Init, script: Script, environment: Environment
) -> tuple[ShowEdit, ...] | None:
    """What shows the parameters of a run that starts where no name holds all of them."""
    if arguments_name(init, script) is not None:
        return None
    return (
        held_values(init, script, FEW)
        or handed_down(init, script, environment)
        or held_values(init, script, None)
    )


def _reason(text: str, place: Place) -> Reason:
    return Reason.at(text, place)
