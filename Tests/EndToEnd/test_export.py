"""An exported presentation, read by programs that we did not write: python-pptx, LibreOffice, pypdf."""

import hashlib
import re

import pytest
import requests

import pptx_check
from scenario import Supervisor, nodes

EXPORT = """
query($id: ID!) {
  export(id: $id) {
    status format slidesTotal slidesDone tasks { id exports(first: 1) { edges { node { id } } } }
    createdBy { name } createdAt startedAt finishedAt errorCode
    asset { id state fileName mediaType byteCount sha256 url width height }
  }
}
"""
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"


@pytest.fixture(scope="module")
def exported(supervisor, reviewed, tmp_path_factory) -> dict:
    """Exports the reviewed task once; the tests look at what came of it."""
    person = Supervisor(supervisor)
    export = person.start_export(reviewed.task)
    events = person.export_events(export)
    answer = supervisor.execute(EXPORT, {"id": export})["export"]
    response = requests.get(answer["asset"]["url"], timeout=60)
    path = tmp_path_factory.mktemp("export") / "deck.pptx"
    path.write_bytes(response.content)
    return {"id": export, "events": events, "export": answer, "response": response, "path": path,
            "slides": pptx_check.read_slides(path)}


def test_the_progress_of_an_export_is_told_to_its_end(exported):
    events = exported["events"]
    statuses = [event["status"] for event in events]
    assert statuses[0] == "PENDING" and statuses[-1] == "COMPLETED"
    assert set(statuses[1:-1]) == {"PROCESSING"}
    done = [event["slidesDone"] for event in events]
    assert done == sorted(done)
    assert events[-1]["slidesDone"] == events[-1]["slidesTotal"] == len(exported["slides"])
    ids = [int(event["eventId"]) for event in events]
    assert ids == sorted(set(ids))


def test_a_client_that_comes_back_gets_the_rest_of_an_export_s_events(exported, supervisor):
    events, person = exported["events"], Supervisor(supervisor)
    for index in (0, len(events) // 2, len(events) - 1):
        assert person.export_events(exported["id"], events[index]["eventId"]) == events[index + 1:]


def test_the_file_is_stored_and_served_with_its_type_and_name(exported, reviewed):
    export, response = exported["export"], exported["response"]
    assert export["status"] == "COMPLETED" and export["errorCode"] is None
    assert export["createdBy"] == {"name": "朝倉 しおり"}
    assert nodes(export["tasks"][0]["exports"]) == [{"id": exported["id"]}]
    asset = export["asset"]
    assert asset["state"] == "READY" and asset["mediaType"] == PPTX and asset["width"] is None
    assert response.status_code == 200 and response.headers["Content-Type"] == PPTX
    assert len(response.content) == asset["byteCount"]
    assert hashlib.sha256(response.content).hexdigest() == asset["sha256"]
    assert asset["fileName"].startswith("第1話 キービジュアル") and asset["fileName"].endswith(".pptx")
    assert not re.search(r'[/\\<>:"|?*]', asset["fileName"])
    assert "filename*=UTF-8''%E7%AC%AC1%E8%A9%B1" in response.headers["Content-Disposition"]


def test_python_pptx_reads_the_whole_package(exported):
    pptx_check.check_package(exported["path"])


def test_the_first_slide_names_the_task_and_the_project(exported, reviewed):
    first = exported["slides"][0]
    assert first.title == "第1話 キービジュアル <正面> & 夕景"
    assert reviewed.name in first.text
    assert "放送告知の中心になる絵。" in first.text


def test_each_reviewed_picture_has_a_slide_with_its_pixels(exported, reviewed, photographs):
    slides = pptx_check.picture_slides(exported["slides"])
    assert [slide.title for slide in slides] == ["正面「A案」", "夕景 & 差分"]
    for slide, name in zip(slides, ("astronaut", "rocket"), strict=True):
        pptx_check.check_proportions(slide)
        assert slide.pictures[0].sha256 == hashlib.sha256(photographs[name].read_bytes()).hexdigest()


def test_each_finding_s_box_is_drawn_within_one_percent_of_its_place(exported, supervisor, reviewed):
    slides = pptx_check.picture_slides(exported["slides"])
    placed = 0
    for slide, subtask in zip(slides, reviewed.subtasks, strict=True):
        findings = latest_findings(supervisor, subtask)
        areas = sorted(box(each) for each in findings if each["area"])
        assert len(slide.markers) == len(areas)
        drawn = sorted((marker.relative_to(slide.pictures[0].frame), number) for number, marker in slide.markers.items())
        expected = {number: area for (_, number), area in zip(drawn, areas, strict=True)}
        pptx_check.check_markers(slide, expected)
        placed += len(areas)
    assert placed >= 1, "no finding had a place, so nothing was proven"


def test_each_finding_is_in_the_table(exported, supervisor, reviewed):
    rows = pptx_check.table_rows(exported["slides"])
    text = "".join("".join("".join(row).split()) for row in rows)
    findings = [each for subtask in reviewed.subtasks for each in latest_findings(supervisor, subtask)]
    assert len([row for row in rows if row[0].isdigit()]) == len(findings)
    for finding in findings:
        for words in (finding["description"], finding["suggestion"], finding["rpdVersion"]["title"]):
            assert not words or "".join(words.split()) in text, words


def test_libreoffice_makes_a_page_of_each_slide_with_the_japanese_text(exported, tmp_path):
    pdf = pptx_check.check_pages(exported["path"], tmp_path)
    pages = pptx_check.page_texts(pdf)
    assert "第1話キービジュアル" in pages[0] and "星詠みのソラ" in pages[0]
    assert "正面" in pages[1]


def test_an_export_with_the_same_request_key_is_made_once(supervisor, reviewed):
    input = {"taskIds": [reviewed.task], "requestKey": "0e7c2f5e-3d0b-4c55-8e36-a1f0a8a3a001"}
    exports = {supervisor.mutate("startExport", "export { id }", input)["export"]["id"] for _ in range(3)}
    assert len(exports) == 1
    assert Supervisor(supervisor).export_events(exports.pop())[-1]["status"] == "COMPLETED"


def latest_findings(supervisor, subtask: str) -> list[dict]:
    query = """query($id: ID!) { subtask(id: $id) { latestReview { findings(first: 100) { edges { node {
      description suggestion area { normalized { x y width height } } rpdVersion { title } } } } } } }"""
    return nodes(supervisor.execute(query, {"id": subtask})["subtask"]["latestReview"]["findings"])


def box(finding: dict) -> tuple[float, float, float, float]:
    area = finding["area"]["normalized"]
    return (area["x"], area["y"], area["width"], area["height"])
