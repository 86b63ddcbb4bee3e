"""The page of a rule, for ``jobready explain`` and for the documentation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from jobready.rules.rule import Example, Rule, files_of

# What the first digit of a code says.
GROUPS = {
    "0": "Comments that suppress findings",
    "1": "Routing: do launched values reach the code?",
    "2": "The command line and its types",
    "3": "The life of a run",
    "4": "The job and its source",
    "5": "The job's name",
    "6": "What the job needs around it",
    "7": "Several processes, and schemas",
}
LANGUAGES = {"py": "python", "yaml": "yaml", "yml": "yaml", "toml": "toml"}


def page(rule: Rule) -> str:
    """The page of a rule in Markdown."""
    parts = [
        f"# {rule.code}: {rule.name}",
        rule.summary,
        _facts(rule),
        "## Why is this bad?",
        rule.why,
        "## Example",
        _example(rule.bad),
        "Use instead:",
        _example(rule.good),
        "## Fix" if rule.safety else "## Why there is no fix",
        rule.fix,
        "## References",
        "\n".join(f"- {source}" for source in rule.sources),
    ]
    return "\n\n".join(parts) + "\n"


def as_record(rule: Rule) -> dict[str, object]:
    """A rule as JSON has it."""
    return {
        "code": rule.code,
        "name": rule.name,
        "summary": rule.summary,
        "why": rule.why,
        "bad": files_of(rule.bad),
        "good": files_of(rule.good),
        "safety": rule.safety,
        "fix": rule.fix,
        "default": rule.default,
        "since": rule.since,
        "until": rule.until,
        "sources": rule.sources,
    }


def index(rules: Sequence[Rule]) -> str:
    """The page that lists the rules, by the first digit of their codes."""
    return "\n".join(_index(rules)) + "\n"


def _index(rules: Sequence[Rule]) -> Iterator[str]:
    yield from ("# Rules", "")
    yield "Made from the rules' own files; `jobready explain CODE` shows the same pages."
    for digit, title in GROUPS.items():
        group = [rule for rule in rules if rule.code[2] == digit]
        if not group:
            continue
        yield from ("", f"## JR{digit}xx: {title}", "")
        yield "| code | name | what it finds | fix | default |"
        yield "|---|---|---|---|---|"
        for rule in group:
            on = "on" if rule.default else "off"
            link = f"[{rule.code}]({rule.code}.md)"
            fix = rule.safety or "none"
            yield f"| {link} | {rule.name} | {rule.summary} | {fix} | {on} |"


def _facts(rule: Rule) -> str:
    facts = [f"Fix: {rule.safety}." if rule.safety else "No fix."]
    if not rule.default:
        facts.append(f"Off by default: turn it on with `--select {rule.code}`.")
    if rule.since:
        facts.append(f"For wandb {rule.since} and newer.")
    if rule.until:
        facts.append(f"For wandb older than {rule.until}.")
    if rule.find_in_project is not None:
        facts.append("Looks at the project as a whole, where a folder is checked.")
    return " ".join(facts)


def _example(example: Example) -> str:
    files = files_of(example)
    blocks = []
    for name, text in files.items():
        language = LANGUAGES.get(name.rpartition(".")[2], "")
        title = f"`{name}`:\n\n" if len(files) > 1 else ""
        blocks.append(f"{title}```{language}\n{text}```")
    return "\n\n".join(blocks)
