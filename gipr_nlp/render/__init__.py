"""Report → text, JSON, tables, HTML: pure functions that write nothing."""
