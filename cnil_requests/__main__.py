"""Run ``python -m cnil_requests``."""

from cnil_requests.cli import cli

if __name__ == "__main__":
    cli(prog_name="cnilreq")
