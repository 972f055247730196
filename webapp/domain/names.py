"""When two names are the same to people, and when one is what somebody looks for."""


def plain(name: str) -> str:
    """Return a name as people compare it: in one case, single spaces between its words."""
    return " ".join(name.split()).casefold()


def is_called(first_name: str, last_name: str, asked: str) -> bool:
    """Tell whether part of somebody's name was asked for; nothing asked for is everyone."""
    return plain(asked) in plain(f"{first_name} {last_name}")
