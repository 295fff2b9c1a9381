"""The engine: carries out one application in one browser. It knows nothing of Django, queues or people's accounts."""
