"""How a search is read: the grammar, other spellings, other words, and what is lit."""
