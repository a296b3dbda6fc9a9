"""Source: a file or folder of texts becomes documents, cleaned, with their alignment."""
