"""Q-learning on a corridor, one file, after the manner of single-file RL libraries.

Tracking is optional: wandb is imported only with --track.
"""

import argparse
import json
import os
import random
import time


def strtobool(value):
    """Read yes and no in the spellings that people type."""
    word = value.lower()
    if word in ("y", "yes", "t", "true", "on", "1"):
        return 1
    if word in ("n", "no", "f", "false", "off", "0"):
        return 0
    raise ValueError(f"invalid truth value {value!r}")


def parse_args():
    # fmt: off
    parser = argparse.ArgumentParser()
    parser.add_argument("--exp-name", default=os.path.basename(__file__)[:-3],
        help="how the run is called")
    parser.add_argument("--seed", type=int, default=1,
        help="where the random numbers start")
    parser.add_argument("--track", type=lambda x: bool(strtobool(x)),
        default=False, nargs="?", const=True,
        help="whether to track the run with W&B")
    parser.add_argument("--wandb-project-name", type=str, default="corridor",
        help="the W&B project of the run")
    parser.add_argument("--wandb-entity", type=str, default=None,
        help="the W&B team of the run")

    # the algorithm
    parser.add_argument("--length", type=int, default=6,
        help="how many places the corridor has")
    parser.add_argument("--total-timesteps", type=int, default=2000,
        help="how many steps to train for")
    parser.add_argument("--learning-rate", type=float, default=0.5,
        help="how far a step moves the table")
    parser.add_argument("--num-envs", type=int, default=4,
        help="how many corridors to walk side by side")
    parser.add_argument("--num-steps", type=int, default=32,
        help="how many steps to walk in each corridor for one update")
    parser.add_argument("--anneal-lr", type=lambda x: bool(strtobool(x)),
        default=True, nargs="?", const=True,
        help="whether the learning rate falls to zero")
    parser.add_argument("--gamma", type=float, default=0.95,
        help="the discount factor")
    parser.add_argument("--epsilon", type=float, default=0.2,
        help="how often to take a random action")
    args = parser.parse_args()
    args.batch_size = int(args.num_envs * args.num_steps)
    # fmt: on
    return args


class Corridor:
    """Walk left or right; the reward is at the right end."""

    def __init__(self, length):
        self.length = length
        self.place = 0

    def step(self, action):
        self.place = max(0, self.place + (1 if action else -1))
        done = self.place == self.length - 1
        place = self.place
        if done:
            self.place = 0
        return place, float(done), done


if __name__ == "__main__":
    args = parse_args()
    run_name = f"{args.exp_name}__{args.seed}__{int(time.time())}"
    if args.track:
        import wandb

        wandb.init(
            project=args.wandb_project_name,
            entity=args.wandb_entity,
            config=vars(args),
            name=run_name,
            save_code=True,
        )

    random.seed(args.seed)
    envs = [Corridor(args.length) for _ in range(args.num_envs)]
    table = [[0.0, 0.0] for _ in range(args.length)]

    num_updates = args.total_timesteps // args.batch_size
    for update in range(1, num_updates + 1):
        lr = args.learning_rate
        if args.anneal_lr:
            lr *= 1.0 - (update - 1.0) / num_updates

        rewards = 0.0
        for _ in range(args.num_steps):
            for env in envs:
                place = env.place
                if random.random() < args.epsilon:
                    action = random.randrange(2)
                else:
                    action = int(table[place][1] >= table[place][0])
                reached, reward, done = env.step(action)
                target = reward + (0.0 if done else args.gamma * max(table[reached]))
                table[place][action] += lr * (target - table[place][action])
                rewards += reward

        if args.track:
            wandb.log({"charts/rewards": rewards, "charts/learning_rate": lr})
        print(f"update {update}/{num_updates}: rewards {rewards:.0f}")

    if args.track:
        wandb.finish()
    trained_with = {
        "seed": args.seed,
        "track": args.track,
        "length": args.length,
        "total_timesteps": args.total_timesteps,
        "learning_rate": args.learning_rate,
        "num_envs": args.num_envs,
        "num_steps": args.num_steps,
        "batch_size": args.batch_size,
        "anneal_lr": args.anneal_lr,
        "gamma": args.gamma,
        "epsilon": args.epsilon,
    }
    print(json.dumps(trained_with))
