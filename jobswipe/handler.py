"""How the web process carries a request through Django."""

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIHandler
from django.http import HttpRequest
from django.http.response import HttpResponseBase


class InOneThread(ASGIHandler):
    """Runs the middleware and the view of a request in one thread of its own.

    Django's own handler goes back to the event loop between the middleware and the view, and to the thread for the
    view: two more changes of thread for every request, each of which waits for whoever has the interpreter. Views
    that are asynchronous run on the event loop as before, and their thread waits for them.
    """

    def __init__(self) -> None:
        super().__init__()
        self.load_middleware(is_async=False)

    async def get_response_async(self, request: HttpRequest) -> HttpResponseBase:
        return await sync_to_async(self.get_response, thread_sensitive=True)(request)
