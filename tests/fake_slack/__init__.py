"""A small Slack on this machine: the Web API, events, and a page that shows the conversation.

It checks what it is sent as Slack documents it, and answers errors as Slack does. `rules` holds the
limits, `workspace` what is there, `api` the Web API, `delivery` how events reach a bot, `page` what
people see. Written from docs.slack.dev, without any code of the bot, so that both must agree.
"""
