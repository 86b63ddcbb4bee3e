import argparse

import wandb

p = argparse.ArgumentParser()
p.add_argument("-l", "--learning-rate", type=float, default=0.05)
p.add_argument("-n", "--steps", dest="num_steps", type=int, default=2)
opt = p.parse_args()
wandb.init(config=opt)
for _ in range(opt.num_steps):
    wandb.log({"loss": opt.learning_rate})
