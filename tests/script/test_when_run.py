"""What a file does when it is run, and is looked at as a script for."""

from __future__ import annotations

import pytest

from jobready.outcome import Failed
from jobready.script.source.tree import syntax_of
from jobready.script.when_run import does_something

SCRIPTS = [
    'if __name__ == "__main__":\n    main()\n',
    "main()\n",
    "import train\ntrain.main()\n",
    "import sys\nsys.exit(main())\n",
    "import logging\nfrom lib import fit\nlogging.info(fit())\n",
    "from lib import CHOICES\nCHOICES.update(a=1)\n",  # may be more than a dict
    "from lib import get\nSTEPS = []\nSTEPS.append(get())\n",
    "from lib import get_args\nargs = get_args()\nlog.info(args)\n",
    "import wandb\nrun = wandb.init()\nlog.info(run)\n",
    "args = parser.parse_args()\nwarnings.warn(args.lr)\n",
    "import asyncio\nasyncio.run(main())\n",
    "if '__main__' == __name__: main()\n",
    "MAIN = '__main__'\nif __name__ == MAIN:\n    main()\n",
    "import os\nos.system(main())\ndef main():\n    pass\n",
    "import atexit\nfrom lib import main\natexit.register(main)\n",
    "from lib import MODELS, build\nMODELS.register('a', build())\n",
    "from lib import MODELS\nMODELS.register(A)\ndef main():\n    parser.parse_args()\n",
    "from lib import runner\nrunner.registered(1)\n",
]
MODULES = [
    "",
    "def main():\n    pass\n",
    "args = get_args()\n",
    "CHOICES = {}\nCHOICES.update(a=1)\n",
    "CHOICES = dict(b=2)\nCHOICES.update(a=[str(1)])\n",
    "NAMES = [n for n in dir()]\nNAMES.append('x')\n",
    "import sys\nfrom pathlib import Path\nsys.path.append(str(1))\n",
    "import os, sys\nsys.path.insert(0, os.path.dirname(__file__))\n",
    "import warnings\nwarnings.filterwarnings('ignore')\n",
    "from lib import LOGGER\nLOGGER.warning('old')\n",
    "import logging\nlog = logging.getLogger()\nlog.info('loaded')\n",
    "class A:\n    STEPS = []\n    STEPS.append(1)\n",
    "# started by __main__.py\ndef main():\n    pass\n",
    '"""What ``package/__main__.py`` starts."""\n\ndef main():\n    pass\n',
    "import package.__main__\n\ndef main():\n    package.__main__.main()\n",
    "from lib import registry\nclass A:\n    pass\nregistry.register_all({'a': A})\n",
    "import gym\ngym.register(id='a', entry_point='envs:A')\n",
]


@pytest.mark.parametrize("text", SCRIPTS)
def test_a_script_does_something(text: str) -> None:
    syntax = syntax_of(text)
    assert not isinstance(syntax, Failed)
    assert does_something(syntax)


@pytest.mark.parametrize("text", MODULES)
def test_a_module_does_nothing(text: str) -> None:
    syntax = syntax_of(text)
    assert not isinstance(syntax, Failed)
    assert not does_something(syntax)
