"""The outside world: time, disk, secrets. No models, no HTTP."""
