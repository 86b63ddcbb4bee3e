"""How a run gets to show the parameters, and what holds them where it starts."""
