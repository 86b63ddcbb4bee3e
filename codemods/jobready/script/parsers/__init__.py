"""Parsers, and what their calls say they take."""
