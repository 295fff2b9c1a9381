"""The boards that we can read. To add one: a module like its neighbours, a line here, a payload in the tests."""

from typing import cast

from jobs.importing.boards import ashby, greenhouse, lever, page, smartrecruiters, workable, workday
from jobs.importing.boards.base import Module

BOARDS: dict[str, Module] = {
    "greenhouse": cast(Module, greenhouse),
    "lever": cast(Module, lever),
    "ashby": cast(Module, ashby),
    "smartrecruiters": cast(Module, smartrecruiters),
    "workable": cast(Module, workable),
    "workday": cast(Module, workday),
    "page": cast(Module, page),
}
ASKS = {"greenhouse": greenhouse, "ashby": ashby, "workable": workable}  # they publish what their forms ask
