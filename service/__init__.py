"""Question to answer: answering, the HTTP API, the web page, the command line."""
