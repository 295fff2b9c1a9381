"""Jobs in: from boards, careers pages and files into the database."""
