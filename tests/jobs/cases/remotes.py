"""What a remote makes of the name of a job."""

from __future__ import annotations

from tests.jobs.case import HTTPS, Case

OFTEN = [
    Case("https", HTTPS),
    Case("scp-like", "git@github.com:acme/repo.git"),
    Case("ssh with a port", "ssh://git@github.com:2222/acme/repo.git"),
    Case("a token and nothing behind it", "https://TOKEN:@github.com/acme/repo.git"),
    Case("a host in capitals", "https://GitHub.com/Acme/Repo.git"),
    Case("a path", "/srv/git/repo.git"),
    Case("an alias of ssh", "Work:acme/repo.git"),
    Case("a port that is none", "https://git.acme.com:x/repo.git"),
    Case("an IPv6 address", "https://[::1]:3000/acme/repo.git"),
    Case("a query", "https://git.acme.com/repo.git?access_token=abc"),
    Case("long", f"https://git.acme.com/{'group/' * 30}repo.git"),
    Case("exactly 128", f"https://git.acme.com/{'x' * (128 - 4 - 21 - 13)}"),
    Case("not called origin", None, remotes=f'[remote "upstream"]\n\turl = {HTTPS}\n'),
    Case(
        "not called origin, but named",
        None,
        remotes=f'[remote "upstream"]\n\turl = {HTTPS}\n',
        init="settings=wandb.Settings(git_remote='upstream')",
    ),
    Case("no commits", commit=False),
    Case(
        "insteadOf",
        "gh:acme/repo.git",
        remotes='[url "https://github.com/"]\n\tinsteadOf = gh:\n',
    ),
    Case("two URLs", HTTPS, remotes="\turl = https://gitlab.com/acme/repo.git\n"),
    Case(
        "a named remote with a password",
        git=False,
        env={
            "WANDB_GIT_REMOTE_URL": "https://u:p@github.com/acme/repo.git",
            "WANDB_GIT_COMMIT": "a" * 40,
        },
    ),
    Case("git is disabled", env={"WANDB_DISABLE_GIT": "true"}),
    Case("code is disabled", env={"WANDB_DISABLE_CODE": "true"}),
]
SELDOM = [
    Case("with a slash at the end", "https://github.com/acme/repo/"),
    Case("a user and a password", "https://user:pw@github.com/acme/repo.git"),
    Case("a token", "https://TOKEN@github.com/acme/repo.git"),
    Case("a file URL", "file:///srv/git/repo.git"),
    Case(
        "not Latin",
        "https://git.acme.com/プロジェクト/rep\N{LATIN SMALL LETTER O WITH DIAERESIS}.git",
    ),
    Case("exactly 129", f"https://git.acme.com/{'x' * (129 - 4 - 21 - 13)}"),
    Case("no remote", None),
    Case("an empty remote", ""),
    Case(
        "no repository, but remote and commit named",
        git=False,
        env={"WANDB_GIT_REMOTE_URL": HTTPS, "WANDB_GIT_COMMIT": "a" * 40},
    ),
    Case(
        "a remote named in a repository",
        env={"WANDB_GIT_REMOTE_URL": "https://example.com/x"},
    ),
    Case("without .git", "https://github.com/acme/repo"),
    Case("an access token", "https://x-access-token:T@github.com/acme/repo.git"),
    Case("a path on Windows", "C:\\git\\repo.git"),
    Case("a relative path", "../up.git"),
    Case("a port", "https://git.acme.com:8443/repo.git"),
    Case("a port that is empty", "https://git.acme.com:/repo.git"),
    Case("a port with zeros", "https://git.acme.com:0080/repo.git"),
    Case("a broken IPv6 address", "https://[::1/acme/repo.git"),
    Case("http", "http://git.acme.com/repo.git"),
    Case("git protocol", "git://git.acme.com/repo.git"),
    Case("a fragment that is empty", "https://git.acme.com/repo.git#"),
    Case("a remote with spaces", "https://dev.azure.com/acme/My Project/_git/repo"),
    Case("a remote with an escape", "https://dev.azure.com/acme/My%20Project/_git/repo"),
    Case(
        "not called origin, but named in the environment",
        None,
        remotes=f'[remote "upstream"]\n\turl = {HTTPS}\n',
        env={"WANDB_GIT_REMOTE": "upstream"},
    ),
    Case("a push URL", HTTPS, remotes="\tpushurl = git@github.com:acme/repo.git\n"),
    Case("no repository", git=False),
    Case(
        "remote and commit named in a repository",
        env={"WANDB_GIT_REMOTE_URL": "https://example.com/x", "WANDB_GIT_COMMIT": "a" * 40},
    ),
    Case("a commit named in a repository", env={"WANDB_GIT_COMMIT": "a" * 40}),
    Case("git is disabled in the source", init="settings=wandb.Settings(disable_git=True)"),
    Case("git is disabled by zero", env={"WANDB_DISABLE_GIT": "0"}),
    Case("git is not disabled", env={"WANDB_DISABLE_GIT": "false"}),
    Case("a remote is named, but empty", env={"WANDB_GIT_REMOTE_URL": ""}),
    Case("a commit is named, but empty", env={"WANDB_GIT_COMMIT": ""}),
    Case("a remote's name is empty", env={"WANDB_GIT_REMOTE": ""}),
    Case(
        "git is disabled, but remote and commit named",
        env={
            "WANDB_DISABLE_GIT": "true",
            "WANDB_GIT_REMOTE_URL": HTTPS,
            "WANDB_GIT_COMMIT": "a" * 40,
        },
    ),
]
