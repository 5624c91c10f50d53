"""Check lists as sheets of cells: what their wording means, and how an edition is worded."""
