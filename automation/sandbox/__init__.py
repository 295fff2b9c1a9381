"""Practice employers: local application sites for the demo and for tests, with an inbox that shows what arrived."""
