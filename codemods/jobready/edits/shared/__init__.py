"""The function of form ``argv`` in one module of the project, which its scripts import.

`module` knows that module and writes its text, `evidence` and `importing` tell how a file
can import it for sure, `importer` plans the edits of such a file, `import_line` makes them.
"""
