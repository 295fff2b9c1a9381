"""A person's intent to apply, where it stands, and the feed that tells them."""
