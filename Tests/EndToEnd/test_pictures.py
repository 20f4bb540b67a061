"""What a worker sees in real photographs: who is on them, and where something is."""

import time

import pytest
from PIL import Image

from scenario import Box, Supervisor, crop

# The astronaut's face in the photograph.
FACE = Box(168, 50, 120, 150)

LOOKS = """
subscription($id: ID!, $after: ID) {
  taskEvents(taskId: $id, after: $after) {
    __typename eventId ... on PictureAnalysisChanged { kind status analysis { id } }
  }
}
"""
SEEN = """
query($id: ID!) {
  node(id: $id) { ... on PictureAnalysis {
    status errorCode modelName
    characters { confidence character { id } picture { id } area { x y width height } }
    objects { label confidence area { x y width height } similarItems(first: 1) { similarity item { id } } }
  } }
}
"""


@pytest.fixture(scope="module")
def person(supervisor) -> Supervisor:
    return Supervisor(supervisor)


@pytest.fixture(scope="module")
def project(person) -> str:
    return person.project("星詠みの人々")


def look(person: Supervisor, task: str, mutation: str, subtask: str) -> dict:
    """Has a picture looked at, waits for the end, and gives the look as a query tells it."""
    id = person.api.mutate(mutation, "analysis { id }", {"subtaskId": subtask})["analysis"]["id"]
    statuses = []
    with person.api.socket() as socket:
        for event in socket.subscribe(LOOKS, {"id": task, "after": "0"}):
            event = event["taskEvents"]
            if event["__typename"] == "PictureAnalysisChanged" and event["analysis"]["id"] == id:
                statuses.append(event["status"])
                if event["status"] in ("COMPLETED", "FAILED", "CANCELLED"):
                    break
    assert statuses == ["PENDING", "PROCESSING", "COMPLETED"]
    return person.api.execute(SEEN, {"id": id})["node"]


def test_the_person_on_a_photograph_is_recognised_and_people_have_the_last_word(
        person, project, photographs, tmp_path):
    task = person.task(project, "名簿")
    subtask = person.subtask(project, task, "宇宙飛行士", photographs["astronaut"])
    refused = person.api.payload("predictCharacters", "analysis { id }", {"subtaskId": subtask})
    assert refused["analysis"] is None
    assert [error["code"] for error in refused["userErrors"]] == ["NO_CHARACTER_PICTURES"]
    ids = {}
    with Image.open(crop(photographs["astronaut"], FACE, tmp_path)) as face:
        # Another size and format: no pixel is the same.
        face.convert("RGB").resize((84, 105)).save(tmp_path / "face.jpg", quality=80)
    for name, path in [("船長", tmp_path / "face.jpg"), ("猫", photographs["chelsea"])]:
        picture = person.api.upload(project, path)["id"]
        ids[name] = person.api.mutate(
            "createCharacter", "character { id }",
            {"projectId": project, "name": name, "pictureId": picture})["character"]["id"]
    seen = look(person, task, "predictCharacters", subtask)
    [character] = seen["characters"]
    assert character["character"]["id"] == ids["船長"] and 0.8 < character["confidence"] < 1
    with Image.open(photographs["astronaut"]) as photograph:
        area = {name: value * (photograph.width if name in ("x", "width") else photograph.height)
                for name, value in character["area"].items()}
    assert Box(*(round(area[name]) for name in ("x", "y", "width", "height"))).overlap(FACE) > 0.7
    who = "query($id: ID!) { subtask(id: $id) { characters { id } characterPrediction { status } } }"
    assert person.api.execute(who, {"id": subtask})["subtask"]["characters"] == [{"id": ids["船長"]}]
    for chosen, effective in ([ids["猫"]], ids["猫"]), ([], ids["船長"]):
        person.api.mutate("setSubtaskCharacters", "subtask { id }", {"subtaskId": subtask, "characterIds": chosen})
        assert person.api.execute(who, {"id": subtask})["subtask"]["characters"] == [{"id": effective}]


def test_things_on_a_picture_are_found_and_lead_to_similar_reference_pictures(person, project, tmp_path):
    board = Image.new("RGB", (800, 600), (240, 236, 225))
    places = {"red": Box(80, 100, 260, 200), "blue": Box(520, 340, 160, 180)}
    items = {}
    for color, box in places.items():
        thing = Image.new("RGB", (box.width, box.height), {"red": (205, 25, 40), "blue": (30, 60, 200)}[color])
        board.paste(thing, (box.x, box.y))
        thing.save(tmp_path / f"{color}.png")
        asset = person.api.upload(project, tmp_path / f"{color}.png")["id"]
        items[color] = person.api.mutate(
            "createItem", "item { id }", {"projectId": project, "assetId": asset})["item"]["id"]
    board.save(tmp_path / "board.png")
    task = person.task(project, "小物")
    subtask = person.subtask(project, task, "机の上", tmp_path / "board.png")
    found = look(person, task, "detectObjects", subtask)["objects"]
    # The items are measured by jobs of their own.
    deadline = time.monotonic() + 30
    while any(not each["similarItems"] for each in found) and time.monotonic() < deadline:
        time.sleep(0.2)
        found = look(person, task, "detectObjects", subtask)["objects"]
    assert [each["label"] for each in found] == ["赤の領域", "青の領域"]
    for (color, box), each in zip(places.items(), found):
        area = each["area"]
        place = Box(round(area["x"] * 800), round(area["y"] * 600), round(area["width"] * 800), round(area["height"] * 600))
        assert place.overlap(box) > 0.9 and 0 < each["confidence"] <= 1
        [similar] = each["similarItems"]
        assert similar["item"]["id"] == items[color] and similar["similarity"] > 0.9
