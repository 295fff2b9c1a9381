"""People: users, their profile, resumes and answers."""
