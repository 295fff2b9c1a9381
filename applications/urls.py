"""Addresses of the deck, the board and what people say about their applications."""

from django.urls import path

from applications import views
from applications.models import Swipe

app_name = "applications"
urlpatterns = [
    path("jobs", views.deck, name="deck"),
    path("jobs/cards", views.cards, name="cards"),
    path("jobs/swipe", views.swipe, name="swipe"),
    path("jobs/undo", views.undo, name="undo"),
    path("jobs/allowance", views.allowance, name="allowance"),
    path("jobs/passed", views.decided, {"direction": Swipe.Direction.LEFT}, name="passed"),
    path("jobs/saved", views.decided, {"direction": Swipe.Direction.SAVE}, name="saved"),
    path("applications", views.board, name="board"),
    path("applications.csv", views.as_csv, name="csv"),
    path("applications/many", views.act_on_many, name="many"),
    path("applications/let-server-send", views.let_server_send, name="let-server-send"),
    path("applications/<int:pk>/move", views.move, name="move"),
    path("applications/<int:pk>/notes", views.notes, name="notes"),
    path("applications/<int:pk>/card", views.card, name="card"),
    *(
        path(f"applications/<int:pk>/{action}", views.act, {"action": action}, name=action)
        for action in ("withdraw", "retry", "release")
    ),
    path("applications/<int:pk>/lane", views.lane, name="lane"),
    path("applications/<int:pk>/confirm", views.confirm, name="confirm"),
    path("applications/<int:pk>/answer", views.answer, name="answer"),
]
