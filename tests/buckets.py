"""A bucket that speaks S3, on this machine alone."""

import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from moto.server import ThreadedMotoServer


@contextmanager
def bucket() -> Iterator[str]:
    """Start a server with an empty bucket and give its URL; programs find it by the environment."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    address = f"http://{host}:{port}"
    made = urllib.request.Request(f"{address}/solgaarden", method="PUT")  # noqa: S310
    urllib.request.urlopen(made).close()  # noqa: S310
    with pytest.MonkeyPatch.context() as environment:
        for name, value in {
            "AWS_ENDPOINT": address,
            "AWS_ALLOW_HTTP": "true",
            "AWS_REGION": "eu-north-1",
            "AWS_ACCESS_KEY_ID": "solgaarden",
            "AWS_SECRET_ACCESS_KEY": "en hemmelighed",
        }.items():
            environment.setenv(name, value)
        yield "s3://solgaarden"
    server.stop()
