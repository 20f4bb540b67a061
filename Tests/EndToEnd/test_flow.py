"""The whole way with a client we did not write: PyPI `gql`, over HTTP and over WebSocket (graphql-transport-ws)."""

import asyncio
import hashlib

import aiohttp
import pytest
from gql import GraphQLRequest

import people
from api import COMPLETE_UPLOAD, CREATE_UPLOAD, mutation
from harness import AimageServer
from scenario import KINDS, OUTCOME_ENDS, REVIEW, WATCH_REVIEW, Box, Supervisor, crop, nodes

# Where the patch of the mission sits in the photograph of the astronaut.
PATCH = Box(131, 344, 84, 82)
# Where the cup stands in the photograph of the coffee: what is forbidden, and is in no picture of the astronaut.
CUP = Box(240, 120, 160, 140)


class Flow:
    """A supervisor with gql: sessions over both transports, and what came of each step."""

    def __init__(self, http, socket):
        self.http = http
        self.socket = socket

    async def execute(self, document: str, **variables) -> dict:
        return await self.http.execute(GraphQLRequest(document, variable_values=variables))

    async def mutate(self, field: str, selection: str, /, **input) -> dict:
        payload = (await self.execute(mutation(field, selection), input=input))[field]
        assert payload["userErrors"] == [], payload
        return payload

    async def upload(self, project: str, path, purpose: str) -> dict:
        """Announces a file, sends its bytes to the signed URL, says that they are there."""
        data = path.read_bytes()
        created = await self.execute(CREATE_UPLOAD, input={
            "projectId": project, "purpose": purpose, "fileName": path.name, "mediaType": "image/png",
            "byteCount": len(data)})
        ticket = created["createUpload"]["ticket"]
        assert ticket["asset"]["state"] == "PENDING"
        async with aiohttp.ClientSession() as session:
            headers = {header["name"]: header["value"] for header in ticket["headers"]}
            async with session.request(ticket["method"], ticket["url"], data=data, headers=headers) as response:
                assert response.status == 204, await response.text()
        completed = await self.execute(COMPLETE_UPLOAD, input={"assetId": ticket["asset"]["id"]})
        asset = completed["completeUpload"]["asset"]
        assert asset["state"] == "READY"
        assert asset["sha256"] == hashlib.sha256(data).hexdigest()
        return asset

    async def watch(self, review: str, after: str | None = None, count: int | None = None, socket=None) -> list[dict]:
        """The events of a review until it completes, or the first few of them."""
        events = []
        request = GraphQLRequest(WATCH_REVIEW, variable_values={"reviewId": review, "after": after})
        stream = (socket or self.socket).subscribe(request)
        async for result in stream:
            events.append(result["reviewProgress"])
            if len(events) == count:
                await stream.aclose()
                break
        return events


@pytest.fixture(scope="module")
def flow(supervisor, photographs, tmp_path_factory) -> dict:
    """Goes through the flow once and records everything; the tests look at the record."""
    return asyncio.run(asyncio.wait_for(go_through(supervisor, photographs, tmp_path_factory.mktemp("flow")), 240))


async def go_through(supervisor, photographs, folder) -> dict:
    async with supervisor.http_client() as http, supervisor.websocket_client() as socket:
        flow = Flow(http, socket)
        page = await flow.execute("{ viewer { email organizations(first: 1) { edges { node { id name } } } } }")
        organization = page["viewer"]["organizations"]["edges"][0]["node"]
        assert organization["name"] == people.RIGHTS_HOLDER
        project = (await flow.mutate(
            "createProject", "project { id name owner { id } }", organizationId=organization["id"],
            name="星詠みのソラ"))["project"]
        assert project["owner"]["id"] == organization["id"]
        references = {
            "VISUAL_REVIEW": await flow.upload(
                project["id"], crop(photographs["astronaut"], PATCH, folder), "RPD_REFERENCE"),
            "GENERAL_NG_REVIEW": await flow.upload(
                project["id"], crop(photographs["coffee"], CUP, folder), "RPD_REFERENCE"),
        }
        rpds = {}
        for kind in KINDS:
            content = {
                "title": f"確認 {kind}", "instruction": "参照画像と比べる。",
                "referenceAssetIds": [references[kind]["id"]] if kind in references else [],
            }
            if kind == "GENERAL_NG_REVIEW":
                content["ngSubcategory"] = "CONCRETE_SHAPE"
            rpds[kind] = (await flow.mutate(
                "createRpd", "rpd { id kind isActive activeVersion { id versionNumber } }", projectId=project["id"],
                kind=kind, content=content))["rpd"]
            assert rpds[kind]["kind"] == kind and rpds[kind]["isActive"]
            assert rpds[kind]["activeVersion"]["versionNumber"] == 1
        task = (await flow.mutate(
            "createTask", "task { id status { position } }", projectId=project["id"], name="第1話 キービジュアル"))["task"]
        assert task["status"]["position"] == 1
        picture = await flow.upload(project["id"], photographs["astronaut"], "SUBTASK_CONTENT")
        assert (picture["width"], picture["height"]) == (512, 512)
        subtask = (await flow.mutate(
            "createSubtask", "subtask { id kind content { version asset { id } } latestReview { id } }",
            taskId=task["id"], name="正面", assetId=picture["id"]))["subtask"]
        assert subtask["kind"] == "PICTURE" and subtask["latestReview"] is None
        assert subtask["content"] == {"version": 1, "asset": {"id": picture["id"]}}
        review = (await flow.mutate(
            "startReview", "review { id status version }", subtaskId=subtask["id"],
            selection={"rpdIds": [rpd["id"] for rpd in rpds.values()]}, mode="QUALITY"))["review"]
        assert review["status"] in ("PENDING", "PROCESSING") and review["version"] == 1
        # A second person's screen opens in the middle of the run, on a socket of its own.
        first = asyncio.create_task(flow.watch(review["id"]))
        begun = await flow.watch(review["id"], count=4)
        async with supervisor.websocket_client() as late:
            joined = asyncio.create_task(flow.watch(review["id"], socket=late))
            rest = await flow.watch(review["id"], after=begun[-1]["eventId"])
            return {
                "rpds": rpds, "subtask": subtask["id"], "id": review["id"], "events": await first,
                "begun": begun, "rest": rest, "joined": await joined,
                "review": (await flow.execute(REVIEW, id=review["id"]))["review"],
                "latest": (await flow.execute(
                    "query($id: ID!) { subtask(id: $id) { latestReview { id isLatest } activeReview { id } } }",
                    id=subtask["id"]))["subtask"],
            }


def of_type(events: list[dict], name: str) -> list[dict]:
    return [event for event in events if event["__typename"] == name]


def test_a_review_goes_from_pending_over_processing_to_completed(flow):
    statuses = [event["reviewStatus"] for event in of_type(flow["events"], "ReviewStatusChanged")]
    assert statuses == ["PENDING", "PROCESSING", "COMPLETED"]
    assert flow["events"][0]["reviewStatus"] == "PENDING"
    assert flow["events"][-1]["reviewStatus"] == "COMPLETED"
    assert flow["review"]["status"] == "COMPLETED"
    assert flow["latest"] == {"latestReview": {"id": flow["id"], "isLatest": True}, "activeReview": None}


def test_event_ids_increase(flow):
    ids = [int(event["eventId"]) for event in flow["events"]]
    assert ids == sorted(set(ids))


def test_each_review_point_has_one_outcome_that_ends_once(flow):
    changes = of_type(flow["events"], "ReviewOutcomeChanged")
    ended = [change for change in changes if change["outcomeStatus"] in OUTCOME_ENDS]
    kinds = [change["outcome"]["rpdVersion"]["rpd"]["kind"] for change in ended]
    assert sorted(kinds) == sorted(KINDS)
    assert [change["outcomesFinished"] for change in ended] == list(range(1, len(KINDS) + 1))
    assert all(change["outcomesTotal"] == len(KINDS) for change in changes)
    for change in ended:
        own = [each["outcomeStatus"] for each in changes if each["outcome"]["id"] == change["outcome"]["id"]]
        assert own == ["RUNNING", change["outcomeStatus"]]
    outcomes = nodes(flow["review"]["outcomes"])
    assert [outcome["position"] for outcome in outcomes] == list(range(1, len(KINDS) + 1))
    versions = [rpd["activeVersion"]["id"] for rpd in flow["rpds"].values()]
    assert [outcome["rpdVersion"]["id"] for outcome in outcomes] == versions
    assert {each["id"]: each["status"] for each in outcomes} == {
        each["outcome"]["id"]: each["outcomeStatus"] for each in ended}
    assert flow["review"]["progress"]["outcomesFinished"] == flow["review"]["progress"]["outcomesTotal"] == len(KINDS)


def test_each_finding_is_told_once_between_the_begin_and_the_end_of_its_check(flow):
    running = set()
    for event in flow["events"]:
        if event["__typename"] == "ReviewOutcomeChanged":
            change = running.add if event["outcomeStatus"] == "RUNNING" else running.remove
            change(event["outcome"]["id"])
        if event["__typename"] == "ReviewFindingStored":
            assert event["finding"]["outcome"]["id"] in running
    assert not running


def test_what_the_subscription_said_is_what_a_query_says(flow):
    told = [event["finding"] for event in of_type(flow["events"], "ReviewFindingStored")]
    stored = nodes(flow["review"]["findings"])
    assert len(told) == flow["review"]["findings"]["totalCount"] == flow["review"]["progress"]["findingCount"]
    assert sorted(told, key=lambda each: each["id"]) == sorted(stored, key=lambda each: each["id"])
    for finding in stored:
        assert finding["severity"] in ("RISK", "ALERT", "SAFE")
        assert finding["description"]
        # What is not fine comes with something to do about it.
        assert finding["suggestion"] or finding["severity"] == "SAFE", finding
        if finding["area"]:
            area = finding["area"]
            assert (area["imageWidth"], area["imageHeight"]) == (512, 512)
            assert 0 <= area["x"] and area["x"] + area["width"] <= 512
            assert abs(area["normalized"]["x"] * 512 - area["x"]) <= 1
            assert abs(area["normalized"]["height"] * 512 - area["height"]) <= 1


def findings_of(flow, kind: str) -> list[dict]:
    version = flow["rpds"][kind]["activeVersion"]["id"]
    return [each for each in nodes(flow["review"]["findings"]) if each["rpdVersion"]["id"] == version]


def test_a_part_of_the_photograph_is_found_at_its_place(flow):
    areas = [each["area"] for each in findings_of(flow, "VISUAL_REVIEW") if each["area"]]
    boxes = [Box(area["x"], area["y"], area["width"], area["height"]) for area in areas]
    assert boxes and max(box.overlap(PATCH) for box in boxes) > 0.5, boxes


def test_what_the_model_cannot_judge_is_never_called_safe(flow):
    for kind in ("SETTINGS_REVIEW", "DESIGN_REVIEW"):
        assert {each["severity"] for each in findings_of(flow, kind)} == {"ALERT"}
    statuses = {each["rpdVersion"]["rpd"]["kind"]: each["status"] for each in nodes(flow["review"]["outcomes"])}
    assert statuses["TEXT_REVIEW"] == "SKIPPED_IRRELEVANT"
    assert findings_of(flow, "TEXT_REVIEW") == []


def test_a_forbidden_thing_that_is_not_there_is_no_risk(flow):
    assert "RISK" not in {each["severity"] for each in findings_of(flow, "GENERAL_NG_REVIEW")}


def test_a_client_that_comes_back_in_the_middle_gets_exactly_the_rest(flow):
    assert flow["begun"] + flow["rest"] == flow["events"]


def test_a_subscriber_who_joins_late_gets_everything_once(flow):
    assert flow["joined"] == flow["events"]


def test_every_event_can_be_the_last_one_seen(flow, supervisor):
    async def all_rests() -> None:
        async with supervisor.websocket_client() as socket:
            watcher = Flow(None, socket)
            assert await watcher.watch(flow["id"]) == flow["events"]
            for index, event in enumerate(flow["events"]):
                rest = await watcher.watch(flow["id"], after=event["eventId"])
                assert rest == flow["events"][index + 1:], event

    asyncio.run(asyncio.wait_for(all_rests(), 60))


def test_the_changes_of_a_project_s_reviews_are_told_as_they_happen(supervisor, reviewed, server: AimageServer):
    """`projectReviews` without `after` starts with what happens next, and tells of every review of the project."""
    person = Supervisor(supervisor)
    query = """subscription($id: ID!) { projectReviews(projectId: $id) { eventId status review { id } } }"""
    with supervisor.socket() as socket:
        id = socket.start(query, {"id": reviewed.project})
        # The start of a subscription has no answer: a later one on the same socket comes after it.
        list(socket.subscribe("{ __typename }"))
        review = person.start_review(reviewed.subtasks[0], reviewed.rpds[1:2])
        told = []
        while len(told) < 3:
            message = socket.receive()
            assert message["type"] == "next" and message["id"] == id
            told.append(message["payload"]["data"]["projectReviews"])
    assert [(each["review"]["id"], each["status"]) for each in told] == [
        (review, "PENDING"), (review, "PROCESSING"), (review, "COMPLETED")]


def test_a_request_key_starts_one_review_however_often_it_is_sent(supervisor, reviewed):
    person = Supervisor(supervisor)
    key = "3f0c9d52-6a6e-4c1c-9a4b-0d6f1f6f2a11"
    input = {"subtaskId": reviewed.subtasks[1], "selection": {"rpdIds": reviewed.rpds[:1]}, "requestKey": key}
    first = supervisor.payload("startReview", "review { id }", input)
    again = supervisor.payload("startReview", "review { id }", input)
    assert first["userErrors"] == again["userErrors"] == []
    assert first["review"] == again["review"]
    person.review_events(first["review"]["id"])
    assert supervisor.payload("startReview", "review { id status }", input)["review"] == {
        "id": first["review"]["id"], "status": "COMPLETED"}


def test_the_copyright_check_executes_all_active_copyright_points(supervisor, reviewed):
    person = Supervisor(supervisor)
    input = {"subtaskId": reviewed.subtasks[1], "selection": {"copyrightCheck": True}}
    review = supervisor.mutate("startReview", "review { id trigger }", input)["review"]
    assert review["trigger"] == "COPYRIGHT_CHECK"
    person.review_events(review["id"])
    outcomes = nodes(person.review(review["id"])["outcomes"])
    assert [each["rpdVersion"]["rpd"]["kind"] for each in outcomes] == ["COPYRIGHT_REVIEW"]


def test_a_finding_can_be_held(supervisor, reviewed):
    finding = nodes(reviewed.reviews[0]["findings"])[0]["id"]
    for wanted in (True, False):
        input = {"findingId": finding, "isHeld": wanted}
        held = supervisor.mutate("holdFinding", "finding { id isHeld }", input)["finding"]
        assert held == {"id": finding, "isHeld": wanted}
