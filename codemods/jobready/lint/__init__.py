"""Checking files by the rules: which hold, what is suppressed, what gets fixed.

Many files at once, in several processes, and with what is known from last time.
"""
