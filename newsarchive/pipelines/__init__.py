"""Item pipelines: one a field, then what the archive knows, then the archive. They take itemadapter's four kinds."""
