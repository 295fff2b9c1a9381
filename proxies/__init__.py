"""The exits through which the server lane goes out."""
