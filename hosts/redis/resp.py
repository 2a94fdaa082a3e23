"""As much of the Redis protocol, over TLS, as a question to a Sentinel or an instance needs."""

import socket


class Fault(Exception):
    """The server answered with an error."""


class Connection:
    """One connection; `context` is None only in tests."""

    def __init__(self, address, port, context, seconds):
        plain = socket.create_connection((address, port), seconds)
        self.socket = plain if context is None else context.wrap_socket(plain, server_hostname=address)
        self.stream = self.socket.makefile("rb")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stream.close()
        self.socket.close()

    def command(self, *words):
        parts = [f"*{len(words)}\r\n".encode()]
        for word in words:
            raw = word.encode()
            parts += [f"${len(raw)}\r\n".encode(), raw, b"\r\n"]
        self.socket.sendall(b"".join(parts))
        return self.answer()

    def answer(self):
        line = self.stream.readline()
        if not line.endswith(b"\r\n"):
            raise OSError("connection closed within an answer")
        kind, rest = line[:1], line[1:-2].decode()
        if kind == b"-":
            raise Fault(rest)
        if kind == b"+":
            return rest
        if kind == b":":
            return int(rest)
        if kind == b"$":
            return None if rest == "-1" else self.stream.read(int(rest) + 2)[:-2].decode()
        if kind == b"*":
            return None if rest == "-1" else [self.answer() for _ in range(int(rest))]
        raise OSError(f"unknown kind of answer {kind!r}")
