"""Carrying applications out: attempts, leases, workers, the engine."""
