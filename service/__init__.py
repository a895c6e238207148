"""Question to answer: answering, the HTTP API, the web page, the command line."""

import os

# pydantic looks through every package that is installed for plugins, when the first model is made:
# a twentieth of a short command. None is used here.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
