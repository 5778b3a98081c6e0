"""*Vores reference*: the employee in e-conomic with the name that Rackbeat's has (domain-rules B2).

Neither system knows the other's numbers: employees that were made in both have one only by chance, so the name decides,
and the number between two of the same name.
"""

from __future__ import annotations

from typing import Final

from lagerbro.economic.master_data.small_registers import Employee
from lagerbro.flows.known_references.remembering import folded, known_number
from lagerbro.sync.work import Work

EMPLOYEE: Final = "employee"


def employee_of(work: Work, number: int | None) -> int | None:
    """e-conomic's number; None where Rackbeat names nobody or e-conomic has nobody of that name."""
    if number is None:
        return None
    return known_number(work, EMPLOYEE, str(number), lambda: _found(work, number))


def matching_employee(number: int, name: str, employees: list[Employee]) -> int | None:
    """Which of e-conomic's employees is Rackbeat's `number`, called `name`. Pure."""
    wanted = folded(name)
    named = [one.employeeNumber for one in employees if wanted and not one.barred and folded(one.name) == wanted]
    return number if number in named else next(iter(named), None)


def _found(work: Work, number: int) -> int | None:
    employee = work.clients.rackbeat.employee(number)
    if employee is None:
        return None
    return matching_employee(number, employee.name, list(work.clients.economic.small_registers.employees()))
