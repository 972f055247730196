"""Write the JSON Schema; write test vectors and the fixture when they are missing.

`python -m tests.sync.make`. What was released is never written anew: signatures are different each
time, and clients that were released do not change.
"""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from joserfc import jws
from joserfc.jwk import ECKey

from tests.factories import NOW
from tests.sync.tablet import Pen, batch, public, sign, time_text
from webapp.adapters.envelopes import digest_of
from webapp.sync.wire import json_schema

SCHEMA: Final = Path(__file__).parents[2] / "webapp/sync/schema-1.json"
VECTORS: Final = Path(__file__).parent / "vectors/1.json"
FIXTURE: Final = Path(__file__).parent / "fixtures/schema-1.json"

STAFF: Final = UUID("01a1fff4-0000-7000-8000-00000000000a")
GOAL: Final = UUID("01a1fff4-0000-7000-8000-00000000000b")
SIGN: Final = UUID("01a1fff4-0000-7000-8000-00000000000c")
INTERVENTION: Final = UUID("01a1fff4-0000-7000-8000-00000000000d")


def entry_id(number: int) -> UUID:
    """Return the id of an entry, as a tablet draws them."""
    return UUID(f"01a1fff4-0000-7000-8000-{number:012x}")


def kid_of(key: ECKey) -> str:
    return key.thumbprint()


def private(key: ECKey) -> dict[str, Any]:
    return {**public(key), "d": key.as_dict(private=True)["d"], "kid": kid_of(key)}


def new_pen(number: int, signing: ECKey, sealing: ECKey) -> Pen:
    """Return somebody's grant, signed by a server that is not running."""
    author = ECKey.generate_key("P-256")
    issued = int(NOW.timestamp())
    claims = {
        "jti": str(entry_id(0xA0 + number)),
        "sub": str(STAFF),
        "dev": None,
        "cnf": {"jwk": public(author)},
        "iat": issued,
        "cap": issued + 16 * 3600,
        "exp": issued + 90 * 86_400,
    }
    grant = sign(claims, signing, typ="smaategn-grant+jwt", kid=kid_of(signing))
    return Pen(author, grant, public(sealing) | {"kid": kid_of(sealing)})


def vectors() -> dict[str, Any]:
    """Return one entry in every step, with all keys."""
    signing, sealing = ECKey.generate_key("P-256"), ECKey.generate_key("P-256")
    pen, id = new_pen(1, signing, sealing), entry_id(1)
    body = {
        "kind": "observation.create_for_sign",
        "target": str(SIGN),
        "fields": [["new_id", str(id)], ["outcome", "seen"], ["note", "Sofie græd 🌧\r\nlidt"]],
    }
    entry = pen.entry("", "", id=id, body=body)
    payload = json.loads(jws.extract_compact(entry.encode()).payload)
    told = batch(entry, pens=[pen])
    account = told["grants"][0]["account"]
    return {
        "about": "One entry from key to answer; docs/sync-protocol.md says how.",
        "keys": {
            "server_signs": private(signing),
            "server_opens": private(sealing),
            "author_signs": private(pen.key),
        },
        "grant": {"claims": dict(pen.claims), "jwt": pen.grant},
        "body": {"text": body, "jwe": payload["sealed"], "entry": str(id)},
        "entry": {"payload": payload, "jws": entry, "sha256": digest_of(entry)},
        "account": {
            "payload": json.loads(jws.extract_compact(account.encode()).payload),
            "jws": account,
        },
        "batch": told,
        "received_at": time_text(NOW + timedelta(hours=5)),
        "results": [
            {
                "index": 0,
                "id": str(id),
                "status": "stored",
                "received_at": time_text(NOW + timedelta(hours=5)),
            }
        ],
    }


def fixture() -> dict[str, Any]:
    """Return what the first released client sends: one entry of each kind."""
    signing, sealing = ECKey.generate_key("P-256"), ECKey.generate_key("P-256")
    pen = new_pen(2, signing, sealing)
    tapped, whole, corrected, done, seen = (entry_id(0x20 + place) for place in range(5))
    sent: list[tuple[str, UUID, UUID, dict[str, str]]] = [
        (
            *("observation.create_for_sign", SIGN, tapped),
            {"outcome": "seen", "at": "", "support_level": "", "note": "Selv ☀️"},
        ),
        ("observation.create_for_goal", GOAL, whole, {"outcome": "no_opportunity"}),
        ("observation.correct", tapped, corrected, {"support_level": "verbal", "reason": ""}),
        ("intervention.carry_out", INTERVENTION, done, {}),
        ("goal.acknowledge", GOAL, seen, {}),
    ]
    entries = [
        pen.entry(kind, target, [("new_id", str(id)), *fields.items()], id=id)
        for kind, target, id, fields in sent
    ]
    for place, (kind, target) in enumerate(
        (("intervention.withdraw", done), ("observation.withdraw", whole))
    ):
        entries.append(
            pen.entry(kind, target, id=entry_id(0x30 + place), at=NOW + timedelta(seconds=5))
        )
    return {
        "about": "Schema 1, as it was first released. Taken for 24 months after its last release.",
        "keys": {"server_signs": private(signing), "server_opens": private(sealing)},
        "batch": batch(*entries, pens=[pen]),
    }


def as_text(told: object) -> str:
    return json.dumps(told, ensure_ascii=False, indent=2, sort_keys=False) + "\n"


def main() -> None:
    """Write the files."""
    SCHEMA.write_text(as_text(json_schema()), "utf-8")
    for file, made in ((VECTORS, vectors), (FIXTURE, fixture)):
        if not file.exists():
            file.write_text(as_text(made()), "utf-8")


if __name__ == "__main__":
    main()
