"""Fixtures: one server for the whole run, servers of a test's own, people, and real photographs."""

import pathlib

import pytest
import skimage.data

from api import Api
from harness import AimageServer

DEMO_DOMAIN = "demo.example"


@pytest.fixture(scope="session")
def server():
    """A server with the demo data that all tests share; a test that kills or fills it makes its own."""
    instance = AimageServer("--seed-demo")
    try:
        yield instance.start()
    finally:
        instance.remove()


@pytest.fixture
def new_server():
    """A function that makes servers (not started) which this test may kill; all of them end with the test."""
    instances: list[AimageServer] = []

    def make(*flags: str, **options) -> AimageServer:
        instances.append(AimageServer("--seed-demo", *flags, **options))
        return instances[-1]

    try:
        yield make
    finally:
        for instance in instances:
            instance.remove()


@pytest.fixture(scope="session")
def sign_in(server):
    """A function from a demo user's short name (`supervisor`) to the API as that person sees it."""
    known: dict[str, Api] = {}

    def api(name: str) -> Api:
        if name not in known:
            known[name] = Api(server, server.token(f"{name}@{DEMO_DOMAIN}"))
        return known[name]

    return api


@pytest.fixture(scope="session")
def supervisor(sign_in) -> Api:
    return sign_in("supervisor")


@pytest.fixture(scope="session")
def stranger(sign_in) -> Api:
    return sign_in("stranger")


@pytest.fixture(scope="session")
def photographs() -> dict[str, pathlib.Path]:
    """Real photographs by name, from the pictures that come inside scikit-image."""
    folder = pathlib.Path(skimage.data.__file__).parent
    names = ("astronaut.png", "chelsea.png", "coffee.png", "rocket.jpg", "hubble_deep_field.jpg", "motorcycle_left.png")
    return {name.split(".")[0]: folder / name for name in names}


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """A failed test shows the end of the log of each server it used."""
    report = yield
    if report.failed:
        for name in ("server", "new_server"):
            instance = item.funcargs.get(name)
            if isinstance(instance, AimageServer):
                report.sections.append((f"log of {name}", instance.log_tail()))
    return report
