"""What the candidate says to a question, and which of the options says the same. What they did not say stays unsaid."""
