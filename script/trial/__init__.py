"""The whole product as processes, broken on purpose, with a ledger at the end: nothing lost, nothing sent twice."""
