"""Whether both systems can be reached and allow what we do, and whether Rackbeat can reach us (D14, D21)."""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import ip_address
from typing import Final
from urllib.parse import urlsplit

from lagerbro.checks.check import Area, Fault, Faults, Remedy, Severity, check, fault_if
from lagerbro.checks.facts import Facts, FailedRead
from lagerbro.flows.abilities import carried_out

SKEW_LIMIT_S: Final = 120
ECONOMIC: Final = "e-conomic"
RACKBEAT: Final = "Rackbeat"
READ_ONLY: Final = "read-only"
"""What e-conomic says of a subscription that programs may not write to (D14)."""
_MODULES: Final = "AccessDeniedAgreementMissingModules"


@check("economic_grant_dead", Severity.BLOCKS, Area.CONNECTIONS, remedy=Remedy.ECONOMIC_APPS)
def economic_grant_dead(facts: Facts) -> Faults:
    """Revoked, or never given (D21)."""
    return fault_if(any(one.system == ECONOMIC and _is_dead(one) for one in facts.failed_reads))


@check("rackbeat_token_dead", Severity.BLOCKS, Area.CONNECTIONS, remedy=Remedy.RACKBEAT_APPS)
def rackbeat_token_dead(facts: Facts) -> Faults:
    return fault_if(any(one.system == RACKBEAT and _is_dead(one) for one in facts.failed_reads))


@check("economic_read_only", Severity.BLOCKS, Area.CONNECTIONS, remedy=Remedy.ECONOMIC_APPS)
def economic_read_only(facts: Facts) -> Faults:
    """The subscription does not allow programs to write (D14)."""
    return fault_if(facts.economic.read_only or any(map(_is_read_only, facts.failed_reads)))


@check("rights_missing", Severity.BLOCKS, Area.CONNECTIONS, remedy=Remedy.ECONOMIC_APPS)
def rights_missing(facts: Facts) -> Faults:
    """The app's roles do not open what a section that is on needs (economic-api 1.5), or a list was denied us."""
    denied = [one for one in facts.failed_reads if one.code == "access_denied" and not _is_read_only(one)]
    sources = [one.source for one in denied if _MODULES not in one.remote_codes]
    missing = _roles_missing(facts)
    return fault_if(bool(sources or missing), sources=" ".join(sources), roles=", ".join(missing))


@check("module_missing", Severity.BLOCKS, Area.CONNECTIONS, remedy=Remedy.ECONOMIC_APPS)
def module_missing(facts: Facts) -> Faults:
    """e-conomic names the module itself (economic-api 1.5)."""
    return [
        Fault({"source": one.source, "said": one.said})
        for one in facts.failed_reads
        if one.code == "access_denied" and _MODULES in one.remote_codes
    ]


@check("list_unread", Severity.BLOCKS, Area.CONNECTIONS)
def list_unread(facts: Facts) -> Faults:
    """What a section that is on is judged by could not be read: nobody knows whether the books would be right."""
    return _faults_of(one for one in _failed(facts) if one.needed)


@check("list_unread_minor", Severity.SHOULD, Area.CONNECTIONS)
def list_unread_minor(facts: Facts) -> Faults:
    return _faults_of(one for one in _failed(facts) if not one.needed)


@check("webhooks_impossible", Severity.BLOCKS, Area.CONNECTIONS)
def webhooks_impossible(facts: Facts) -> Faults:
    """Rackbeat must be able to call us: over https at a public name, or both on this very machine."""
    (scheme, host), (_, theirs) = _parts(facts.addresses.public_url), _parts(facts.addresses.rackbeat_url)
    if _is_local(theirs):
        return fault_if(scheme not in ("http", "https") or not host, url=facts.addresses.public_url)
    reachable = scheme == "https" and "." in host and not _is_private(host)
    return fault_if(not reachable, url=facts.addresses.public_url)


@check("clock_skewed", Severity.SHOULD, Area.CONNECTIONS)
def clock_skewed(facts: Facts) -> Faults:
    """What is dated and scheduled here would be dated and scheduled wrong."""
    if facts.skew_s is None:
        return None
    return fault_if(abs(facts.skew_s) > SKEW_LIMIT_S, seconds=round(abs(facts.skew_s)))


@check("nothing_enabled", Severity.SHOULD, Area.CONNECTIONS, field="sales_enabled")
def nothing_enabled(facts: Facts) -> Faults:
    """Activation would do nothing."""
    choices = facts.choices
    return fault_if(not (choices.sales_enabled or choices.suppliers_enabled or choices.stock_value_enabled))


@check("startup_already_used", Severity.SHOULD, Area.STARTUP, field="startup_sync")
def startup_already_used(facts: Facts) -> Faults:
    """It can be run once (A32, H3)."""
    return fault_if(facts.startup_used) if facts.choices.startup_sync else None


def _faults_of(failed: Iterable[FailedRead]) -> list[Fault]:
    return [Fault({"system": one.system, "source": one.source, "said": one.said}) for one in failed]


def _failed(facts: Facts) -> list[FailedRead]:
    return [
        one for one in facts.failed_reads if not (_is_dead(one) or one.code == "access_denied" or _is_read_only(one))
    ]


def _is_dead(one: FailedRead) -> bool:
    return one.code == "grant_revoked"


def _is_read_only(one: FailedRead) -> bool:
    return one.system == ECONOMIC and READ_ONLY in one.message.lower()


def _roles_missing(facts: Facts) -> list[str]:
    roles, choices = facts.economic.roles, carried_out(facts.choices, facts.unsupported_settings)
    if roles is None or "SuperUser" in roles:
        return []
    needed = {"Sales": choices.sales_enabled, "Bookkeeping": choices.suppliers_enabled or choices.stock_value_enabled}
    return [role for role, is_needed in needed.items() if is_needed and role not in roles]


def _parts(url: str) -> tuple[str, str]:
    """Scheme and host; both empty for what is no address."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return "", ""
    return parts.scheme, parts.hostname or ""


def _is_local(host: str) -> bool:
    return host == "localhost" or host.endswith((".localhost", ".test")) or _is_loopback(host)


def _is_private(host: str) -> bool:
    return _is_local(host) or host.endswith((".local", ".internal")) or not _is_public_address(host)


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _is_public_address(host: str) -> bool:
    """True for a name too: whether it leads anywhere is seen when Rackbeat calls."""
    try:
        return ip_address(host).is_global
    except ValueError:
        return True


CHECKS: Final = (
    economic_grant_dead,
    rackbeat_token_dead,
    economic_read_only,
    rights_missing,
    module_missing,
    list_unread,
    list_unread_minor,
    webhooks_impossible,
    clock_skewed,
    nothing_enabled,
    startup_already_used,
)
