"""Rewriting a script: which form it gets, and the edits that give it that form."""
