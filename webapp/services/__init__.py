"""Verbs: a session and who did it. They add and audit; they never commit."""
