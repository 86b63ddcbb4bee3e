"""Telling the user what happened: as text, as JSON, as a diff."""
