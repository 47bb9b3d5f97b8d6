"""What ``make bench`` runs: ratios between two ways, measured in the same minute."""
