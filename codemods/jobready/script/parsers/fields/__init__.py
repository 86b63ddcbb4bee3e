"""Fields of dataclasses, as the options that parsers make of them."""
