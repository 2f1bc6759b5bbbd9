"""An account's past posts out of the files people have. Each format is a pure reader: text in, posts and skips out."""
