"""JR609: the script starts another with arguments."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.tools import found_in_project

OTHER = "import wandb\n\nwandb.init()\n"
HEAD = "import os\nimport subprocess\nimport sys\nimport wandb\n\nwandb.init()\n"


@pytest.mark.parametrize(
    "line",
    [
        'subprocess.run([sys.executable, "other.py", "--lr", "1"])',
        'subprocess.check_call(["python", "other.py", f"--lr={lr}"])',
        'os.system("python other.py --lr 1")',
        'os.system(f"python other.py --lr {lr}")',
        'words = [sys.executable, "other.py", "--lr", "1"]\nsubprocess.run(words)',
    ],
)
def test_a_script_that_takes_the_values_of_the_job(tmp_path: Path, line: str) -> None:
    files = {"train.py": f"{HEAD}{line}\n", "other.py": OTHER}
    ((name, finding),) = found_in_project("JR609", files, tmp_path)
    assert name == "train.py"
    assert finding.message.startswith("other.py is started with arguments")


@pytest.mark.parametrize(
    ("line", "other"),
    [
        ('subprocess.run([sys.executable, "other.py", "--lr", "1"])', "print(1)\n"),
        ('subprocess.run([sys.executable, "other.py"])', OTHER),
        ('subprocess.run([sys.executable, "gone.py", "--lr", "1"])', OTHER),
        ('subprocess.run([sys.executable, "other.py", "--lr", "1"], env=env)', OTHER),
        ('subprocess.run(["git", "add", "other.py"])', OTHER),
        ("subprocess.run(words)", OTHER),
    ],
    ids=["no-run", "no-arguments", "gone", "environment", "git", "unknown"],
)
def test_what_takes_no_values(tmp_path: Path, line: str, other: str) -> None:
    files = {"train.py": f"{HEAD}{line}\n", "other.py": other}
    assert found_in_project("JR609", files, tmp_path) == []
