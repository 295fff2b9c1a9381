"""One way to page through lists: by cursor, newest first."""

from rest_framework.pagination import CursorPagination


class NewestFirst(CursorPagination):
    """Pages that stay put while rows are added; `?cursor=` is opaque."""

    ordering = "-id"
    page_size_query_param = "limit"
    max_page_size = 200
