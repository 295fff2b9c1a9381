"""A first run that looks alive: a demo person, and postings whose forms are the practice employers'."""
