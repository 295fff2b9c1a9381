"""Companies, their postings, and the deck that shows them."""
