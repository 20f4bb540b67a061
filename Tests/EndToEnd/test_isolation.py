"""Two users' data never mix: what the stranger may not see does not exist, over HTTP and over WebSocket."""

import io
import re
import statistics
import time
import uuid

import pytest
from PIL import Image

import people
import videos
from api import Api, Refused, mutation
from scenario import Supervisor, nodes

TYPES = (
    "User", "Organization", "TaskStatus", "TaskPriority", "Project", "ReviewPointDefinition",
    "ReviewPointDefinitionVersion", "Asset", "Task", "Subtask", "SubtaskContent", "SubtaskDecision", "Annotation",
    "Review", "ReviewOutcome", "Finding", "Export", "OrganizationInvitation", "AuditEntry", "Activity", "Like",
    "ProjectCooperation", "TaskTag", "FindingRevision", "PromotedFinding", "Character", "Item",
    "ReviewSet", "Notification", "IntellectualProperty", "Document", "DocumentPage", "BatchJob", "BatchJobItem", "GeneratedReference",
    "PictureAnalysis", "DocumentPicture", "Import", "ImportItem", "VideoScene", "RpdTest",
)
ROOTS = {
    "Project": "project", "Organization": "organization", "ReviewPointDefinition": "rpd", "Task": "task", "Subtask": "subtask", "Review": "review",
    "Export": "export", "Asset": "asset",
}
# Every object that hangs on a project, and everything that these lead to.
WALK = """
query($id: ID!) {
  viewer { likes { edges { node { __typename id } } } notifications { edges { node { __typename id } } } }
  project(id: $id) {
    __typename id
    createdBy { __typename id }
    people { edges { node { __typename id } } }
    cooperations { edges { node { __typename id } } }
    taskTags { edges { node { __typename id } } }
    activity { edges { node { __typename id } } }
    promotedFindings { edges { node { __typename id } } }
    characters { edges { node { __typename id } } }
    items { edges { node { __typename id } } }
    reviewSets { edges { node { __typename id } } }
    ips { edges { node { __typename id } } }
    rpdTests { edges { node { __typename id } } }
    generatedReferences { edges { node { __typename id } } }
    assets { edges { node { __typename id } } }
    exports { edges { node { __typename id } } }
    imports { edges { node { __typename id items { edges { node { __typename id } } } } } }
    batchJobs { edges { node { __typename id items { edges { node { __typename id } } } } } }
    documents { edges { node {
      __typename id asset { __typename id } pages { edges { node { __typename id } } } pictures { edges { node { __typename id } } }
    } } }
    owner {
      __typename id
      members { edges { node { __typename id } } }
      invitations { edges { node { __typename id } } }
      auditLog { edges { node { __typename id } } }
      taskStatuses { __typename id } taskPriorities { __typename id }
    }
    rpds { edges { node {
      __typename id
      versions { edges { node { __typename id referenceAssets { __typename id } } } }
    } } }
    tasks { edges { node {
      __typename id
      status { __typename id } priority { __typename id } createdBy { __typename id }
      exports { edges { node { __typename id asset { __typename id } } } }
      subtasks { edges { node {
        __typename id
        contents { edges { node { __typename id asset { __typename id } scenes { edges { node { __typename id } } } } } }
        decisions { edges { node { __typename id } } }
        annotations { edges { node { __typename id } } }
        objectDetection { __typename id }
        reviews(first: 5) { edges { node {
          __typename id
          outcomes { edges { node { __typename id } } }
          findings { edges { node { __typename id revisions(first: 2) { edges { node { __typename id } } } } } }
        } } }
      } } }
    } } }
  }
}
"""


def objects_in(value, found: dict[str, set]) -> dict[str, set]:
    """The identifiers in an answer, by type."""
    if isinstance(value, list):
        for each in value:
            objects_in(each, found)
    if isinstance(value, dict):
        if "__typename" in value:
            found.setdefault(value["__typename"], set()).add(value["id"])
        for each in value.values():
            objects_in(each, found)
    return found


def picture_ids(api, reviewed) -> list[str]:
    """The files of the reviewed subtasks."""
    query = "query($id: ID!) { subtask(id: $id) { content { asset { id } } } }"
    return [api.execute(query, {"id": id})["subtask"]["content"]["asset"]["id"] for id in reviewed.subtasks]


@pytest.fixture(scope="module")
def hidden(supervisor, sign_in, reviewed, tmp_path_factory) -> dict[str, list[str]]:
    """Everything that the supervisor and the organisation's admin see and the stranger must not, by type."""
    person = Supervisor(supervisor)
    person.export_events(person.start_export(reviewed.task))
    supervisor.execute(mutation("decideSubtask", ""), {"input": {"subtaskId": reviewed.subtasks[0], "status": "DENIED"}})
    supervisor.execute(mutation("createAnnotation", ""), {"input": {"subtaskId": reviewed.subtasks[0], "text": "ここ"}})
    supervisor.mutate("createTaskTag", "taskTag { id }", {"projectId": reviewed.project, "name": "表紙"})
    seen = objects_in(supervisor.execute(WALK, {"id": reviewed.project}), {})
    for name, input in (("updateFinding", {"description": "目の色"}), ("promoteFinding", {}), ("discussFinding", {})):
        supervisor.execute(mutation(name, ""), {"input": {"findingId": sorted(seen["Finding"])[0]} | input})
    for name, input in (
            ("createCharacter", {"name": "星見"}), ("createReviewSet", {"name": "表紙の監修"}),
            ("createItem", {"assetId": next(iter(picture_ids(supervisor, reviewed)))})):
        supervisor.execute(mutation(name, ""), {"input": {"projectId": reviewed.project} | input})
    supervisor.mutate("createIp", "ip { id }", {"projectId": reviewed.project, "name": "星詠み"})
    supervisor.mutate("startBatchReview", "batchJob { id }", {
        "projectId": reviewed.project, "subtaskIds": reviewed.subtasks[:1], "selection": {"copyrightCheck": True}})
    person.run_import(reviewed.project, {"items": {}}, [{"assetId": each} for each in picture_ids(supervisor, reviewed)[:1]])
    supervisor.mutate("testRpd", "tests { id }", {
        "projectId": reviewed.project, "subject": {"draft": {"kind": "TEXT_REVIEW", "content": {"title": "呼称"}}},
        "materials": [{"content": {"line": {"text": "やあ"}}}]})
    supervisor.mutate("generateReferences", "references { id }", {"projectId": reviewed.project, "prompt": "猫"})
    file = io.BytesIO()
    Image.effect_noise((90, 60), 40).save(file, "PDF")
    person.document(reviewed.project, "絵.pdf", "application/pdf", file.getvalue())
    supervisor.mutate("detectObjects", "analysis { id }", {"subtaskId": reviewed.subtasks[0]})
    film = videos.ffmpeg(tmp_path_factory.mktemp("films") / "film.mp4", "-f", "lavfi", "-i", "testsrc=d=1")
    videos.scenes(supervisor, videos.video(supervisor, reviewed.project, reviewed.task, film))
    person.document(reviewed.project, "設定.txt", "text/plain", "星見は青い目".encode())
    found = objects_in(supervisor.execute(WALK, {"id": reviewed.project}), {})
    admin = sign_in("owner")
    owner = admin.execute("{ viewer { id } }")["viewer"]["id"]
    supervisor.mutate("updateTask", "task { id }", {"taskId": reviewed.task, "assigneeId": owner})
    admin.mutate("inviteToOrganization", "invitation { id }", {
        "organizationId": found["Organization"].copy().pop(), "email": "guest@demo.example"})
    admin.mutate("likeAsset", "asset { id }", {"assetId": sorted(found["Asset"])[0]})
    found = objects_in(admin.execute(WALK, {"id": reviewed.project}), found)
    assert found.keys() == set(TYPES), set(TYPES) ^ found.keys()
    return {name: sorted(ids) for name, ids in found.items()}


@pytest.fixture(scope="module")
def own(stranger) -> dict[str, str]:
    """What the stranger has: a company, and a project in it."""
    person = Supervisor(stranger)
    project = person.project("霧の港の物語")
    return {"organization": person.organization(), "project": project, "task": person.task(project, "表紙")}


@pytest.fixture(params=["http", "websocket"])
def ask(request, stranger):
    """A function that asks as the stranger and gives the whole result, over either transport."""
    if request.param == "http":
        yield lambda query, variables=None: stranger.post(query, variables).json()
    else:
        with stranger.socket() as socket:
            def result(query, variables=None):
                [answer] = socket.results(socket.start(query, variables))
                return answer

            yield result


def every(hidden) -> list[str]:
    return [id for ids in hidden.values() for id in ids]


# Reading


def test_node_is_null_for_every_object(ask, hidden):
    for id in every(hidden):
        assert ask("query($id: ID!) { node(id: $id) { __typename id } }", {"id": id}) == {"data": {"node": None}}, id


def test_nodes_is_a_list_of_nulls(ask, hidden, own):
    ids = every(hidden)[:90]
    answer = ask("query($ids: [ID!]!) { nodes(ids: $ids) { id } }", {"ids": [*ids, own["project"]]})
    assert answer == {"data": {"nodes": [None] * len(ids) + [{"id": own["project"]}]}}


def test_the_fields_of_the_root_are_null(ask, hidden):
    for type_name, field in ROOTS.items():
        for id in hidden[type_name]:
            answer = ask(f"query($id: ID!) {{ {field}(id: $id) {{ __typename id }} }}", {"id": id})
            assert answer == {"data": {field: None}}, id


def test_an_identifier_of_one_type_says_nothing_as_another(ask, hidden):
    for field in ROOTS.values():
        for ids in hidden.values():
            assert ask(f"query($id: ID!) {{ {field}(id: $id) {{ id }} }}", {"id": ids[0]}) == {"data": {field: None}}


def test_connections_hold_only_one_s_own(ask, own):
    answer = ask("""{
      viewer { email organizations { edges { node { id } } totalCount } }
      projects(first: 100) {
        edges { node { id owner { id members { edges { node { email } } } } tasks { totalCount } } }
        totalCount pageInfo { hasNextPage }
      }
      organizations(first: 100) { edges { node { id projects { totalCount } } } totalCount }
      knowledge(first: 100) { edges { node { id } } totalCount }
    }""")["data"]
    assert answer["knowledge"] == {"edges": [], "totalCount": 0}
    assert answer["viewer"]["organizations"] == {"edges": [{"node": {"id": own["organization"]}}], "totalCount": 1}
    [project] = nodes(answer["projects"])
    assert answer["projects"]["totalCount"] == 1 and not answer["projects"]["pageInfo"]["hasNextPage"]
    assert project["id"] == own["project"] and project["owner"]["id"] == own["organization"]
    assert nodes(project["owner"]["members"]) == [{"email": people.address("stranger")}]
    assert nodes(answer["organizations"]) == [{"id": own["organization"], "projects": {"totalCount": 1}}]


def test_a_cursor_of_somebody_else_opens_nothing(ask, supervisor, own):
    page = supervisor.execute("{ projects(first: 1) { pageInfo { endCursor } } }")["projects"]["pageInfo"]
    for arguments in ("first: 100, after: $cursor", "last: 100, before: $cursor"):
        answer = ask(
            f"query($cursor: String!) {{ projects({arguments}) {{ edges {{ node {{ id }} }} totalCount }} }}",
            {"cursor": page["endCursor"]})["data"]["projects"]
        assert {each["id"] for each in nodes(answer)} <= {own["project"]}
        assert answer["totalCount"] == 1


# Writing

UNKNOWN = {
    "createProject": ("Organization", "organizationId", {"name": "x"}),
    "updateProject": ("Project", "projectId", {"name": "x"}),
    "createTask": ("Project", "projectId", {"name": "x"}),
    "createRpd": ("Project", "projectId", {"kind": "TEXT_REVIEW", "content": {"title": "x"}}),
    "createUpload": ("Project", "projectId", {
        "purpose": "SUBTASK_CONTENT", "fileName": "a.png", "mediaType": "image/png", "byteCount": 9}),
    "createRpdVersion": ("ReviewPointDefinition", "rpdId", {"content": {"title": "x"}}),
    "setRpdActive": ("ReviewPointDefinition", "rpdId", {"isActive": False}),
    "createSubtask": ("Task", "taskId", {"name": "x"}),
    "startExport": ("Task", "taskIds", {}),
    "startReview": ("Subtask", "subtaskId", {"selection": {"copyrightCheck": True}}),
    "cancelReview": ("Review", "reviewId", {}),
    "holdFinding": ("Finding", "findingId", {"isHeld": True}),
    "cancelExport": ("Export", "exportId", {}),
    "retryExport": ("Export", "exportId", {}),
    "completeUpload": ("Asset", "assetId", {}),
    "createCharacter": ("Project", "projectId", {"name": "x"}),
    "updateCharacter": ("Character", "characterId", {"name": "x"}),
    "deleteCharacter": ("Character", "characterId", {}),
    "restoreCharacter": ("Character", "characterId", {}),
    "createItem": ("Project", "projectId", {}),
    "updateItem": ("Item", "itemId", {"description": "x"}),
    "deleteItem": ("Item", "itemId", {}),
    "restoreItem": ("Item", "itemId", {}),
    "createReviewSet": ("Project", "projectId", {"name": "x"}),
    "updateReviewSet": ("ReviewSet", "reviewSetId", {"name": "x"}),
    "deleteReviewSet": ("ReviewSet", "reviewSetId", {}),
    "restoreReviewSet": ("ReviewSet", "reviewSetId", {}),
    "createIp": ("Project", "projectId", {"name": "x"}),
    "updateIp": ("IntellectualProperty", "ipId", {"name": "x"}),
    "deleteIp": ("IntellectualProperty", "ipId", {}),
    "restoreIp": ("IntellectualProperty", "ipId", {}),
    "createDocument": ("Project", "projectId", {}),
    "updateDocument": ("Document", "documentId", {"name": "x"}),
    "deleteDocument": ("Document", "documentId", {}),
    "restoreDocument": ("Document", "documentId", {}),
    "cancelDocument": ("Document", "documentId", {}),
    "retryDocument": ("Document", "documentId", {}),
    "createItemsFromDocument": ("Document", "documentId", {"pictureIds": []}),
    "startBatchReview": ("Project", "projectId", {"selection": {"copyrightCheck": True}}),
    "cancelBatchJob": ("BatchJob", "batchJobId", {}),
    "retryBatchJob": ("BatchJob", "batchJobId", {}),
    "startImport": ("Project", "projectId", {"target": {"tasks": {}}, "files": []}),
    "startDriveImport": ("Project", "projectId", {
        "target": {"tasks": {}}, "accessToken": "x", "files": [{"fileId": "1a_B-cdefghij"}]}),
    "cancelImport": ("Import", "importId", {}),
    "retryImport": ("Import", "importId", {}),
    "generateReferences": ("Project", "projectId", {"prompt": "x"}),
    "testRpd": ("Project", "projectId", {
        "subject": {"draft": {"kind": "TEXT_REVIEW", "content": {"title": "x"}}},
        "materials": [{"content": {"line": {"text": "x"}}}]}),
    "suggestRpdTitles": ("Project", "projectId", {"text": "x"}),
    "suggestRpdContent": ("Project", "projectId", {"text": "x"}),
    "rewriteRpdInstruction": ("Project", "projectId", {"instruction": "x"}),
    "describePicture": ("Asset", "assetId", {}),
    "describeMotif": ("Asset", "assetId", {"tag": "x"}),
    "cancelRpdTest": ("RpdTest", "rpdTestId", {}),
    "deleteRpdTest": ("RpdTest", "rpdTestId", {}),
    "keepGeneratedReference": ("GeneratedReference", "generatedReferenceId", {}),
    "deleteGeneratedReference": ("GeneratedReference", "generatedReferenceId", {}),
    "cancelGeneratedReference": ("GeneratedReference", "generatedReferenceId", {}),
    "retryGeneratedReference": ("GeneratedReference", "generatedReferenceId", {}),
    "likeGeneratedReference": ("GeneratedReference", "generatedReferenceId", {}),
    "unlikeGeneratedReference": ("GeneratedReference", "generatedReferenceId", {}),
    "activateRpdVersion": ("ReviewPointDefinitionVersion", "rpdVersionId", {}),
    "retryRpdPreparation": ("ReviewPointDefinitionVersion", "rpdVersionId", {}),
    "duplicateRpd": ("ReviewPointDefinition", "rpdId", {}),
    "deleteRpd": ("ReviewPointDefinition", "rpdId", {}),
    "restoreRpd": ("ReviewPointDefinition", "rpdId", {}),
    "updateFinding": ("Finding", "findingId", {"description": "x"}),
    "createFinding": ("Review", "reviewId", {"description": "x", "severity": "RISK"}),
    "setFindingStatus": ("Finding", "findingId", {"status": "ACCEPTED"}),
    "discussFinding": ("Finding", "findingId", {}),
    "promoteFinding": ("Finding", "findingId", {}),
    "updatePromotedFinding": ("PromotedFinding", "promotedFindingId", {"notes": "x"}),
    "deletePromotedFinding": ("PromotedFinding", "promotedFindingId", {}),
    "setProjectArchived": ("Project", "projectId", {"isArchived": True}),
    "deleteProject": ("Project", "projectId", {}),
    "restoreProject": ("Project", "projectId", {}),
    "addProjectMember": ("Project", "projectId", {}),
    "removeProjectMember": ("Project", "projectId", {}),
    "addProjectOrganization": ("Project", "projectId", {}),
    "removeProjectOrganization": ("ProjectCooperation", "projectCooperationId", {}),
    "setProjectCandidates": ("Project", "projectId", {"taskStatusIds": []}),
    "inviteToProject": ("Project", "projectId", {"email": "x@y.example"}),
    "createTaskTag": ("Project", "projectId", {"name": "x"}),
    "updateTaskTag": ("TaskTag", "taskTagId", {"name": "x"}),
    "deleteTaskTag": ("TaskTag", "taskTagId", {}),
    "setTaskTags": ("Task", "taskId", {"taskTagIds": []}),
    "updateOrganization": ("Organization", "organizationId", {"name": "x"}),
    "deleteTaskStatus": ("TaskStatus", "taskStatusId", {}),
    "updateTaskStatus": ("TaskStatus", "taskStatusId", {"name": "x"}),
    "createTaskStatus": ("Organization", "organizationId", {"name": "x"}),
    "deleteTaskPriority": ("TaskPriority", "taskPriorityId", {}),
    "updateTaskPriority": ("TaskPriority", "taskPriorityId", {"name": "x"}),
    "createTaskPriority": ("Organization", "organizationId", {"name": "x"}),
    "inviteToOrganization": ("Organization", "organizationId", {"email": "x@y.example"}),
    "revokeInvitation": ("OrganizationInvitation", "invitationId", {}),
    "removeOrganizationMember": ("Organization", "organizationId", {}),
    "setOrganizationAdmin": ("Organization", "organizationId", {"isAdmin": True}),
    "likeAsset": ("Asset", "assetId", {}),
    "unlikeAsset": ("Asset", "assetId", {}),
    "updateTask": ("Task", "taskId", {"name": "x"}),
    "moveTask": ("Task", "taskId", {}),
    "deleteTask": ("Task", "taskId", {}),
    "restoreTask": ("Task", "taskId", {}),
    "updateSubtask": ("Subtask", "subtaskId", {"name": "x"}),
    "decideSubtask": ("Subtask", "subtaskId", {"status": "ACCEPTED"}),
    "setSubtaskCharacters": ("Subtask", "subtaskId", {"characterIds": []}),
    "predictCharacters": ("Subtask", "subtaskId", {}),
    "detectObjects": ("Subtask", "subtaskId", {}),
    "cancelPictureAnalysis": ("PictureAnalysis", "pictureAnalysisId", {}),
    "addSubtaskContent": ("Subtask", "subtaskId", {}),
    "restoreSubtaskContent": ("SubtaskContent", "contentId", {}),
    "moveSubtask": ("Subtask", "subtaskId", {"position": 1}),
    "copySubtask": ("Subtask", "subtaskId", {}),
    "deleteSubtask": ("Subtask", "subtaskId", {}),
    "restoreSubtask": ("Subtask", "subtaskId", {}),
    "createAnnotation": ("Subtask", "subtaskId", {"text": "x"}),
    "updateAnnotation": ("Annotation", "annotationId", {"text": "x"}),
    "setAnnotationSolved": ("Annotation", "annotationId", {"isSolved": True}),
    "deleteAnnotation": ("Annotation", "annotationId", {}),
    "restoreAnnotation": ("Annotation", "annotationId", {}),
}
# Mutations that act on nobody's objects: sessions and tokens, which test_sign_in.py has, and what is the viewer's own.
SIGN_IN = {
    "acceptInvitation", "markNotificationsRead", "updatePreferences",
    "signInWithGoogle", "refreshSession", "signOut", "signOutEverywhere", "createServiceToken", "revokeServiceToken",
}
# Mutations of many objects, which give a result for each.
MANY = {
    **{name: ("Task", "task", {}) for name in ("updateTasks", "deleteTasks", "restoreTasks")},
    "setRpdsActive": ("ReviewPointDefinition", "rpd", {"isActive": True}),
    **{name: ("ReviewPointDefinition", "rpd", {}) for name in ("deleteRpds", "restoreRpds")},
}
# Mutations of system admins: for everybody else they are forbidden, whatever the input names.
ADMIN = {
    "createOrganization": {"name": "x"}, "createUser": {"email": "x@y.example", "name": "x"},
    "deleteOrganization": {"organizationId": "Organization"}, "deleteUser": {"userId": "User"},
    "setUserRole": {"userId": "User", "role": "ADMIN"},
    "addOrganizationMember": {"organizationId": "Organization", "userId": "User"},
}
# Files that come with their request, which test_multipart_upload.py has.
WITH_FILES = {"uploadFile"}
# What some inputs must name beside the object that they act on.
ALSO = {"createFinding": ("rpdVersionId", "ReviewPointDefinitionVersion"),
        "createItem": ("assetId", "Asset"), "createDocument": ("assetId", "Asset"), "createSubtask": ("assetId", "Asset"), "addSubtaskContent": ("assetId", "Asset"), "copySubtask": ("taskId", "Task"),
        "addProjectMember": ("userId", "User"), "removeProjectMember": ("userId", "User"),
        "addProjectOrganization": ("organizationId", "Organization"),
        "removeOrganizationMember": ("userId", "User"), "setOrganizationAdmin": ("userId", "User")}


def also(name: str, hidden) -> dict[str, str]:
    argument, type_name = ALSO.get(name, (None, None))
    return {argument: hidden[type_name][0]} if argument else {}


def everything(server) -> list:
    """All rows of all tables but the jobs and events that a worker writes."""
    tables = [row[0] for row in server.rows(
        "select table_name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'")]
    return [(table, server.rows(f'select md5(string_agg(each::text, \'\' order by each::text)) from "{table}" as each'))
            for table in sorted(tables)]


def test_every_mutation_is_tried(supervisor):
    fields = supervisor.execute("{ __schema { mutationType { fields { name } } } }")["__schema"]["mutationType"]["fields"]
    assert {field["name"] for field in fields} == UNKNOWN.keys() | SIGN_IN | ADMIN.keys() | MANY.keys() | WITH_FILES


@pytest.mark.parametrize("name", UNKNOWN)
def test_a_mutation_finds_nothing_to_act_on_and_changes_nothing(server, ask, hidden, own, name):
    type_name, field, input = UNKNOWN[name]
    before = everything(server)
    input = input | also(name, hidden)
    for id in hidden[type_name]:
        answer = ask(mutation(name, ""), {"input": input | {field: id}})
        assert [error["extensions"]["code"] for error in answer["errors"]] == ["NOT_FOUND"], answer
        assert answer.get("data") is None
    assert everything(server) == before


@pytest.mark.parametrize("name", sorted(MANY))
def test_a_mutation_of_many_finds_none_of_them_and_changes_nothing(server, ask, hidden, own, name):
    type_name, object, input = MANY[name]
    before = everything(server)
    answer = ask(mutation(name, f"results {{ {object}Id {object} {{ id }} userErrors {{ code }} }}"), {
        "input": input | {f"{object}Ids": hidden[type_name]}})
    assert answer["data"][name]["results"] == [
        {f"{object}Id": id, object: None, "userErrors": [{"code": "NOT_FOUND"}]} for id in hidden[type_name]]
    assert everything(server) == before


@pytest.mark.parametrize("name", ADMIN)
def test_what_is_for_system_admins_is_forbidden_and_changes_nothing(server, ask, hidden, own, name):
    before = everything(server)
    input = {key: hidden[value][0] if value in hidden else value for key, value in ADMIN[name].items()}
    answer = ask(mutation(name, ""), {"input": input})
    assert [error["extensions"]["code"] for error in answer["errors"]] == ["FORBIDDEN"], answer
    assert everything(server) == before


def test_objects_of_others_cannot_be_named_in_one_s_own_forms(server, ask, hidden, own):
    before = everything(server)
    cases = [
        ("createTask", {"projectId": own["project"], "name": "x", "statusId": hidden["TaskStatus"][0]}),
        ("createTask", {"projectId": own["project"], "name": "x", "priorityId": hidden["TaskPriority"][0]}),
        ("createTask", {"projectId": own["project"], "name": "x", "assigneeId": hidden["User"][0]}),
        ("createTask", {"projectId": own["project"], "name": "x", "taskTagIds": [hidden["TaskTag"][0]]}),
        ("createItem", {"projectId": own["project"], "assetId": hidden["Asset"][0]}),
        ("createCharacter", {"projectId": own["project"], "name": "x", "pictureId": hidden["Asset"][0]}),
        ("createCharacter", {"projectId": own["project"], "name": "x", "ipId": hidden["IntellectualProperty"][0]}),
        ("startBatchReview", {
            "projectId": own["project"], "taskIds": [hidden["Task"][0]], "selection": {"copyrightCheck": True}}),
        ("createDocument", {"projectId": own["project"], "assetId": hidden["Asset"][0]}),
        ("startImport", {
            "projectId": own["project"], "target": {"tasks": {}}, "files": [{"assetId": hidden["Asset"][0]}]}),
        ("createReviewSet", {
            "projectId": own["project"], "name": "x", "rpdIds": [hidden["ReviewPointDefinition"][0]]}),
        ("setTaskTags", {"taskId": own["task"], "taskTagIds": [hidden["TaskTag"][0]]}),
        ("addProjectMember", {"projectId": own["project"], "userId": hidden["User"][0]}),
        ("addProjectOrganization", {"projectId": own["project"], "organizationId": hidden["Organization"][0]}),
        ("setProjectCandidates", {"projectId": own["project"], "taskStatusIds": [hidden["TaskStatus"][0]]}),
        ("createSubtask", {"taskId": own["task"], "name": "x", "assetId": hidden["Asset"][0]}),
        ("createRpd", {"projectId": own["project"], "kind": "VISUAL_REVIEW", "content": {
            "title": "x", "referenceAssetIds": [hidden["Asset"][0]]}}),
        ("createRpd", {"projectId": own["project"], "kind": "TEXT_REVIEW", "content": {
            "title": "x", "appellationAssetId": hidden["Asset"][0]}}),
        ("testRpd", {
            "projectId": own["project"], "subject": {"draft": {"kind": "TEXT_REVIEW", "content": {"title": "x"}}},
            "materials": [{"content": {"assetId": hidden["Asset"][0]}}]}),
        ("testRpd", {
            "projectId": own["project"], "subject": {"rpdVersionId": hidden["ReviewPointDefinitionVersion"][0]},
            "materials": [{"content": {"line": {"text": "x"}}}]}),
        ("testRpd", {
            "projectId": own["project"], "subject": {"draft": {
                "kind": "VISUAL_REVIEW", "content": {"title": "x"}, "rpdId": hidden["ReviewPointDefinition"][0]}},
            "materials": [{"content": {"line": {"text": "x"}}}]}),
    ]
    for name, input in cases:
        answer = ask(mutation(name, ""), {"input": input})
        assert [error["code"] for error in answer["data"][name]["userErrors"]] == ["NOT_FOUND"], answer
    assert everything(server) == before


# Watching


@pytest.mark.parametrize(("field", "argument", "type_name"), [
    ("reviewProgress", "reviewId", "Review"), ("exportProgress", "exportId", "Export"),
    ("projectReviews", "projectId", "Project"), ("taskEvents", "taskId", "Task"),
    ("projectTasks", "projectId", "Project"), ("documentProgress", "documentId", "Document"),
    ("batchJobProgress", "batchJobId", "BatchJob"), ("importProgress", "importId", "Import"), ("boardChanged", "projectId", "Project"),
    ("projectActivity", "projectId", "Project"), ("rpdReadiness", "projectId", "Project"),
    ("referenceProgress", "generatedReferenceId", "GeneratedReference"), ("rpdTestProgress", "rpdTestId", "RpdTest")])
@pytest.mark.parametrize("after", [None, "0"])
def test_subscriptions_find_nothing_to_watch(stranger, hidden, field, argument, type_name, after):
    query = f"subscription($id: ID!, $after: ID) {{ {field}({argument}: $id, after: $after) {{ eventId }} }}"
    with stranger.socket() as socket:
        for id in hidden[type_name]:
            with pytest.raises(Refused) as caught:
                list(socket.results(socket.start(query, {"id": id, "after": after})))
            assert [error["extensions"]["code"] for error in caught.value.errors] == ["NOT_FOUND"]


def test_who_loses_access_in_the_middle_of_a_subscription_sees_no_more(server, sign_in, supervisor, photographs):
    person = Supervisor(supervisor)
    name = "離れる人"
    project = person.project(name)
    people.let_cooperate(server, name)
    rpd = person.rpd(project, "SETTINGS_REVIEW", "設定")
    subtask = person.subtask(project, person.task(project, "課題"), "猫", photographs["chelsea"])
    query = "subscription($id: ID!) { projectReviews(projectId: $id) { status } }"
    with sign_in("partner").socket() as socket:
        id = socket.start(query, {"id": project})
        # The start of a subscription has no answer: let it begin before something happens.
        first = socket.start("{ __typename }")
        while socket.receive() != {"id": first, "type": "complete"}:
            pass
        time.sleep(0.3)
        person.run_review(subtask, [rpd])
        told = [socket.receive() for _ in range(3)]
        assert [each["payload"]["data"]["projectReviews"]["status"] for each in told] == [
            "PENDING", "PROCESSING", "COMPLETED"]
        server.rows(
            "delete from project_members where user_id = (select id from users where email = %s)"
            " and project_id = (select id from projects where name = %s)", (people.address("partner"), name))
        person.run_review(subtask, [rpd])
        message = socket.receive()
        assert (message["type"], message["id"]) == ("error", id), message
        assert message["payload"][0]["extensions"]["code"] == "NOT_FOUND"


# Rights in between


@pytest.mark.parametrize("name", ["partner", "studio"])
def test_who_takes_part_in_one_project_sees_that_one_only(sign_in, supervisor, reviewed, name):
    api: Api = sign_in(name)
    secret = Supervisor(supervisor).project(f"社内だけ {name}")
    page = api.execute("{ projects(first: 100) { edges { node { id name owner { name members { totalCount } } } } } }")
    seen = {each["id"]: each for each in nodes(page["projects"])}
    assert reviewed.project in seen and secret not in seen
    # The owner's name is shown on the project, its members are not.
    assert seen[reviewed.project]["owner"] == {"name": people.RIGHTS_HOLDER, "members": None}
    assert api.execute("query($id: ID!) { node(id: $id) { id } }", {"id": secret}) == {"node": None}
    mine = objects_in(api.execute(WALK, {"id": reviewed.project}), {})
    theirs = objects_in(supervisor.execute(WALK, {"id": reviewed.project}), {})
    # People are seen by whom they meet, notifications by whom they are for.
    personal = {"User", "Notification", "GeneratedReference"}
    assert {key: ids for key, ids in mine.items() if key not in personal} == {
        key: ids for key, ids in theirs.items() if key not in personal}
    task = api.mutate("createTask", "task { createdBy { email } }", {"projectId": reviewed.project, "name": "手伝い"})
    assert task["task"]["createdBy"]["email"] == people.address(name)


def test_what_is_not_there_and_what_is_not_yours_read_the_same(stranger, hidden):
    for name, (type_name, field, input) in UNKNOWN.items():
        input = input | also(name, hidden)
        theirs = hidden[type_name][0]
        nobodys = re.sub(r"[0-9a-f]{32}$", uuid.uuid4().hex, theirs)
        assert nobodys != theirs
        answers = [
            stranger.post(mutation(name, ""), {"input": input | {field: id}}).text.replace(id, "ID")
            for id in (theirs, nobodys)]
        assert answers[0] == answers[1]


def test_what_is_not_there_and_what_is_not_yours_take_the_same_time(stranger, hidden):
    query = "query($id: ID!) { project(id: $id) { id name owner { name } } }"
    theirs = hidden["Project"][0]
    seconds = {"theirs": [], "nobody's": []}
    for _ in range(60):
        for what, id in (("theirs", theirs), ("nobody's", re.sub(r"[0-9a-f]{32}$", uuid.uuid4().hex, theirs))):
            begun = time.perf_counter()
            stranger.post(query, {"id": id})
            seconds[what].append(time.perf_counter() - begun)
    # The fastest tenth of each: what the machine does beside it is not in there.
    fastest = {what: statistics.mean(sorted(values)[:6]) for what, values in seconds.items()}
    assert abs(fastest["theirs"] - fastest["nobody's"]) < 0.003, fastest
