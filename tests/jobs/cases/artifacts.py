"""Jobs that are made of logged code."""

from __future__ import annotations

from tests.jobs.case import HTTPS, Case

LOG = "run.log_code()\n"
SOURCE = "settings=wandb.Settings(job_source='artifact')"

OFTEN = [
    Case("logged code", git=False, after=LOG, env={"WANDB_PROJECT": "proj"}),
    Case(
        "logged code, project in source and environment",
        git=False,
        after=LOG,
        init="project='own'",
        env={"WANDB_PROJECT": "proj"},
    ),
    Case(
        "logged code, project in a settings file",
        git=False,
        after=LOG,
        files={"wandb/settings": "[default]\nproject = filed\nentity = e\n"},
    ),
    Case(
        "logged code, project set by the script before",
        git=False,
        before="import os\nos.environ['WANDB_PROJECT'] = 'late'\n",
        after=LOG,
    ),
    Case("logged code from its folder", git=False, after=LOG, cwd="src"),
    Case(
        "logged code deep in a repository",
        None,
        script="a/b c/train.py",
        after=LOG,
        folder="r",
    ),
    Case("logged code in a repository with a remote", after=LOG),
    Case("logged code is the source, from a folder", after=LOG, init=SOURCE, cwd="src"),
    Case("logged code is the source but there is none", init=SOURCE),
    Case("code with a slash in its name", git=False, after="run.log_code(name='a/b')\n"),
    Case(
        "code with too long a name", git=False, after=f"run.log_code(name='{'n' * 129}')\n"
    ),
    Case("code from another root", git=False, after="run.log_code(root='src')\n"),
    Case(
        "a code folder and saved code",
        git=False,
        init="save_code=True, settings=wandb.Settings(code_dir='.')",
    ),
    Case(
        "code and git disabled, from a folder",
        HTTPS,
        after=LOG,
        cwd="src",
        env={"WANDB_DISABLE_GIT": "true", "WANDB_PROJECT": "p"},
    ),
]
SELDOM = [
    Case("logged code without a project", git=False, after=LOG),
    Case(
        "logged code, project in init and its settings",
        git=False,
        after=LOG,
        init="project='a', settings=wandb.Settings(project='b')",
    ),
    Case("logged code is the source", after=LOG, init=SOURCE, env={"WANDB_PROJECT": "p"}),
    Case(
        "code with a name",
        git=False,
        after="run.log_code(name='my-code')\n",
    ),
    Case(
        "code of which none is found", git=False, after="run.log_code('docs')\n", cwd="docs"
    ),
    Case("a long project", git=False, after=LOG, init=f"project='{'p' * 128}'"),
    Case("code as a module", git=False, script="m.py", module="m", after=LOG),
    Case("logged code, project in the source", git=False, after=LOG, init="project='p q'"),
    Case(
        "logged code, project in the settings of the source",
        git=False,
        after=LOG,
        init="settings=wandb.Settings(project='own')",
        env={"WANDB_PROJECT": "proj"},
    ),
    Case(
        "logged code, project in a settings file and the environment",
        git=False,
        after=LOG,
        files={"wandb/settings": "[default]\nproject = filed\n"},
        env={"WANDB_PROJECT": "proj"},
    ),
    Case("logged code in a repository without a remote", None, after=LOG),
    Case(
        "logged code in a repository without a project", None, after=LOG, folder="My repo"
    ),
    Case(
        "logged code in a repository without a project, from a folder",
        None,
        after=LOG,
        cwd="src",
        folder="My repo",
    ),
    Case(
        "logged code is the source by the environment",
        after=LOG,
        env={"WANDB_JOB_SOURCE": "artifact", "WANDB_PROJECT": "p"},
    ),
    Case("code with dots in its name", git=False, after="run.log_code(name='v1.2_x')\n"),
    Case("code with a space in its name", git=False, after="run.log_code(name='a b')\n"),
    Case("code with a colon in its name", git=False, after="run.log_code(name='a:v1')\n"),
    Case("code with a long name", git=False, after=f"run.log_code(name='{'n' * 128}')\n"),
    Case("code with an empty name", git=False, after="run.log_code(name='')\n"),
    Case(
        "code from another root and with a name",
        git=False,
        after="run.log_code('src', 'named')\n",
    ),
    Case("code from no root", git=False, after="run.log_code(None)\n"),
    Case("code by wandb.run", git=False, after="wandb.run.log_code()\n"),
    Case("a long path of code", git=False, after=LOG, script=f"{'deep/' * 24}train.py"),
    Case("a code folder", git=False, init="settings=wandb.Settings(code_dir='.')"),
    Case("saved code", git=False, init="save_code=True"),
    Case(
        "a code folder by the environment",
        git=False,
        env={"WANDB_CODE_DIR": ".", "WANDB_SAVE_CODE": "true"},
    ),
    Case(
        "code as a module with its path named",
        git=False,
        script="m.py",
        module="m",
        after=LOG,
        init="settings=wandb.Settings(program_relpath='m.py')",
    ),
    Case("code and git disabled", HTTPS, after=LOG, env={"WANDB_DISABLE_GIT": "true"}),
    Case(
        "code is disabled, yet logged",
        git=False,
        after=LOG,
        env={"WANDB_DISABLE_CODE": "1"},
    ),
    Case(
        "code logged twice",
        git=False,
        after="run.log_code(name='a')\nrun.log_code(name='b')\n",
    ),
    Case("an empty project", git=False, after=LOG, env={"WANDB_PROJECT": ""}),
    Case("an empty project in the source", git=False, after=LOG, init="project=''"),
    Case("a project with a slash", git=False, after=LOG, init="project='a/b'"),
    Case("a project with a colon", git=False, after=LOG, env={"WANDB_PROJECT": "a:b"}),
    Case("a project of 129 characters", init=f"project='{'p' * 129}'"),
    Case("a folder that is no project", None, after=LOG, folder="my#repo"),
    Case("a folder that is no project, with a remote", folder="my#repo"),
    Case(
        "a launched project",
        git=False,
        after=LOG,
        init="project='own'",
        env={"WANDB_LAUNCH": "True", "WANDB_PROJECT": "launched", "WANDB_CONFIG": "{}"},
    ),
    Case(
        "a settings file of another section",
        git=False,
        after=LOG,
        files={"wandb/settings": "[other]\nproject = x\n"},
    ),
    Case(
        "a settings file that can't be read",
        git=False,
        after=LOG,
        files={"wandb/settings": "project = x\n"},
    ),
    Case(
        "a settings file in another folder",
        git=False,
        after=LOG,
        files={".wandb/settings": "[default]\nproject = dot\n"},
    ),
    Case(
        "a settings file with a wrong value",
        git=False,
        after=LOG,
        files={"wandb/settings": "[default]\nproject = p\ndisable_job_creation = x\n"},
    ),
    Case(
        "a settings file with a percent sign",
        git=False,
        after=LOG,
        files={"wandb/settings": "[default]\nproject = 100%\n"},
    ),
    Case(
        "a code folder, saved code, and code disabled",
        git=False,
        init="save_code=True, settings=wandb.Settings(code_dir='.')",
        env={"WANDB_DISABLE_CODE": "true"},
    ),
    Case(
        "files are chosen, and none is there",
        git=False,
        after="run.log_code(include_fn=lambda p: p.endswith('.txt'))\n",
    ),
    Case(
        "files are chosen, and one is there",
        git=False,
        after="run.log_code(include_fn=lambda p: p.endswith('.txt'))\n",
        files={"a.txt": "x"},
    ),
    Case(
        "two runs, of which the first logs its code",
        git=False,
        init="project='one'",
        after="run.log_code()\nrun.finish()\nrun = wandb.init(project='two')\n",
    ),
]
