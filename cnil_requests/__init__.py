"""Draft, track and escalate data-rights requests to French directory sites."""

__version__ = "0.1.0"
