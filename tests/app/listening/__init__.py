"""The server itself, asked over real sockets."""
