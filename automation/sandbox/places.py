"""Places that a location control can look up, as a geocoder names them."""

PLACES = (
    "Amsterdam, North Holland, Netherlands", "Atlanta, Georgia, United States", "Augusta, Maine, United States",
    "Aurora, Colorado, United States", "Austin, Minnesota, United States", "Austin, Texas, United States",
    "Austintown, Ohio, United States", "Bengaluru, Karnataka, India", "Berlin, Germany", "Boise, Idaho, United States",
    "Boston, Massachusetts, United States", "Boulder, Colorado, United States", "Chicago, Illinois, United States",
    "Columbus, Ohio, United States", "Dallas, Texas, United States", "Denver, Colorado, United States",
    "Detroit, Michigan, United States", "Dublin, Leinster, Ireland", "Houston, Texas, United States",
    "Lagos, Nigeria", "Lisbon, Portugal", "London, England, United Kingdom", "London, Ontario, Canada",
    "Los Angeles, California, United States", "Madrid, Spain", "Mexico City, Mexico", "Miami, Florida, United States",
    "Minneapolis, Minnesota, United States", "Montreal, Quebec, Canada", "Munich, Bavaria, Germany",
    "New Orleans, Louisiana, United States", "New York, New York, United States", "Oakland, California, United States",
    "Paris, France", "Paris, Texas, United States", "Philadelphia, Pennsylvania, United States",
    "Phoenix, Arizona, United States", "Pittsburgh, Pennsylvania, United States", "Portland, Maine, United States",
    "Portland, Oregon, United States", "Rotterdam, South Holland, Netherlands", "San Diego, California, United States",
    "San Francisco, California, United States", "San Jose, California, United States",
    "Seattle, Washington, United States", "Singapore", "Toronto, Ontario, Canada",
    "Vancouver, British Columbia, Canada", "Warsaw, Poland", "Washington, District of Columbia, United States",
)  # fmt: skip
MOST = 8


def looked_up(text: str) -> list[str]:
    """Return the places that begin with the text, then those that have it anywhere; none for an empty text."""
    wanted = text.strip().casefold()
    found = [place for place in PLACES if wanted and wanted in place.casefold()]
    return sorted(found, key=lambda place: not place.casefold().startswith(wanted))[:MOST]
