"""The catalogue: directories.csv to Directory values, checks, the overlay."""
