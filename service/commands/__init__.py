"""The commands of `saferplans`, one module each: read the options, call, print."""
