"""What the config of a run shows, and what is read from it."""
