"""Why a page could not be read. Every class is a network failure (exit 7)."""

from __future__ import annotations

from urllib.parse import urlsplit

from cnil_requests.errors import NetworkError

_SHOWN = 100


class PageError(NetworkError):
    """A page could not be read; ``url`` is the address that was asked for."""

    def __init__(self, url: str, what: str, *, remedy: str = "") -> None:
        """Say what went wrong with which address."""
        super().__init__(f"{shown(url)} : {what}", remedy=remedy)
        self.url = url
        self.what = what


class UnreachableError(PageError):
    """No such name, no answer, or a connection that breaks."""

    def __init__(self, url: str, reason: str) -> None:
        """Give the reason and what to check."""
        super().__init__(
            url,
            f"le site ne répond pas ({reason}).",
            remedy="Vérifiez l'adresse et votre connexion à internet, puis réessayez.",
        )


class TooSlowError(PageError):
    """The site did not answer, or not entirely, in the time allowed."""

    def __init__(self, url: str, seconds: float) -> None:
        """Give the time allowed."""
        super().__init__(
            url,
            f"page non reçue en {seconds:g} secondes.",
            remedy="Réessayez plus tard, ou enregistrez la page depuis votre "
            "navigateur.",
        )


class TooLargeError(PageError):
    """More bytes than a page ever has, as sent or once unpacked."""

    def __init__(self, url: str, limit: int) -> None:
        """Give the limit."""
        super().__init__(
            url,
            f"page de plus de {limit / 1_000_000:g} millions d'octets, non lue.",
            remedy="Ouvrez-la dans votre navigateur.",
        )


class RedirectError(PageError):
    """Redirections that turn in a circle, are too many, or lead nowhere."""

    def __init__(self, url: str, why: str) -> None:
        """Say why they were not followed further."""
        super().__init__(
            url,
            f"redirection non suivie ({why}).",
            remedy="Ouvrez la page dans votre navigateur.",
        )


class UnsupportedAddressError(PageError):
    """An address that is not a plain http or https one."""

    def __init__(self, url: str) -> None:
        """Say what is accepted."""
        super().__init__(
            url, "seules les adresses http:// et https:// complètes sont lues."
        )


class PrivateAddressError(PageError):
    """A name or number that leads into this computer or a private network."""

    def __init__(self, url: str) -> None:
        """Name the address."""
        super().__init__(
            url,
            "cette adresse mène à votre ordinateur ou à un réseau privé, non lue.",
        )


class RobotsError(PageError):
    """The site's robots.txt asks programs not to read this page."""

    def __init__(self, url: str) -> None:
        """Point to the browser."""
        super().__init__(
            url,
            "le site demande aux programmes de ne pas lire cette page (robots.txt).",
            remedy="Ouvrez-la dans votre navigateur.",
        )


class UntrustedError(PageError):
    """The certificate does not prove that this is the site."""

    def __init__(self, url: str, reason: str) -> None:
        """Give OpenSSL's reason; never offer to go on without proof."""
        super().__init__(
            url,
            f"le certificat du site n'est pas valable ({reason}) : rien n'est lu.",
            remedy="Si votre réseau passe par un serveur mandataire qui inspecte les "
            "pages, donnez son certificat dans la variable SSL_CERT_FILE.",
        )


class UnreadableError(PageError):
    """An answer that breaks the rules of HTTP or of its own compression."""

    def __init__(self, url: str, reason: str) -> None:
        """Give the reason."""
        super().__init__(
            url,
            f"réponse illisible ({reason}).",
            remedy="Ouvrez la page dans votre navigateur.",
        )


def shown(url: str) -> str:
    """Return an address fit for a message: short, printable, no password."""
    try:
        parts = urlsplit(url)
        host = parts.netloc.rpartition("@")[2]
        plain = parts._replace(netloc=host).geturl()
    except ValueError:
        plain = url
    clean = "".join(char if char.isprintable() else "?" for char in plain)
    return clean if len(clean) <= _SHOWN else f"{clean[: _SHOWN - 1]}…"
