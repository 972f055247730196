"""The sync protocol on the wire. Source: docs/sync-protocol.md."""
