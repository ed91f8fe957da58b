"""Benchmarks: each prints what docs/benchmarks.md keeps; none contacts a real site."""
