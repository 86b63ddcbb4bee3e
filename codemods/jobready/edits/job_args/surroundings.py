"""What of the function depends on the wandb and the Python that a project has."""

from __future__ import annotations

from jobready.project.environment import Environment
from jobready.project.requirements import release

# The first wandb that has load_wandb_config (measured: 0.15.12 lacks it, 0.16.1 has it).
LOADS_CONFIG = (0, 16, 1)
# The first Python in which list[str] is an expression.
SUBSCRIPTS_LIST = (3, 9)
# The first Python that has argparse.BooleanOptionalAction.
BOOLEAN_OPTIONAL = (3, 9)


def takes_config_itself(environment: Environment) -> bool:
    """Whether the project's wandb lacks ``load_wandb_config``."""
    version = environment.wandb_version
    return version is not None and release(version) < LOADS_CONFIG
