"""Full-text search: one normalised text for every database, an index beside the articles, ranked hits with snippets."""
