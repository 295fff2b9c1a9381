"""Put one answer into one field, by whatever the field is made of, and read back what it then holds."""
