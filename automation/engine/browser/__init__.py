"""Start a browser, look at its pages and its traffic, keep evidence."""
