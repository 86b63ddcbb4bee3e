"""What the settings of wandb make of a job."""

from __future__ import annotations

from tests.jobs.case import HTTPS, Case


def setting(text: str) -> str:
    return f"settings=wandb.Settings({text})"


OFTEN = [
    Case("a job's name with what a name can't have", init=setting("job_name='my job/x'")),
    Case("an empty name of a job", init=setting("job_name=''")),
    Case(
        "a job's name in both",
        init=setting("job_name='own'"),
        env={"WANDB_JOB_NAME": "env-job"},
    ),
    Case(
        "a job's name by setup", before="wandb.setup(wandb.Settings(job_name='set-up'))\n"
    ),
    Case("a source that is there no more", None, init=setting("job_source='repo'")),
    Case("creation by nothing", env={"WANDB_DISABLE_JOB_CREATION": ""}),
    Case(
        "creation on in the source, off in the environment",
        init=setting("disable_job_creation=False"),
        env={"WANDB_DISABLE_JOB_CREATION": "true"},
    ),
    Case("creation as it comes", env={"WANDB_DISABLE_JOB_CREATION": None}),
    Case(
        "creation on by the script",
        env={"WANDB_DISABLE_JOB_CREATION": None},
        before="import os\nos.environ['WANDB_DISABLE_JOB_CREATION'] = 'false'\n",
    ),
    Case("no metadata", env={"WANDB__DISABLE_META": "true"}),
    Case("no machine info", init=setting("x_disable_machine_info=True")),
    Case("no requirements", init=setting("x_save_requirements=False")),
    Case("offline", env={"WANDB_MODE": "offline"}),
]
SELDOM = [
    Case("a job's name", init=setting("job_name='my-job'")),
    Case("a long name of a job", init=setting(f"job_name='{'n' * 200}'")),
    Case("a job's name as a dict", init="settings={'job_name': 'from-dict'}"),
    Case(
        "a job's name for an image",
        git=False,
        init=setting("job_name='j'"),
        env={"WANDB_DOCKER": "i:v1"},
    ),
    Case("a source that is none", init=setting("job_source='git'")),
    Case("creation off", init=setting("disable_job_creation=True")),
    Case("creation on by a zero", env={"WANDB_DISABLE_JOB_CREATION": "0"}),
    Case("a crash", after="raise SystemError('no')\n"),
    Case("a job's name with a colon", init=setting("job_name='my-job:v1'")),
    Case("a job's name in the environment", env={"WANDB_JOB_NAME": "env-job"}),
    Case(
        "a job's name in a settings file",
        files={"wandb/settings": "[default]\njob_name = filed\n"},
    ),
    Case(
        "a job's name for logged code",
        git=False,
        init=setting("job_name='j'"),
        after="run.log_code()\n",
    ),
    Case("a source", init=setting("job_source='repo'")),
    Case("a source in the environment", env={"WANDB_JOB_SOURCE": "repo"}),
    Case("a source that is none in the environment", env={"WANDB_JOB_SOURCE": "code"}),
    Case("creation off in the environment", env={"WANDB_DISABLE_JOB_CREATION": "true"}),
    Case("creation off by a one", env={"WANDB_DISABLE_JOB_CREATION": "1"}),
    Case("creation on by no", env={"WANDB_DISABLE_JOB_CREATION": "no"}),
    Case("creation on by False", env={"WANDB_DISABLE_JOB_CREATION": "False"}),
    Case("creation by nonsense", env={"WANDB_DISABLE_JOB_CREATION": "maybe"}),
    Case(
        "creation on in a settings file",
        env={"WANDB_DISABLE_JOB_CREATION": None},
        files={"wandb/settings": "[default]\ndisable_job_creation = false\n"},
    ),
    Case("no metadata by the new name", env={"WANDB_X_DISABLE_META": "true"}),
    Case("no metadata in the source", init=setting("x_disable_meta=True")),
    Case("no metadata in the source, the old way", init=setting("_disable_meta=True")),
    Case(
        "no machine info by the environment", env={"WANDB_X_DISABLE_MACHINE_INFO": "true"}
    ),
    Case("no machine info, the old way", env={"WANDB__DISABLE_MACHINE_INFO": "true"}),
    Case("no requirements by the environment", env={"WANDB_X_SAVE_REQUIREMENTS": "false"}),
    Case("no requirements, the old way", env={"WANDB__SAVE_REQUIREMENTS": "false"}),
    Case("offline in the source", init="mode='offline'"),
    Case("disabled", init="mode='disabled'"),
    Case("no run is started", HTTPS, env={"WANDB_DISABLED": "true"}),
    Case("an empty source", env={"WANDB_JOB_SOURCE": ""}),
    Case("an empty name in the environment", env={"WANDB_JOB_NAME": ""}),
    Case("a dry run", env={"WANDB_MODE": "dryrun"}),
    Case("a mode that is none", env={"WANDB_MODE": "nonsense"}),
    Case(
        "online in the source, offline in the environment",
        init="mode='online'",
        env={"WANDB_MODE": "offline"},
    ),
]
