"""Reading a script with stdlib ``ast``: what it does with its parameters and its runs.

Nothing here imports or runs the code that it reads.
"""
