"""Tries of review points and help with words, on a running server with its worker."""

from PIL import Image

from scenario import Supervisor, nodes
from videos import colored_film, ffmpeg, send

TABLE = {"ソラ": {"ソラ": "わたし", "レン": "レンくん"}, "レン": {"レン": "俺", "ソラ": "ソラ"}}
PROGRESS = "subscription($id: ID!) { rpdTestProgress(rpdTestId: $id) { status test { id hasPassed } } }"
TESTS = """query($id: ID!) { project(id: $id) {
  rpdTests(first: 10) { edges { node { title status outcome severity hasPassed findings { severity dialogue { detectedSpeaker } } } } }
  rpdTestSummary { total completed passed notPassed }
  reviews(first: 1) { totalCount } rpds(first: 1) { totalCount }
} }"""


def test_a_wording_is_tried_on_lines_and_pictures_before_anybody_saves_it(supervisor, tmp_path):
    project = Supervisor(supervisor).project("試し")
    path = tmp_path / "blue.png"
    Image.new("RGB", (320, 240), (20, 60, 230)).save(path)
    picture = supervisor.upload(project, path)["id"]
    lines = [("ソラ", "レンさん、待って", "RISK"), ("ソラ", "レンくん、待って", "RISK")]
    made = supervisor.mutate("testRpd", "tests { id }", {
        "projectId": project,
        "subject": {"draft": {"kind": "TEXT_REVIEW", "content": {"title": "呼称", "appellations": TABLE}}},
        "materials": [
            {"content": {"line": {"speaker": speaker, "text": text}}, "expectedSeverity": severity}
            for speaker, text, severity in lines]})["tests"]
    made += supervisor.mutate("testRpd", "tests { id }", {
        "projectId": project, "subject": {"draft": {"kind": "DESIGN_REVIEW", "content": {"title": "画質"}}},
        "materials": [{"content": {"assetId": picture}}]})["tests"]
    for test in made:
        events = [event["rpdTestProgress"] for event in supervisor.events(PROGRESS, {"id": test["id"]})]
        assert [event["status"] for event in events] == ["PENDING", "PROCESSING", "COMPLETED"]
    answer = supervisor.execute(TESTS, {"id": project})["project"]
    found = {(each["title"], each["hasPassed"]): each for each in nodes(answer["rpdTests"])}
    assert {each["outcome"] for each in found.values()} == {"OK"}
    assert found["呼称", True]["severity"] == "RISK" and found["呼称", False]["severity"] == "SAFE"
    assert found["呼称", True]["findings"] == [{"severity": "RISK", "dialogue": {"detectedSpeaker": "ソラ"}}]
    assert found["画質", None]["findings"]
    assert answer["rpdTestSummary"] == {"total": 3, "completed": 3, "passed": 1, "notPassed": 1}
    # It is no review, and no review point.
    assert answer["reviews"]["totalCount"] == answer["rpds"]["totalCount"] == 0
    for test in made:
        supervisor.mutate("deleteRpdTest", "deletedRpdTestId", {"rpdTestId": test["id"]})
    assert nodes(supervisor.execute(TESTS, {"id": project})["project"]["rpdTests"]) == []


def test_a_wording_is_tried_on_every_scene_of_a_video_and_on_no_recording(supervisor, tmp_path):
    project = Supervisor(supervisor).project("映像で試す")
    film = send(supervisor, project, colored_film(tmp_path / "film.mp4", "red", "blue"), "video/mp4")["id"]
    sound = send(supervisor, project, ffmpeg(tmp_path / "voice.mp3", "-f", "lavfi", "-i", "sine=d=3"), "audio/mpeg")["id"]
    subject = {"draft": {"kind": "DESIGN_REVIEW", "content": {"title": "画質"}}}

    def start(asset: str) -> dict:
        materials = [{"content": {"assetId": asset}, "expectedSeverity": "ALERT"}]
        return supervisor.payload(
            "testRpd", "tests { id }", {"projectId": project, "subject": subject, "materials": materials})

    refused = start(sound)
    assert refused["tests"] == []
    assert [(error["field"], error["code"]) for error in refused["userErrors"]] == [
        (["input", "materials", "0", "content", "assetId"], "ASSET_NOT_READY")]
    test, = start(film)["tests"]
    statuses = [event["rpdTestProgress"]["status"] for event in supervisor.events(PROGRESS, {"id": test["id"]})]
    assert statuses == ["PENDING", "PROCESSING", "COMPLETED"]
    made = supervisor.execute("""query($id: ID!) { node(id: $id) { ... on RpdTest {
      outcome severity hasPassed measurements asset { id }
      findings { severity startSeconds endSeconds scene { number startSeconds endSeconds asset { id } } }
    } } }""", {"id": test["id"]})["node"]
    assert (made["outcome"], made["severity"], made["hasPassed"]) == ("OK", "ALERT", True)
    assert [each["number"] for each in made["measurements"]["scenes"]] == [1, 2]
    scene = {"number": 1, "startSeconds": 0, "endSeconds": 2, "asset": {"id": film}}
    assert made["findings"] == [{"severity": "ALERT", "startSeconds": 0, "endSeconds": 4, "scene": scene}]


def test_help_with_words_says_how_it_was_made(supervisor, tmp_path):
    project = Supervisor(supervisor).project("言葉")
    path = tmp_path / "blue.png"
    Image.new("RGB", (320, 240), (20, 60, 230)).save(path)
    picture = supervisor.upload(project, path)["id"]
    described = supervisor.mutate(
        "describePicture", "description { width height colors { hex name share } confidence } method", {"assetId": picture})
    assert described["description"] == {
        "width": 320, "height": 240, "colors": [{"hex": "#143ce6", "name": "青", "share": 1}], "confidence": 0.5}
    assert "言語モデルは使っていません" in described["method"]
    content = supervisor.mutate(
        "suggestRpdContent", "suggestion { kind title instruction tags confidence }",
        {"projectId": project, "text": "武器の描写は禁止。"})["suggestion"]
    assert content["kind"] == "GENERAL_NG_REVIEW" and content["confidence"] < 0.7 and "1. 武器の描写は禁止。" in content["instruction"]
