"""The project around a script: its files, its configuration and its surroundings.

Reading and replacing source files, finding them, ``[tool.jobready]``, and what the
project's other tools ask of a line that is written into it.
"""
