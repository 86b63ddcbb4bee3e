"""What expressions stand for: where values go in a file or program."""
