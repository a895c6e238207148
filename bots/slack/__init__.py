"""The Slack bot: a question in Slack is answered there from every plan held, with its sources."""
