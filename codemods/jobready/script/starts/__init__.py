"""Where runs start, and under which conditions."""
