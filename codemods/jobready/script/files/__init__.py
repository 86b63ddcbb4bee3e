"""The files of a repository that one script reaches."""
