"""Parsers, their parameters, and how the command line is read."""
