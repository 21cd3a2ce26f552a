"""What the requests were about."""
