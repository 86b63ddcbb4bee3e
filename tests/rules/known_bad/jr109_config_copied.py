import copy
import json

import wandb

run = wandb.init(project="ablation", config={"lr": 0.1, "layers": 4})
config = run.config

teacher = copy.deepcopy(config)
with open("settings.json", "w") as file:
    json.dump(vars(config), file)

run.log({"loss": config.lr, "teacher": teacher.layers})
