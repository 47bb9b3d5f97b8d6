"""The version of the rules that derive states, next steps and reminders.

A ledger that older rules derived is derived again when it is opened. Raise it with
every change of ``agenda``, ``advice``, ``clock``, ``history`` or ``standing``.
"""

RULES = "8"

#: Stands in the command of a reminder for the day it is shown.
TODAY = "AUJOURDHUI"
