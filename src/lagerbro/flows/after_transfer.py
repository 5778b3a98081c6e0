"""What may become of a document in Rackbeat after it was transferred, by the codes under which it is told (H18).

The alarm is given once and is never acted upon by itself. The polls and every flow of a document share the codes.
"""

from __future__ import annotations

from typing import Final

CHANGED: Final = "changed_after_transfer"
"""It was unbooked and booked again, or it comes to something else."""
CHANGED_DRAFT: Final = "outdated_draft_stands"
"""The same, and what was made of it is a draft that nobody has booked."""
UNBOOKED: Final = "unbooked_after_transfer"
UNBOOKED_DRAFT: Final = "unbooked_draft_stands"
DELETED: Final = "deleted_after_transfer"
"""It was unbooked, and then there was nothing any more."""
DELETED_DRAFT: Final = "deleted_draft_stands"

UNBOOKED_CODES: Final = frozenset({UNBOOKED, UNBOOKED_DRAFT})
DELETED_CODES: Final = frozenset({DELETED, DELETED_DRAFT})
