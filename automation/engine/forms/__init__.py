"""Read a form as a person would, answer it for the candidate, fill it in, and check what it then holds."""
