"""`python -m automation.sandbox [--host HOST] [--port PORT]` serves the practice employers until it is stopped."""

import argparse
import socket

import uvicorn

from automation.sandbox.app import create_app


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m automation.sandbox", description="Serve the practice employers.")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8900, help="0 takes a free one")
    options = parser.parse_args()
    listener = socket.create_server((options.host, options.port))
    host, port = listener.getsockname()[:2]
    print(f"practice employers at http://{host}:{port}", flush=True)
    uvicorn.Server(uvicorn.Config(create_app(), log_level="warning")).run(sockets=[listener])


if __name__ == "__main__":
    main()
