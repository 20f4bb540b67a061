"""What the benchmarks of the server share: a server of their own, people, the load client."""

import json
import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "Tests/EndToEnd"))
os.environ.setdefault("AIMAGE_BINARY", str(ROOT / ".build/release/aimage"))

import people  # noqa: E402
import skimage.data  # noqa: E402
from harness import AimageServer  # noqa: E402
from scenario import Supervisor  # noqa: E402, F401

LOAD = ROOT / "Benchmarks/.build/load"


def build_load() -> pathlib.Path:
    """Compiles the load client."""
    LOAD.parent.mkdir(exist_ok=True)
    subprocess.run(
        ["cc", "-O2", "-Wall", "-Wextra", "-o", str(LOAD), str(ROOT / "Benchmarks/Serving/load.c")], check=True)
    return LOAD


def start(*flags: str) -> AimageServer:
    server = AimageServer(*flags)
    try:
        server.start()
        people.settle(server)
    except BaseException:
        server.remove()
        raise
    return server


def picture() -> pathlib.Path:
    """A real photograph."""
    return pathlib.Path(skimage.data.__file__).parent / "chelsea.png"


def supervisor(server: AimageServer):
    return people.SignIn(server)("supervisor")


def run_http(server: AimageServer, connections: int, seconds: float, query: str, token: str) -> dict:
    result = subprocess.run(
        [str(build_load()), "http", str(server.port), str(connections), str(seconds), json.dumps({"query": query}),
         f"Authorization: Bearer {token}"], check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(result.stdout)
