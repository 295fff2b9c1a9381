"""Paired computers: pairing, the device API, the line on which a device hears what is new, and the pages of them."""
