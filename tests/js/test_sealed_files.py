"""What the tablet seals of a file is what `cryptography` opens, as docs/sync-protocol.md says."""

import base64
import hashlib
import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Final

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

SCRIPT: Final = Path(__file__).with_name("sealing_cli.js")
PART: Final = 1024 * 1024
TAG: Final = 16


@pytest.mark.parametrize("size", [1, PART, 2 * PART + 7], ids=["a byte", "a part", "three parts"])
def test_what_the_tablet_seals_is_opened_by_cryptography(size: int) -> None:
    file = bytes(place * 31 % 251 for place in range(size))
    node = os.environ.get("SMAATEGN_NODE") or shutil.which("node")
    assert node

    done = subprocess.run([node, str(SCRIPT)], input=file, capture_output=True, check=True)

    made = json.loads(done.stdout)
    sealed = base64.b64decode(made["sealed"])
    assert (made["size"], made["sha256"]) == (len(sealed), hashlib.sha256(sealed).hexdigest())
    key = AESGCM(base64.urlsafe_b64decode(made["key"] + "="))
    opened = b"".join(
        key.decrypt(number.to_bytes(12, "big"), sealed[at : at + PART + TAG], None)
        for number, at in enumerate(range(0, len(sealed), PART + TAG))
    )
    assert opened == file
