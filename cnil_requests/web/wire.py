"""A socket whose every wait is bounded, in the form that http.client wants."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import socket

    from cnil_requests.web.clock import Clock


class _Reader(io.RawIOBase):
    """Read a socket, each time for no longer than is left; own it."""

    def __init__(self, sock: socket.socket, clock: Clock) -> None:
        self._socket = sock
        self._clock = clock

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:  # noqa: ANN401 - a writable buffer
        self._socket.settimeout(self._clock.wait(self._clock.limits.read))
        return self._socket.recv_into(buffer)

    def close(self) -> None:
        if not self.closed:
            self._socket.close()
        super().close()


class Wire:
    """What ``http.client`` needs of a socket.

    It closes the line before it reads the body: once there is a reader, only the
    reader's closing counts.
    """

    def __init__(self, sock: socket.socket, clock: Clock) -> None:
        self._socket = sock
        self._clock = clock
        self._has_reader = False

    def makefile(self, *_: object, **__: object) -> io.BufferedReader:
        """Return the reader that owns the line from now on."""
        self._has_reader = True
        return io.BufferedReader(_Reader(self._socket, self._clock))

    def sendall(self, data: bytes) -> None:
        """Send everything within the time left."""
        self._socket.settimeout(self._clock.wait(self._clock.limits.read))
        self._socket.sendall(data)

    def close(self) -> None:
        """Close the line unless a reader owns it."""
        if not self._has_reader:
            self._socket.close()
