"""What becomes of the values that a parse gives, and of what else they keep."""
