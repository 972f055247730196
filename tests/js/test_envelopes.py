"""What the tablet signs and seals is what another implementation verifies and opens, and back."""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any, Final

import pytest
from joserfc import jwe, jws
from joserfc.jwk import ECKey
from joserfc.registry import HeaderParameter

SCRIPT: Final = Path(__file__).with_name("envelope_cli.js")
ENTRY: Final = "01a1fff4-0000-7000-8000-000000000001"
TEXT: Final = json.dumps(
    {"kind": "observation.create_for_sign", "fields": [["note", "Sofie græd 🌧"]]}
)
SEALING: Final = ["ECDH-ES", "A256GCM"]


@pytest.fixture
def server() -> ECKey:
    """The key a body is sealed to."""
    return ECKey.generate_key("P-256", {"kid": "server-1"})


def by_the_tablet(given: dict[str, Any]) -> dict[str, Any]:
    """Run the tablet's module with something to seal, or to open."""
    node = os.environ.get("SMAATEGN_NODE") or shutil.which("node")
    assert node
    done = subprocess.run(
        [node, str(SCRIPT)], input=json.dumps(given), capture_output=True, text=True, check=True
    )
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def test_what_the_tablet_signs_and_seals_is_verified_and_opened_by_joserfc(server: ECKey) -> None:
    given = {"payload": {"id": ENTRY, "seq": 1}, "text": TEXT, "entry": ENTRY}

    made = by_the_tablet(given | {"sealTo": server.as_dict(private=False)})

    signed = jws.deserialize_compact(made["jws"], ECKey.import_key(made["key"]), ["ES256"])
    assert signed.headers() == {"alg": "ES256", "typ": "smaategn-entry+jws"}
    assert json.loads(signed.payload or b"") == given["payload"]
    opened = jwe.decrypt_compact(made["jwe"], server, registry=_registry())
    assert opened.plaintext == TEXT.encode()
    header = opened.headers()
    assert (header["entry"], header["kid"], header["typ"]) == (
        ENTRY,
        "server-1",
        "smaategn-body+jwe",
    )
    assert set(header["epk"]) == {"kty", "crv", "x", "y"}


def test_what_joserfc_signs_and_seals_is_verified_and_opened_the_tablets_way(server: ECKey) -> None:
    author = ECKey.generate_key("P-256")
    header = {"alg": "ECDH-ES", "enc": "A256GCM", "typ": "smaategn-body+jwe", "entry": ENTRY}
    given = {
        "jws": jws.serialize_compact({"alg": "ES256"}, b'{"id": "1"}', author, ["ES256"]),
        "jwe": jwe.encrypt_compact(header, TEXT.encode(), server, registry=_registry()),
        "sealing": server.as_dict(private=True),
        "signing": author.as_dict(private=False),
    }

    assert by_the_tablet(given) == {"text": TEXT, "isSigned": True}


def _registry() -> jwe.JWERegistry:
    """Let our own header stand beside the registered ones."""
    return jwe.JWERegistry(
        algorithms=SEALING, header_registry={"entry": HeaderParameter("The entry", "str")}
    )
