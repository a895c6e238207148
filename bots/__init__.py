"""Answers to chat: speaks to the service over HTTP and knows only its wire schemas."""
