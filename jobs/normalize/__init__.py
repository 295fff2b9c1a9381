"""From what employers write to what cards, filters and ranking need: places, pay, titles, texts. Pure functions."""
