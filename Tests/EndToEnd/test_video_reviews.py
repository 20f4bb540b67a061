"""Reviews of videos, scene by scene: to the end, with an error in one scene, and with a kill -9 between two of them."""

import collections
import pathlib

import pytest

import people
from harness import AimageServer, wait_until
from scenario import FINDING, OUTCOME_ENDS, REVIEW_EVENTS, Box, Supervisor, crop, nodes
from videos import NoticeReader, colored_film, frame_file, scenes, video

NOTICE = "© AIMAGE 2024"
WATCH = REVIEW_EVENTS.replace("... on ReviewFindingStored", """
    ... on ReviewSceneChecked {
      sceneStatus: status scenesFinished scenesTotal scene { id number } outcome { id rpdVersion { rpd { kind } } }
    }
    ... on ReviewFindingStored""") + FINDING
VIDEO_REVIEW = """
query($id: ID!) { review(id: $id) {
  id status
  outcomes(first: 100) { edges { node { id status errorCode errorMessage rpdVersion { id title rpd { kind } } } } }
  findings(first: 100) { edges { node {
    ...F startSeconds endSeconds scene { id number startSeconds endSeconds } rpdVersion { rpd { kind } }
  } } }
} }
""" + FINDING


@pytest.fixture
def reader(tmp_path) -> NoticeReader:
    return NoticeReader(tmp_path / "programs", {"red": NOTICE, "lime": NOTICE, "yellow": NOTICE})


@pytest.fixture
def server(new_server, reader) -> AimageServer:
    """A server of the test's own, whose model reads notices by the test's reader."""
    instance = new_server("--jobs", "2", environment={"PATH": reader.search_path}).start()
    people.settle(instance)
    return instance


@pytest.fixture
def person(server) -> Supervisor:
    return Supervisor(people.SignIn(server)("supervisor"))


def notice_check(person: Supervisor, project: str) -> str:
    return person.rpd(project, "COPYRIGHT_REVIEW", "権利表記", instruction=f"「{NOTICE}」を入れる。")


def watch(person: Supervisor, review: str, after: str | None = None) -> list[dict]:
    """The events of a review until its last, which is waited for."""
    return [event["reviewProgress"] for event in person.api.events(WATCH, {"reviewId": review, "after": after}, 120)]


def result(person: Supervisor, review: str) -> dict:
    return person.api.execute(VIDEO_REVIEW, {"id": review})["review"]


def spans(review: dict, kind: str) -> list[tuple]:
    """The findings of a review point of a kind, in the order of their time."""
    found = [each for each in nodes(review["findings"]) if each["rpdVersion"]["rpd"]["kind"] == kind]
    return sorted((each["startSeconds"], each["endSeconds"], each["scene"]["number"], each["severity"]) for each in found)


def test_a_video_is_reviewed_scene_by_scene(server, person, reader, photographs, tmp_path):
    project = person.project("映像の監修")
    part = crop(photographs["astronaut"], Box(131, 344, 84, 82), tmp_path)
    rpds = [
        notice_check(person, project), person.rpd(project, "DESIGN_REVIEW", "仕上げ"),
        person.rpd(project, "VISUAL_REVIEW", "記章", [part]), person.rpd(project, "TEXT_REVIEW", "呼称"),
    ]
    subtask = video(person.api, project, person.task(project, "第1話"), colored_film(tmp_path / "film.mp4", "red", "blue"))
    found = nodes(scenes(person.api, subtask)["scenes"])
    assert [each["number"] for each in found] == [1, 2]
    duration = found[-1]["endSeconds"]
    review = person.start_review(subtask, rpds)
    events = watch(person, review)

    ids = [int(event["eventId"]) for event in events]
    assert ids == sorted(set(ids))
    statuses = [event["reviewStatus"] for event in events if "reviewStatus" in event]
    assert statuses == ["PENDING", "PROCESSING", "COMPLETED"] and events[-1]["reviewStatus"] == "COMPLETED"
    # Each review point looks at both scenes before it ends, and ends once.
    progress = collections.defaultdict(list)
    for event in events:
        if event["__typename"] == "ReviewSceneChecked":
            progress[event["outcome"]["id"]].append(event)
        elif event.get("outcomeStatus") in OUTCOME_ENDS:
            progress[event["outcome"]["id"]].append(event["outcomeStatus"])
    assert len(progress) == len(rpds)
    for *looks, end in progress.values():
        assert [(look["scenesFinished"], look["scenesTotal"]) for look in looks] == [(1, 2), (2, 2)]
        assert sorted(look["scene"]["number"] for look in looks) == [1, 2]
        assert end in OUTCOME_ENDS

    answer = result(person, review)
    assert answer["status"] == "COMPLETED"
    outcomes = {each["rpdVersion"]["rpd"]["kind"]: each["status"] for each in nodes(answer["outcomes"])}
    assert len(nodes(answer["outcomes"])) == len(rpds)
    assert outcomes == {
        "COPYRIGHT_REVIEW": "OK", "DESIGN_REVIEW": "OK", "VISUAL_REVIEW": "OK", "TEXT_REVIEW": "SKIPPED_IRRELEVANT"}
    told = sorted(event["finding"]["id"] for event in events if "finding" in event)
    assert told == sorted(each["id"] for each in nodes(answer["findings"]))
    for finding in nodes(answer["findings"]):
        scene = finding["scene"]
        assert 0 <= finding["startSeconds"] < finding["endSeconds"] <= duration
        assert finding["startSeconds"] == scene["startSeconds"] and finding["endSeconds"] >= scene["endSeconds"]
    # The notice is read in the red scene and not in the blue one; what is alike in both is said once.
    assert spans(answer, "COPYRIGHT_REVIEW") == [(0, 2, 1, "SAFE"), (2, duration, 2, "ALERT")]
    assert spans(answer, "DESIGN_REVIEW") == [(0, duration, 1, "ALERT")]
    assert spans(answer, "TEXT_REVIEW") == []
    # At the place where notices are it is found at once; where there is none, three places are looked at.
    assert reader.asked() == {"red": 1, "blue": 3}


def test_a_model_that_fails_in_one_scene_makes_the_outcome_an_error_and_nothing_safe(server, person, reader, tmp_path):
    project = person.project("壊れた場面")
    rpds = [
        notice_check(person, project), person.rpd(project, "DESIGN_REVIEW", "仕上げ"),
        person.rpd(project, "TEXT_REVIEW", "呼称"),
    ]
    subtask = video(person.api, project, person.task(project, "第1話"), colored_film(tmp_path / "film.mp4", "red", "lime"))
    assert len(nodes(scenes(person.api, subtask)["scenes"])) == 2
    frame_file(server, scene=2).write_bytes(b"The disk has lost it.")
    review = person.start_review(subtask, rpds)
    events = watch(person, review)
    looks = [event for event in events if event["__typename"] == "ReviewSceneChecked"]
    assert len(looks) == 6
    failed = {(look["outcome"]["rpdVersion"]["rpd"]["kind"], look["scene"]["number"])
              for look in looks if look["sceneStatus"] == "ERROR"}
    assert failed == {("COPYRIGHT_REVIEW", 2), ("DESIGN_REVIEW", 2)}
    answer = result(person, review)
    assert answer["status"] == "COMPLETED"
    outcomes = {each["rpdVersion"]["rpd"]["kind"]: each for each in nodes(answer["outcomes"])}
    assert {kind: (each["status"], each["errorCode"]) for kind, each in outcomes.items()} == {
        "COPYRIGHT_REVIEW": ("ERROR", "pictureUnreadable"), "DESIGN_REVIEW": ("ERROR", "pictureUnreadable"),
        "TEXT_REVIEW": ("SKIPPED_IRRELEVANT", None)}
    assert outcomes["COPYRIGHT_REVIEW"]["errorMessage"].startswith("2: ")
    # The notice was read in the first scene, but nobody can say that all is well.
    assert reader.asked() == {"red": 1}
    assert spans(answer, "COPYRIGHT_REVIEW") == []
    assert spans(answer, "DESIGN_REVIEW") == [(0, 2, 1, "ALERT")]


def test_a_review_killed_between_scenes_asks_again_for_none_that_was_finished(server, person, reader, tmp_path):
    project = person.project("停電の映像")
    rpd = notice_check(person, project)
    path = colored_film(tmp_path / "film.mp4", "red", "blue", "lime", "yellow")
    subtask = video(person.api, project, person.task(project, "第1話"), path)
    found = nodes(scenes(person.api, subtask)["scenes"])
    assert len(found) == 4
    reader.hold("yellow")
    review = person.start_review(subtask, [rpd])
    events = []
    with person.api.socket() as socket:
        for data in socket.subscribe(WATCH, {"reviewId": review}):
            events.append(data["reviewProgress"])
            if events[-1].get("scenesFinished") == 3:
                break
    wait_until(lambda: reader.asked()["yellow"] == 1, 15, "the look at the last scene")
    server.kill()
    finished = {"red": 1, "blue": 3, "lime": 1}
    assert reader.asked() == finished | {"yellow": 1}
    assert server.rows("select count(*) from review_scene_results") == [(3,)]
    reader.release("yellow")
    server.start()
    events += watch(person, review, after=events[-1]["eventId"])

    assert reader.asked() == finished | {"yellow": 2}
    assert watch(person, review) == events, "who was there all the time saw something else"
    looks = [event["scene"]["number"] for event in events if event["__typename"] == "ReviewSceneChecked"]
    assert sorted(looks) == [1, 2, 3, 4]
    assert sum(event.get("outcomeStatus") in OUTCOME_ENDS for event in events) == 1
    answer = result(person, review)
    assert answer["status"] == "COMPLETED"
    assert [each["status"] for each in nodes(answer["outcomes"])] == ["OK"]
    ends = [each["endSeconds"] for each in found]
    assert spans(answer, "COPYRIGHT_REVIEW") == [
        (0, ends[0], 1, "SAFE"), (ends[0], ends[1], 2, "ALERT"), (ends[1], ends[3], 3, "SAFE")]
