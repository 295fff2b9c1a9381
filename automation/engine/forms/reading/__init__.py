"""Read the whole form as a person would see it, in one call into the page."""
