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

LEAST_PART: Final = 64 * 1024
"""Bytes of a part that is not its file's last: each part is a file and a row."""

MOST_BEGUN: Final = 20 * LARGEST_MEDIA
"""Bytes of one author's unfinished uploads: 200 pictures of a shift, each as large as they get."""


class UploadRefused(Exception):
    """It cannot be taken like this. `code` and `status` are the protocol's.

    `again_after` is when the same may be taken; None when it never is.
    """

    code: ClassVar[str]
    status: ClassVar[int]
    again_after: ClassVar[timedelta | None] = None


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


class PartTooSmall(UploadRefused):
    """More of the file has to come at a time, unless it is the last of it."""

    code = "too_small"
    status = 400


class MediaRoomless(UploadRefused):
    """The disk has room for what has begun, and for nothing more."""

    code = "no_room"
    status = 507
    again_after = timedelta(minutes=5)


class TooMuchBegun(UploadRefused):
    """So much of its author's has begun and is not finished that nothing more may begin."""

    code = "too_much_begun"
    status = 429
    again_after = timedelta(minutes=5)


class MediaMoved(UploadRefused):
    """The next part does not go there: somebody else sent it, or it was thrown away."""

    code = "other_offset"
    status = 409


class MediaOver(UploadRefused):
    """The file has come; it stays."""

    code = "finished"
    status = 403


class MediaUnproven(UploadRefused):
    """The key that signed the entry which named the file did not sign that it ends."""

    code = "unproven"
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
    again_after = timedelta(seconds=10)
