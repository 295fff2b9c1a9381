"""Any site: what `CompanyScript` does by itself."""

from automation.engine.companies.base import CompanyScript


class Generic(CompanyScript):
    name = "generic"
    version = 1
