"""The HTTP edge: strict models in, problems out, one file per resource."""
