"""The forms of a rewrite: what each can serve, and its edits."""
