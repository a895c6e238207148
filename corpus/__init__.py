"""What a plan is: the domain models, ids, words, the catalogue, and the documents that ship."""
