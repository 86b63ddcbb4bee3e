"""Options that are added to a parser, one by one or by functions."""
