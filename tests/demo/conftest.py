"""The filled home, read by many tests and changed by none."""

from collections.abc import Iterator

import pytest
from sqlalchemy.orm import Session

from tests.demo.reading import close, filled


@pytest.fixture(scope="package")
def home() -> Iterator[Session]:
    """Solsikken on a Saturday evening in November."""
    session = filled()
    yield session
    close(session)
