"""Fixtures: servers that tests share, servers of a test's own, people, real photographs, a reviewed project."""

import dataclasses
import pathlib

import pytest
import skimage.data

import people
from api import Api
from harness import ROOT, AimageServer
from scenario import Box, Supervisor, crop

# Where the shuttle stands in the photograph of the astronaut.
SHUTTLE = Box(352, 60, 116, 216)


@pytest.fixture(scope="session")
def server():
    """A server that most tests share; a test that kills, stops or fills it makes its own."""
    instance = AimageServer("--graphiql", str(ROOT / ".tools/graphiql"))
    try:
        instance.start()
        people.settle(instance)
        yield instance
    finally:
        instance.remove()


@pytest.fixture(scope="session")
def demo_server():
    """A server with the demo data."""
    instance = AimageServer("--seed-demo", "--graphiql", str(ROOT / ".tools/graphiql"))
    try:
        yield instance.start()
    finally:
        instance.remove()


def servers():
    """Gives a function that makes servers (not started), and removes all of them in the end."""
    instances: list[AimageServer] = []

    def make(*flags: str, **options) -> AimageServer:
        instances.append(AimageServer(*flags, **options))
        return instances[-1]

    try:
        yield make
    finally:
        for instance in instances:
            instance.remove()


@pytest.fixture
def new_server():
    """A function that makes servers (not started) which this test may kill; all of them end with the test."""
    yield from servers()


@pytest.fixture(scope="module")
def new_module_server():
    """A function that makes servers (not started) which the tests of one file share."""
    yield from servers()


@pytest.fixture(scope="session")
def sign_in(server) -> people.SignIn:
    """A function from a person's short name (`supervisor`) to the API as that person sees it."""
    return people.SignIn(server)


@pytest.fixture(scope="session")
def supervisor(sign_in) -> Api:
    return sign_in("supervisor")


@pytest.fixture(scope="session")
def stranger(sign_in) -> Api:
    return sign_in("stranger")


@pytest.fixture(scope="session")
def nobody(server) -> Api:
    """The API without a token."""
    return Api(server)


@pytest.fixture(scope="session")
def photographs() -> dict[str, pathlib.Path]:
    """Real photographs by name, from the pictures that come inside scikit-image."""
    folder = pathlib.Path(skimage.data.__file__).parent
    names = ("astronaut.png", "chelsea.png", "coffee.png", "rocket.jpg", "hubble_deep_field.jpg",
             "motorcycle_left.png", "retina.jpg")
    return {name.split(".")[0]: folder / name for name in names}


@pytest.fixture(scope="session")
def shuttle(photographs, tmp_path_factory) -> pathlib.Path:
    """The shuttle, cut out of the photograph of the astronaut."""
    return crop(photographs["astronaut"], SHUTTLE, tmp_path_factory.mktemp("parts"))


@dataclasses.dataclass(frozen=True)
class Reviewed:
    """A project of the rights holder in which everything of the slice has happened once."""

    name: str
    project: str
    rpds: list[str]
    task: str
    subtasks: list[str]
    reviews: list[dict]


@pytest.fixture(scope="session")
def reviewed(server, supervisor, photographs, shuttle) -> Reviewed:
    """Two reviewed pictures; the partner and the studio take part, the stranger does not."""
    person = Supervisor(supervisor)
    name = "星詠みのソラ <第1期> & 特装版"
    project = person.project(name)
    people.let_cooperate(server, name)
    rpds = [
        person.rpd(project, "VISUAL_REVIEW", "背景のシャトル「エンタープライズ」", [shuttle]),
        person.rpd(project, "SETTINGS_REVIEW", "宇宙服の着用場面"),
        person.rpd(project, "COPYRIGHT_REVIEW", "権利表記 © AIMAGE", instruction="「© AIMAGE 2024」を入れる。"),
    ]
    task = person.task(project, "第1話 キービジュアル <正面> & 夕景", description="放送告知の中心になる絵。")
    subtasks = [
        person.subtask(project, task, "正面「A案」", photographs["astronaut"]),
        person.subtask(project, task, "夕景 & 差分", photographs["rocket"]),
    ]
    reviews = [person.run_review(subtask, rpds) for subtask in subtasks]
    return Reviewed(name, project, rpds, task, subtasks, reviews)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """A failed test shows the end of the log of each server it used."""
    report = yield
    if report.failed:
        for name in ("server", "demo_server"):
            instance = item.funcargs.get(name)
            if isinstance(instance, AimageServer):
                report.sections.append((f"log of {name}", instance.log_tail()))
    return report
