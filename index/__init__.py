"""Passages to ranked passages: embeddings, FAISS, keywords, fusion, generations."""
