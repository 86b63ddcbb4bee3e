"""What a script itself does with the words of its command line."""
