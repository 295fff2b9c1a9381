"""A resume read: its text, what the text says about the person, and JSON Resume in and out. Proposals, never facts."""
