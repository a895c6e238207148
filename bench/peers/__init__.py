"""Other search libraries beside ours: same documents, same weights, one process, in turns."""
