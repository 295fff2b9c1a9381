"""What a question asks: one meaning for the many ways in which forms ask it, and whether it asks just that."""
