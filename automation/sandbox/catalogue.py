"""The openings of the practice employers. Others exist too: any slug or number is answered."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Opening:
    """One posting; `path` is its address on the practice site."""

    employer: str
    key: str
    title: str
    team: str
    place: str

    @property
    def path(self) -> str:
        return f"/{self.employer}/jobs/{self.key}"


OPENINGS = [
    Opening("meridian", "staff-backend-engineer", "Staff Backend Engineer", "Platform", "Austin, TX"),
    Opening("meridian", "site-reliability-engineer", "Site Reliability Engineer", "Infrastructure", "Remote (US)"),
    Opening("meridian", "data-engineer", "Data Engineer", "Forecasting", "Denver, CO"),
    Opening("meridian", "embedded-software-engineer", "Embedded Software Engineer", "Sensors", "Boulder, CO"),
    Opening("meridian", "product-designer", "Product Designer", "Design", "Remote (US)"),
    Opening("meridian", "python-developer", "Python Developer", "Field Tools", "Austin, TX"),
    Opening("meridian", "machine-learning-engineer", "Machine Learning Engineer", "Forecasting", "Seattle, WA"),
    Opening("meridian", "technical-writer", "Technical Writer", "Documentation", "Remote (US)"),
    Opening("meridian", "engineering-manager-platform", "Engineering Manager, Platform", "Platform", "Austin, TX"),
    Opening("meridian", "qa-engineer", "QA Engineer", "Quality", "Denver, CO"),
    Opening("meridian", "solutions-architect", "Solutions Architect", "Customers", "New York, NY"),
    Opening("meridian", "security-engineer", "Security Engineer", "Infrastructure", "Remote (US)"),
    Opening("harborlight", "4100101", "Senior Software Engineer, Payments", "Payments", "San Francisco, CA"),
    Opening("harborlight", "4100102", "Full Stack Engineer", "Ports", "Remote (US)"),
    Opening("harborlight", "4100103", "Frontend Engineer, Design Systems", "Web", "New York, NY"),
    Opening("harborlight", "4100104", "Data Analyst", "Operations", "Chicago, IL"),
    Opening("harborlight", "4100105", "Platform Engineer", "Core Platform", "Remote (US)"),
    Opening("harborlight", "4100106", "Product Manager, Routing", "Routing", "San Francisco, CA"),
    Opening("harborlight", "4100107", "Backend Engineer, Customs", "Customs", "Rotterdam, Netherlands"),
    Opening("harborlight", "4100108", "iOS Engineer", "Mobile", "Remote (US)"),
    Opening("harborlight", "4100109", "Customer Success Manager", "Customers", "Houston, TX"),
    Opening("harborlight", "4100110", "Database Reliability Engineer", "Core Platform", "Remote (US)"),
    Opening("harborlight", "4100111", "Research Engineer, Optimization", "Routing", "Boston, MA"),
    Opening("harborlight", "4100112", "IT Support Specialist", "Workplace", "San Francisco, CA"),
]


def opening(employer: str, key: str) -> Opening | None:
    """Return the opening of that address, None for one that is made up on the spot."""
    return next((one for one in OPENINGS if (one.employer, one.key) == (employer, key)), None)
