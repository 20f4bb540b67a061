"""kill -9 in the middle of the work: after the next start all of it is done, and nothing twice."""

import collections
import os
import signal

import pytest

import people
from harness import AimageServer, process_is_alive, wait_until
from scenario import OUTCOME_ENDS, WATCH_EXPORT, WATCH_REVIEW, Box, Supervisor, crop, enlarged, nodes
from pptx_check import check_package, picture_slides, read_slides


@pytest.fixture
def own_server(new_server) -> AimageServer:
    server = new_server("--jobs", "2").start()
    people.settle(server)
    return server


def until(supervisor, query: str, field: str, variables: dict, is_enough) -> list[dict]:
    """The events of a subscription up to the one that is enough; the connection breaks there."""
    events = []
    with supervisor.socket() as socket:
        for data in socket.subscribe(query, variables):
            events.append(data[field])
            if is_enough(events):
                return events
    raise AssertionError(f"it was over before the kill: {events[-1]}")


def ends(events: list[dict]) -> int:
    return sum(event.get("outcomeStatus") in OUTCOME_ENDS for event in events)


def essence(review: dict) -> list:
    """What a review says, without ids and times."""
    outcomes = {each["id"]: each["position"] for each in nodes(review["outcomes"])}
    return sorted(
        (outcomes[each["outcome"]["id"]], each["severity"], each["description"], str(each["area"]))
        for each in nodes(review["findings"]))


def test_a_review_survives_two_kills_with_every_finding_once(own_server, photographs, tmp_path):
    server = own_server
    supervisor = people.SignIn(server)("supervisor")
    person = Supervisor(supervisor)
    project = person.project("停電の試験")
    parts = [crop(photographs["retina"], Box(380 + 110 * index, 500, 180, 180), tmp_path) for index in range(6)]
    rpds = [person.rpd(project, "VISUAL_REVIEW", f"部分 {index}", [part]) for index, part in enumerate(parts)]
    rpds += [person.rpd(project, "SETTINGS_REVIEW", f"設定 {index}") for index in range(4)]
    rpds += [
        person.rpd(project, "GENERAL_NG_REVIEW", f"禁止 {index}", [part]) for index, part in enumerate(parts[:2])]
    subtask = person.subtask(project, person.task(project, "停電"), "網膜", enlarged(photographs["retina"], 2400, tmp_path))
    review = person.start_review(subtask, rpds)
    events = []
    for wanted, with_postgres in ((2, False), (7, True)):
        events += until(
            supervisor, WATCH_REVIEW, "reviewProgress",
            {"reviewId": review, "after": events[-1]["eventId"] if events else None},
            lambda new: ends(events + new) >= wanted)
        crash(server, with_postgres)
        server.start()
    events += person.review_events(review, after=events[-1]["eventId"])

    assert person.review_events(review) == events, "who was there all the time saw something else"
    ids = [int(event["eventId"]) for event in events]
    assert ids == sorted(set(ids))
    statuses = [event["reviewStatus"] for event in events if "reviewStatus" in event]
    assert statuses[0] == "PENDING" and statuses[-1] == "COMPLETED" and set(statuses[1:-1]) == {"PROCESSING"}
    told = [event["finding"]["id"] for event in events if "finding" in event]
    answer = person.review(review)
    assert answer["status"] == "COMPLETED"
    assert sorted(told) == sorted(each["id"] for each in nodes(answer["findings"]))
    assert len(told) == len(set(told))
    ended = collections.Counter(
        event["outcome"]["id"] for event in events if event.get("outcomeStatus") in OUTCOME_ENDS)
    assert ended == {each["id"]: 1 for each in nodes(answer["outcomes"])}
    assert {each["status"] for each in nodes(answer["outcomes"])} == {"OK"}
    doubles = server.rows(
        "select outcome_id, ordinal from findings group by outcome_id, ordinal having count(*) > 1")
    assert doubles == []
    # A run that nobody disturbs says the same.
    assert essence(person.run_review(subtask, rpds)) == essence(answer)


def crash(server: AimageServer, with_postgres: bool) -> None:
    """As when the program dies, or the whole machine."""
    pid = server.postgres_pid()
    server.kill()
    assert process_is_alive(pid), "Postgres is a process of its own"
    if with_postgres:
        os.kill(pid, signal.SIGKILL)
        wait_until(lambda: not process_is_alive(pid), 10, "the end of Postgres")


def test_an_export_survives_a_kill_with_one_file(own_server, photographs, tmp_path):
    server = own_server
    supervisor = people.SignIn(server)("supervisor")
    person = Supervisor(supervisor)
    project = person.project("停電の試験")
    rpd = person.rpd(project, "SETTINGS_REVIEW", "設定")
    task = person.task(project, "多くの絵")
    pictures = [enlarged(photographs[name], 1800 + index, tmp_path)
                for index, name in enumerate(["retina", "rocket", "coffee", "astronaut"] * 3)]
    for index, picture in enumerate(pictures):
        person.run_review(person.subtask(project, task, f"絵 {index + 1}", picture), [rpd])
    export = person.start_export(task)
    events = until(
        supervisor, WATCH_EXPORT, "exportProgress", {"exportId": export},
        lambda new: new[-1]["status"] == "PROCESSING")
    server.kill()
    server.start()
    events += person.export_events(export, after=events[-1]["eventId"])
    assert person.export_events(export)[-1] == events[-1]
    assert events[-1]["status"] == "COMPLETED"
    assert len({event["eventId"] for event in events}) == len(events)
    answer = supervisor.execute(
        "query($id: ID!) { export(id: $id) { status slidesDone slidesTotal asset { url } } }", {"id": export})["export"]
    assert answer["slidesDone"] == answer["slidesTotal"] == events[-1]["slidesTotal"]
    assert server.rows("select count(*) from assets where purpose = 'EXPORT'") == [(1,)]
    deck = tmp_path / "deck.pptx"
    deck.write_bytes(supervisor.session.get(answer["asset"]["url"], timeout=60).content)
    check_package(deck)
    assert len(picture_slides(read_slides(deck))) == len(pictures)
    assert [path.name for path in (server.data / "temporary").iterdir()] == [], "the killed run's files stay"


WATCH_BATCH = """
subscription($batchJobId: ID!, $after: ID) {
  batchJobProgress(batchJobId: $batchJobId, after: $after) {
    eventId status item { position status } counts { total processed succeeded failed cancelled }
  }
}
"""


def test_a_batch_job_survives_two_kills_with_every_material_reviewed_once(own_server, photographs, tmp_path):
    server = own_server
    supervisor = people.SignIn(server)("supervisor")
    person = Supervisor(supervisor)
    project = person.project("停電の試験")
    parts = [crop(photographs["retina"], Box(380 + 110 * index, 500, 180, 180), tmp_path) for index in range(3)]
    rpds = [person.rpd(project, "VISUAL_REVIEW", f"部分 {index}", [part]) for index, part in enumerate(parts)]
    review_set = supervisor.mutate(
        "createReviewSet", "reviewSet { id }", {"projectId": project, "name": "全部", "rpdIds": rpds})["reviewSet"]["id"]
    task = person.task(project, "多くの絵")
    for index, name in enumerate(["retina", "rocket", "coffee", "astronaut"] * 2):
        person.subtask(project, task, f"絵 {index}", enlarged(photographs[name], 1600 + index, tmp_path))
    job = supervisor.mutate("startBatchReview", "batchJob { id }", {
        "projectId": project, "taskIds": [task], "selection": {"reviewSetIds": [review_set]}})["batchJob"]["id"]
    events = []
    for wanted, with_postgres in ((1, False), (4, True)):
        events += until(
            supervisor, WATCH_BATCH, "batchJobProgress",
            {"batchJobId": job, "after": events[-1]["eventId"] if events else None},
            lambda new: new[-1]["counts"]["processed"] >= wanted)
        crash(server, with_postgres)
        server.start()
    events += [event["batchJobProgress"] for event in supervisor.events(
        WATCH_BATCH, {"batchJobId": job, "after": events[-1]["eventId"]}, 120)]
    assert events[-1]["status"] == "COMPLETED"
    for event in events:
        counts = event["counts"]
        assert counts["processed"] == counts["succeeded"] + counts["failed"] + counts["cancelled"]
    assert [event["counts"]["succeeded"] for event in events if event["item"]] == list(range(1, 9))
    assert server.rows("select count(*), count(distinct subtask_id) from reviews where status = 'COMPLETED'") == [(8, 8)]
