"""The text of a file as a tree, with its scopes and places."""
