"""Agreements and what belongs to them."""

from lagerbro.agreements.models.access import Capability, CapabilityKind
from lagerbro.agreements.models.agreement import Agreement, AgreementEvent, AgreementOwned, AgreementState, StartupState
from lagerbro.agreements.models.connections import Credentials, DirectoryCopy, Installation, RackbeatWebhook
from lagerbro.agreements.models.database import DatabaseGeneration, KeyCanary
from lagerbro.agreements.models.decisions import Approval, Setting, SettingChange

__all__ = [
    "Agreement",
    "AgreementEvent",
    "AgreementOwned",
    "AgreementState",
    "Approval",
    "Capability",
    "CapabilityKind",
    "Credentials",
    "DatabaseGeneration",
    "DirectoryCopy",
    "Installation",
    "KeyCanary",
    "RackbeatWebhook",
    "Setting",
    "SettingChange",
    "StartupState",
]
