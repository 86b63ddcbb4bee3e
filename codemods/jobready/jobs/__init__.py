"""Jobs before there are any: what a run of a script would become, and under which name.

Pure functions over explicit values, true for wandb 0.13.8 to 0.31.0 whichever of them is
installed; `gather` and `git` look up the values. Nothing here imports wandb.
"""
