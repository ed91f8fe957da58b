"""Canonical URLs: one name for one article, whatever road led to it."""

from __future__ import annotations
