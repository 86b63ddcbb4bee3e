"""Edits, written into the text of a file."""
