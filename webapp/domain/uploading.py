"""What a sealed file on its way may be refused for, and the limits it keeps to.

Machines are told, so there are codes and no words. Source: docs/sync-protocol.md, section 5
"""

from datetime import timedelta
from typing import ClassVar, Final

LARGEST_MEDIA: Final = 25 * 1024 * 1024
"""Bytes of a sealed file."""

MOST_PICTURES: Final = 10
"""Of one entry; what is named beyond is refused."""

KEPT_FOR: Final = timedelta(days=14)
"""How long the parts of an unfinished upload are kept after the last one came."""


BUSY_FOR: Final = timedelta(seconds=10)
"""When whoever met too many others may try again."""


class UploadRefused(Exception):
    """It cannot be taken like this. `code` and `status` are the protocol's."""

    code: ClassVar[str]
    status: ClassVar[int]


class MediaUnknown(UploadRefused):
    """No stored entry named the file."""

    code = "unknown"
    status = 404


class MediaSizeUnfit(UploadRefused):
    """No stored entry named the file with this size."""

    code = "other_size"
    status = 400


class MediaTooLarge(UploadRefused):
    """There is more of it than was said, or than anyone may send."""

    code = "too_large"
    status = 413


class MediaMoved(UploadRefused):
    """The next part does not go there: somebody else sent it, or it was thrown away."""

    code = "other_offset"
    status = 409


class MediaOver(UploadRefused):
    """The file has come; it stays."""

    code = "finished"
    status = 403


class PartBroken(UploadRefused):
    """The part is not the one its checksum is of. Nothing of it is kept."""

    code = "checksum_mismatch"
    status = 460


class MediaBroken(UploadRefused):
    """All has come, and it is not the file that was named. It begins at 0 again."""

    code = "other_file"
    status = 460


class MediaBusy(UploadRefused):
    """So many files are being opened that this one has to wait; its last part comes again."""

    code = "busy"
    status = 503
