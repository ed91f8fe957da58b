"""Middlewares: the guard that keeps a crawl polite and safe, and the recorders that keep it honest."""
