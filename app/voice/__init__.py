"""Voice: how an account writes, learnt post by post, and which of an author's accounts a draft sounds like.

Authorship verification with the past posts as the only witness: a log-likelihood ratio against how posts are written in
general (Juola, "Authorship Attribution", 2006; the background in the denominator as in Ishihara, "Strength of forensic
text comparison evidence from stylometric features", 2017), over hashed features in eight groups, each weighed.
"""

GROUPS = ("chars", "words", "pairs", "skeleton", "marks", "habits", "places", "clock")
"""kinds of features: character n-grams; words; word pairs; function words and the shapes of the others; hashtags,
mentions, emoji and sites; length, punctuation and the like; openings and closings; hours"""
