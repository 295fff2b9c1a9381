"""The server lane: a Celery worker that carries applications out in browsers of its own."""
