"""Lists of thousands: CSV and .xlsx files read as checked lines, and written.

A list is read twice, first to check every line, then to act on them; neither time
are its lines held together as values, so that ten thousand weigh hardly more than
a hundred. ``commands`` joins what is read here with the catalogue and the store.
"""
