"""How launched values come to a parse: its words, the function, and what that needs."""
