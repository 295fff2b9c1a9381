"""What is kept of people and for how long: copies, deletion, retention."""
