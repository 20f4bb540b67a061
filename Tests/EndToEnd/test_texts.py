"""Texts as materials: uploaded, reviewed line by line against a table of appellations."""

import pathlib

from scenario import Supervisor, nodes

TABLE = {
    "ソラ": {"ソラ": "わたし", "レン": "レンくん"},
    "レン": {"レン": "俺", "ソラ": "ソラ"},
}
SCRIPT = "第一話\nソラ「レンくん、おはよう」\nレン「ソラさん、俺だ」\nソラ「お兄ちゃん！」\n通行人「やあ」\n"


def test_a_script_is_checked_line_by_line_and_stays_as_it_is(supervisor):
    person = Supervisor(supervisor)
    project = person.project("台本の監修")
    content = SCRIPT.encode()
    created = supervisor.create_upload(
        project, pathlib.Path("第1話.txt"), mediaType="text/plain", byteCount=len(content), fileName="第1話.txt")
    asset = created["ticket"]["asset"]["id"]
    assert supervisor.put(created["ticket"], content).status_code in (200, 201, 204)
    assert supervisor.complete_upload(asset)["userErrors"] == []
    task = person.task(project, "第1話")
    subtask = supervisor.mutate(
        "createSubtask", "subtask { id kind }", {"taskId": task, "name": "台本", "assetId": asset})["subtask"]
    assert subtask["kind"] == "TEXT"
    rules = [{"speaker": "ソラ", "target": "レン", "alias": "お兄ちゃん", "conditions": ["第3話だけ"]}]
    rpd = supervisor.mutate(
        "createRpd", "rpd { id activeVersion { appellations appellationWarnings specialRules { alias conditions } } }",
        {"projectId": project, "kind": "TEXT_REVIEW",
         "content": {"title": "呼称", "appellations": TABLE, "specialRules": rules}})["rpd"]
    assert rpd["activeVersion"] == {
        "appellations": TABLE, "appellationWarnings": [],
        "specialRules": [{"alias": "お兄ちゃん", "conditions": ["第3話だけ"]}]}
    review = person.start_review(subtask["id"], [rpd["id"]])
    assert person.review_events(review)[-1]["reviewStatus"] == "COMPLETED"
    query = """query($id: ID!) { review(id: $id) {
      findings(first: 10) { edges { node { lineNumber severity tag area { x } } } }
    } subtask: node(id: "%s") { ... on Subtask { content { asset { url } } } } }""" % subtask["id"]
    answer = supervisor.execute(query, {"id": review})
    found = sorted(nodes(answer["review"]["findings"]), key=lambda each: each["lineNumber"])
    assert [(each["lineNumber"], each["severity"]) for each in found] == [
        (2, "SAFE"), (3, "RISK"), (4, "ALERT"), (5, "ALERT")]
    assert all(each["tag"] == "speaker_check" and each["area"] is None for each in found)
    assert supervisor.session.get(answer["subtask"]["content"]["asset"]["url"], timeout=30).content == content
