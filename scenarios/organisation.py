"""The organisation before anything is done to it."""

from typing import Literal

from pydantic import model_validator

from scenarios.table import Table, complaint, key

Sector = Literal["commercial", "nonprofit"]
ValueProposition = Literal["balanced", "operational_excellence", "product_leadership", "customer_intimacy"]


class Organisation(Table):
    """Who works here, how the work is arranged and what customers are promised."""

    employees: int = key(60, "people who serve customers, leaders not counted", "employees", 1, 20_000)
    leaders: int = key(6, "people who lead a team; at most one an employee", "leaders", 1, 2_000)
    sector: Sector = key("commercial", "whether income follows customers or a commissioner's budget")
    value_proposition: ValueProposition = key(
        "balanced", "what the organisation wants to be chosen for [Treacy & Wiersema 1995]"
    )
    utilisation: float = key(0.88, "work relative to capacity that staffing aims at", "share of capacity", 0.3, 1.3)
    capacity: float = key(14.5, "what an employee of usual competence handles", "encounters a week", 0.01, 10_000)
    coaching_hours: float = key(8.0, "time that a leader has for coaching", "hours a week", 0, 40)
    handovers: float = key(
        1.0, "passings from one department to another in a fully functional structure", "handovers an encounter", 0, 5
    )
    continuity: float = key(
        0.2, "encounters in which customers meet their own contact person", "share of encounters", 0, 1
    )
    elastic_staffing: bool = key(True, "whether the number of seats follows the workload, after a delay")

    @model_validator(mode="after")
    def _leaders_lead_somebody(self) -> "Organisation":
        if self.leaders > self.employees:
            found = f"there are {self.leaders} leaders for {self.employees} employees"
            raise complaint(("leaders",), f"{found}; at most one leader an employee is allowed")
        return self
