"""What goes wrong has a stable code: tokens, documents, variables, forms, uploads, signed URLs."""

import base64
import datetime
import hashlib
import hmac
import http.client
import io
import json
import urllib.parse
import uuid

import pytest
import requests
from PIL import Image

from api import mutation
from scenario import Supervisor, nodes


def code(errors: list[dict]) -> list[str]:
    return [error["extensions"]["code"] for error in errors]


def signed(secret: bytes, claims: dict, algorithm: str = "HS256") -> str:
    """A JWT made by hand."""
    def part(data: bytes) -> str:
        return base64.urlsafe_b64encode(data).rstrip(b"=").decode()

    text = part(json.dumps({"alg": algorithm, "typ": "JWT"}).encode()) + "." + part(json.dumps(claims).encode())
    return text + "." + part(hmac.digest(secret, text.encode(), "sha256") if algorithm != "none" else b"")


# Tokens


@pytest.fixture(scope="module")
def claims(supervisor) -> dict:
    middle = supervisor.token.split(".")[1]
    return json.loads(base64.urlsafe_b64decode(middle + "=" * (-len(middle) % 4)))


def post_with(server, authorization: str) -> requests.Response:
    return requests.post(
        server.graphql_url, json={"query": "{ viewer { email } }"}, headers={"Authorization": authorization}, timeout=30)


def test_a_token_that_is_no_good_is_answered_with_401(server, supervisor, claims):
    secret = (server.data / "secret").read_bytes()
    assert post_with(server, "Bearer " + signed(secret, claims)).json()["data"]["viewer"], "the forger works"
    bad = {
        "no token": "Bearer nonsense",
        "no scheme": supervisor.token,
        "another scheme": f"Basic {supervisor.token}",
        "an altered token": f"Bearer {supervisor.token[:-4]}AAAA",
        "another secret": "Bearer " + signed(b"x" * 64, claims),
        "no algorithm": "Bearer " + signed(b"", claims, "none"),
        "another issuer": "Bearer " + signed(secret, claims | {"iss": "somebody"}),
        "expired": "Bearer " + signed(secret, claims | {"exp": int(claims["exp"]) - 10 ** 8}),
    }
    for what, authorization in bad.items():
        response = post_with(server, authorization)
        assert response.status_code == 401, what
        assert code(response.json()["errors"]) == ["UNAUTHENTICATED"], what
        assert response.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_token_whose_session_is_not_the_user_s_is_refused(server, claims):
    secret = (server.data / "secret").read_bytes()
    for forged in ({"sub": str(uuid.uuid4())}, {"sid": str(uuid.uuid4())}):
        assert post_with(server, "Bearer " + signed(secret, claims | forged)).status_code == 401


def test_without_a_token_there_is_a_schema_and_no_data(nobody, reviewed):
    assert nobody.execute("{ viewer { id } __schema { queryType { name } } }") == {
        "viewer": None, "__schema": {"queryType": {"name": "Query"}}}
    project = {"id": reviewed.project}
    for query in (
        "{ projects(first: 1) { totalCount } }",
        "{ organizations(first: 1) { totalCount } }",
        "query($id: ID!) { project(id: $id) { id } }",
        "query($id: ID!) { node(id: $id) { id } }",
        "query($id: ID!) { nodes(ids: [$id]) { id } }",
    ):
        assert code(nobody.errors(query, project if "$id" in query else None)) == ["UNAUTHENTICATED"], query
    input = {"projectId": reviewed.project, "name": "x"}
    assert code(nobody.errors(mutation("createTask", "task { id }"), {"input": input})) == ["UNAUTHENTICATED"]


# Documents and variables


@pytest.mark.parametrize(("document", "variables", "expected"), [
    ("{ viewer { ", {}, "GRAPHQL_PARSE_FAILED"),
    ("", {}, "GRAPHQL_PARSE_FAILED"),
    ("{ viewer { nothing } }", {}, "GRAPHQL_VALIDATION_FAILED"),
    ("{ viewer }", {}, "GRAPHQL_VALIDATION_FAILED"),
    ("query($id: ID!) { viewer { id } }", {"id": "x"}, "GRAPHQL_VALIDATION_FAILED"),
    ("fragment A on User { ...B } fragment B on User { ...A } { viewer { ...A } }", {}, "GRAPHQL_VALIDATION_FAILED"),
    ("query($n: Int) { projects(first: $n) { totalCount } }", {"n": "many"}, "BAD_USER_INPUT"),
    ("query($n: Int) { projects(first: $n) { totalCount } }", {"n": 2 ** 31}, "BAD_USER_INPUT"),
    ("query($id: ID!) { project(id: $id) { id } }", {}, "BAD_USER_INPUT"),
    ("{ projects(first: 101) { totalCount } }", {}, "BAD_USER_INPUT"),
    ("{ projects(first: -1) { totalCount } }", {}, "BAD_USER_INPUT"),
    ("{ projects(first: 1, after: \"nonsense\") { totalCount } }", {}, "BAD_USER_INPUT"),
    ("query A { viewer { id } } query B { viewer { id } }", {}, "OPERATION_RESOLUTION_FAILURE"),
    ("subscription { projectReviews(projectId: \"x\") { eventId } }", {}, "OPERATION_RESOLUTION_FAILURE"),
])
def test_a_request_that_cannot_be_executed_has_a_code(supervisor, document, variables, expected):
    answer = supervisor.post(document, variables).json()
    assert code(answer["errors"]) == [expected]
    assert not answer.get("data")
    assert all(error["message"] for error in answer["errors"])


def test_the_status_code_tells_what_happened_to_those_who_ask_for_it(supervisor):
    accept = {"Accept": "application/graphql-response+json"}
    assert supervisor.post("{ viewer { id } }", headers=accept).status_code == 200
    assert supervisor.post("{ viewer { ", headers=accept).status_code == 400
    assert supervisor.post("{ nothing }", headers=accept).status_code == 422
    assert supervisor.post("{ nothing }").status_code == 200


@pytest.mark.parametrize(("body", "content_type", "status"), [
    (b"{", "application/json", 400),
    (b"[]", "application/json", 400),
    (b"{}", "application/json", 400),
    (b'{"query": 1}', "application/json", 400),
    (b'{"query": "{ __typename }", "variables": []}', "application/json", 400),
    (b'{"query": "\xff"}', "application/json", 400),
    (b"", "application/json", 400),
    (b"query={__typename}", "application/x-www-form-urlencoded", 415),
])
def test_a_body_that_is_no_request_is_refused(server, body, content_type, status):
    response = requests.post(server.graphql_url, data=body, headers={"Content-Type": content_type}, timeout=30)
    assert response.status_code == status
    assert code(response.json()["errors"]) == ["BAD_REQUEST"]


def test_paths_and_methods_that_are_not_there_are_refused(server):
    assert requests.get(f"{server.url}/nothing", timeout=30).status_code == 404
    answer = requests.delete(server.graphql_url, timeout=30)
    assert answer.status_code == 405 and answer.headers["Allow"] == "GET, HEAD, POST"
    assert requests.post(f"{server.url}/healthz", timeout=30).status_code == 405


# Forms


def test_faults_of_a_form_come_as_user_errors_and_change_nothing(supervisor, reviewed):
    unknown = str(uuid.uuid4())
    project, rpd = reviewed.project, reviewed.rpds[0]
    before = snapshot(supervisor, project)
    organization = Supervisor(supervisor).organization()

    def content(**fields) -> dict:
        return {"title": "見出し"} | fields

    cases = [
        ("createProject", "project { id }", {"organizationId": organization, "name": " 　"}, ["input", "name"], "REQUIRED"),
        ("createProject", "project { id }", {"organizationId": organization, "name": "x" * 256}, ["input", "name"],
         "TOO_LONG"),
        ("updateProject", "project { id }", {"projectId": project, "name": ""}, ["input", "name"], "REQUIRED"),
        ("updateProject", "project { id }", {"projectId": project, "description": "x" * 5001},
         ["input", "description"], "TOO_LONG"),
        ("createTask", "task { id }", {"projectId": project, "name": ""}, ["input", "name"], "REQUIRED"),
        ("createTask", "task { id }", {"projectId": project, "name": "x", "statusId": unknown}, ["input", "statusId"],
         "NOT_FOUND"),
        ("createTask", "task { id }", {"projectId": project, "name": "x", "assigneeId": unknown},
         ["input", "assigneeId"], "NOT_FOUND"),
        ("createSubtask", "subtask { id }", {"taskId": reviewed.task, "name": "x", "assetId": unknown},
         ["input", "assetId"], "NOT_FOUND"),
        ("createRpd", "rpd { id }", {"projectId": project, "kind": "VISUAL_REVIEW", "content": content(title="")},
         ["input", "content", "title"], "REQUIRED"),
        ("createRpd", "rpd { id }", {"projectId": project, "kind": "GENERAL_NG_REVIEW", "content": content()},
         ["input", "content", "ngSubcategory"], "REQUIRED"),
        ("createRpd", "rpd { id }",
         {"projectId": project, "kind": "TEXT_REVIEW", "content": content(ngSubcategory="CONCRETE_SHAPE")},
         ["input", "content", "ngSubcategory"], "INVALID"),
        ("createRpdVersion", "rpd { id }", {"rpdId": rpd, "content": content(referenceAssetIds=[unknown])},
         ["input", "content", "referenceAssetIds", "0"], "NOT_FOUND"),
        ("startReview", "review { id }", {"subtaskId": reviewed.subtasks[0], "selection": {"rpdIds": []}},
         ["input", "selection", "rpdIds"], "REQUIRED"),
        ("startReview", "review { id }", {"subtaskId": reviewed.subtasks[0], "selection": {"rpdIds": [unknown]}},
         ["input", "selection", "rpdIds", "0"], "NOT_FOUND"),
        ("startReview", "review { id }", {"subtaskId": reviewed.subtasks[0], "selection": {"copyrightCheck": False}},
         ["input", "selection", "copyrightCheck"], "INVALID"),
    ]
    for name, selection, input, field, expected in cases:
        payload = supervisor.payload(name, selection, input)
        error = {"field": field, "code": expected}
        assert [{key: each[key] for key in error} for each in payload["userErrors"]] == [error], (name, payload)
        assert payload["userErrors"][0]["message"]
        # A change that was refused shows how things are; what was not made is not there.
        shown = payload[selection.split()[0]]
        assert shown == {"updateProject": {"id": project}, "createRpdVersion": {"id": rpd}}.get(name)
    empty = supervisor.mutate("createTask", "task { id }", {"projectId": project, "name": "空"})["task"]["id"]
    payload = supervisor.payload("startExport", "export { id }", {"taskIds": [empty]})
    assert [each["code"] for each in payload["userErrors"]] == ["NOTHING_TO_EXPORT"] and payload["export"] is None
    after = snapshot(supervisor, project)
    assert after["tasks"].pop("totalCount") == before["tasks"].pop("totalCount") + 1
    assert after == before


def snapshot(api, project: str) -> dict:
    query = """query($id: ID!) { project(id: $id) {
      name description updatedAt tasks { totalCount } rpds { totalCount } reviews { totalCount } } }"""
    return api.execute(query, {"id": project})["project"]


def test_a_form_shows_all_of_its_faults_at_once(supervisor, reviewed):
    input = {
        "projectId": reviewed.project, "purpose": "SUBTASK_CONTENT", "fileName": "a/b.png", "mediaType": "text/html",
        "byteCount": 0}
    payload = supervisor.payload("createUpload", "ticket { url }", input)
    assert payload["ticket"] is None
    assert [(each["field"][-1], each["code"]) for each in payload["userErrors"]] == [
        ("fileName", "INVALID"), ("mediaType", "UPLOAD_TYPE"), ("byteCount", "UPLOAD_SIZE")]


def test_mutations_on_objects_that_are_not_there_are_not_found(supervisor, reviewed):
    for unknown in (str(uuid.uuid4()), "", reviewed.project[:-2] + "zz", reviewed.task):
        errors = supervisor.errors(
            mutation("updateProject", "project { id }"), {"input": {"projectId": unknown, "name": "x"}})
        assert code(errors) == ["NOT_FOUND"], unknown


def test_assets_of_another_project_cannot_be_used(supervisor, photographs):
    person = Supervisor(supervisor)
    first, second = person.project("甲"), person.project("乙")
    asset = supervisor.upload(first, photographs["chelsea"])["id"]
    task = person.task(second, "他のプロジェクト")
    payload = supervisor.payload("createSubtask", "subtask { id }", {"taskId": task, "name": "x", "assetId": asset})
    assert [each["code"] for each in payload["userErrors"]] == ["NOT_FOUND"]
    pending = supervisor.create_upload(second, photographs["chelsea"])["ticket"]["asset"]["id"]
    payload = supervisor.payload("createSubtask", "subtask { id }", {"taskId": task, "name": "x", "assetId": pending})
    assert [each["code"] for each in payload["userErrors"]] == ["ASSET_NOT_READY"]


def test_a_new_version_of_a_review_point_replaces_the_old_one_and_one_that_is_off_is_not_executed(supervisor, photographs):
    person = Supervisor(supervisor)
    project = person.project("版")
    rpds = [person.rpd(project, "SETTINGS_REVIEW", title) for title in ("一", "二")]
    second = supervisor.mutate(
        "createRpdVersion", "rpdVersion { id versionNumber isActive } rpd { activeVersion { id } }",
        {"rpdId": rpds[0], "content": {"title": "一・改"}})
    assert second["rpdVersion"]["versionNumber"] == 2
    assert second["rpd"]["activeVersion"]["id"] == second["rpdVersion"]["id"]
    off = supervisor.mutate("setRpdActive", "rpd { isActive }", {"rpdId": rpds[1], "isActive": False})
    assert off["rpd"]["isActive"] is False
    subtask = person.subtask(project, person.task(project, "課題"), "猫", photographs["chelsea"])
    review = person.run_review(subtask, rpds)
    assert [each["rpdVersion"]["id"] for each in nodes(review["outcomes"])] == [second["rpdVersion"]["id"]]


# Uploads


@pytest.fixture(scope="module")
def project(supervisor) -> str:
    return Supervisor(supervisor).project("送る試験")


@pytest.fixture(scope="module")
def photo(photographs):
    return photographs["chelsea"]


def test_only_pictures_of_a_reasonable_size_can_be_announced(supervisor, project, photo):
    for change, field, expected in (
        ({"mediaType": "image/heic"}, "mediaType", "UPLOAD_TYPE"),
        ({"mediaType": "application/pdf"}, "mediaType", "UPLOAD_TYPE"),
        ({"byteCount": 10_000_001}, "byteCount", "UPLOAD_SIZE"),
        ({"byteCount": 0}, "byteCount", "UPLOAD_SIZE"),
        ({"fileName": ""}, "fileName", "REQUIRED"),
        ({"fileName": "../../etc/passwd.png"}, "fileName", "INVALID"),
    ):
        payload = supervisor.create_upload(project, photo, **change)
        assert payload["ticket"] is None
        assert [(each["field"], each["code"]) for each in payload["userErrors"]] == [(["input", field], expected)]


def test_a_ticket_says_what_it_is_good_for(supervisor, project, photo):
    ticket = supervisor.create_upload(project, photo)["ticket"]
    assert ticket["method"] == "PUT"
    assert ticket["maximumBytes"] == photo.stat().st_size
    assert {"name": "Content-Type", "value": "image/png"} in ticket["headers"]
    left = datetime.datetime.fromisoformat(ticket["expiresAt"]) - datetime.datetime.now(datetime.timezone.utc)
    assert datetime.timedelta(0) < left <= datetime.timedelta(hours=1, minutes=1)


def test_another_type_than_announced_is_refused(supervisor, project, photo):
    ticket = supervisor.create_upload(project, photo)["ticket"]
    for headers in ({"Content-Type": "image/jpeg"}, {"Content-Type": "text/html"}):
        assert supervisor.put(ticket, photo.read_bytes(), headers=headers).status_code == 403


def test_more_bytes_than_announced_are_refused_with_413(supervisor, project, photo):
    ticket = supervisor.create_upload(project, photo)["ticket"]
    data = photo.read_bytes()
    assert supervisor.put(ticket, data + b"\0").status_code == 413
    # The same without a length in the head: the bytes are counted as they come.
    assert supervisor.put(ticket, iter([data, b"\0"])).status_code == 413
    payload = supervisor.complete_upload(ticket["asset"]["id"])
    assert [each["code"] for each in payload["userErrors"]] == ["UPLOAD_MISSING"]
    assert payload["asset"]["state"] == "PENDING"
    # The ticket is still good for the right bytes, chunked ones too.
    assert supervisor.put(ticket, iter([data])).status_code == 204
    assert supervisor.complete_upload(ticket["asset"]["id"])["asset"]["state"] == "READY"


def other_bytes(photo) -> dict[str, tuple[bytes, str]]:
    """Bytes that are not a PNG picture, though announced as one, and the code of the refusal."""
    data = photo.read_bytes()
    jpeg = io.BytesIO()
    with Image.open(photo) as picture:
        picture.save(jpeg, "JPEG")
    return {
        "a page": (b"<html><script>alert(1)</script></html>" * 9, "UPLOAD_TYPE"),
        "a JPEG": (jpeg.getvalue(), "UPLOAD_TYPE"),
        "half a picture": (data[:len(data) // 2], "UPLOAD_UNREADABLE"),
        "only the magic number": (data[:8], "UPLOAD_UNREADABLE"),
        "fewer bytes": (data, "UPLOAD_SIZE"),
    }


@pytest.mark.parametrize("what", ["a page", "a JPEG", "half a picture", "only the magic number", "fewer bytes"])
def test_bytes_that_are_not_what_was_announced_are_deleted(server, supervisor, project, photo, what):
    data, expected = other_bytes(photo)[what]
    announced = len(data) + (1 if what == "fewer bytes" else 0)
    ticket = supervisor.create_upload(project, photo, byteCount=announced)["ticket"]
    assert supervisor.put(ticket, data).status_code == 204
    stored = stored_files(server)
    for _ in range(2):
        # The second call gives the same answer.
        payload = supervisor.complete_upload(ticket["asset"]["id"])
        assert [each["code"] for each in payload["userErrors"]] == [expected], payload
        assert payload["asset"]["state"] == "FAILED"
        assert payload["asset"]["errorCode"] == expected
        assert payload["asset"]["url"] is None
    assert len(stored_files(server)) == len(stored) - 1
    assert supervisor.put(ticket, data).status_code == 410


def stored_files(server) -> set:
    return {path for path in (server.data / "objects").rglob("*") if path.is_file()}


def test_after_the_completion_the_bytes_stay_as_they_are(supervisor, project, photo):
    created = supervisor.create_upload(project, photo)
    assert supervisor.put(created["ticket"], photo.read_bytes()).status_code == 204
    # Until then the bytes may be sent again, after a broken connection for example.
    assert supervisor.put(created["ticket"], photo.read_bytes()).status_code == 204
    asset = supervisor.complete_upload(created["ticket"]["asset"]["id"])["asset"]
    assert supervisor.complete_upload(asset["id"])["asset"]["sha256"] == asset["sha256"]
    assert supervisor.put(created["ticket"], photo.read_bytes()[::-1]).status_code == 410
    assert requests.get(asset["url"], timeout=30).content == photo.read_bytes()


# Signed URLs


def test_a_file_is_read_as_it_was_sent(supervisor, project, photographs):
    for name, media_type, size in (("rocket", "image/jpeg", (640, 427)), ("coffee", "image/png", (600, 400))):
        asset = supervisor.upload(project, photographs[name])
        assert (asset["mediaType"], asset["width"], asset["height"]) == (media_type, *size)
        response = requests.get(asset["url"], timeout=30)
        assert response.status_code == 200
        assert response.headers["Content-Type"] == media_type
        assert int(response.headers["Content-Length"]) == asset["byteCount"] == photographs[name].stat().st_size
        assert hashlib.sha256(response.content).hexdigest() == asset["sha256"]
        head = requests.head(asset["url"], timeout=30)
        assert head.status_code == 200 and head.content == b""
        assert head.headers["Content-Length"] == response.headers["Content-Length"]
        part = requests.get(asset["url"], headers={"Range": "bytes=10-19"}, timeout=30)
        assert part.status_code in (200, 206)
        assert part.content == (response.content[10:20] if part.status_code == 206 else response.content)


def forgeries(url: str) -> dict[str, str]:
    """A signed URL with one thing changed each."""
    parts = urllib.parse.urlsplit(url)
    query = dict(urllib.parse.parse_qsl(parts.query))

    def with_query(**changes) -> str:
        return parts._replace(query=urllib.parse.urlencode(query | changes)).geturl()

    first = "A" if query["sig"][0] != "A" else "B"
    return {
        "no query": parts._replace(query="").geturl(),
        "another signature": with_query(sig=first + query["sig"][1:]),
        "no signature": with_query(sig=""),
        "later": with_query(exp=str(int(query["exp"]) + 1)),
        "another type": with_query(type="text/html"),
        "one more field": with_query(more="1"),
        "another path": parts._replace(path=parts.path[:-1] + ("0" if parts.path[-1] != "0" else "1")).geturl(),
    }


def status_of(server, target: str) -> int:
    """The status of a GET whose target is sent exactly so; other clients would clean it."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    try:
        connection.request("GET", target)
        return connection.getresponse().status
    finally:
        connection.close()


def test_no_path_leads_out_of_the_folders(server, supervisor, project, photo):
    query = urllib.parse.urlsplit(supervisor.upload(project, photo)["url"]).query
    for path in ("/files/../../secret", "/files/%2e%2e/%2e%2e/secret", "/files/..%2f..%2fsecret", "//secret", "/files/"):
        assert status_of(server, f"{path}?{query}") in (400, 403, 404), path
    for path in ("/graphiql/../secret", "/graphiql/..%2fVERSION", "/graphiql/VERSION", "/graphiql/%00"):
        assert status_of(server, path) in (400, 404), path


def test_a_forged_url_is_refused(supervisor, project, photo):
    asset = supervisor.upload(project, photo)
    for what, url in forgeries(asset["url"]).items():
        assert requests.get(url, timeout=30).status_code == 403, what
    ticket = supervisor.create_upload(project, photo)["ticket"]
    bad = forgeries(ticket["url"])
    bad["a larger body"] = ticket["url"].replace("max=", "max=9")
    for what, url in bad.items():
        assert supervisor.put(ticket, photo.read_bytes(), url=url).status_code == 403, what
    # A right to write is none to read, and the other way round.
    assert requests.get(ticket["url"], timeout=30).status_code in (403, 405)
    assert requests.put(asset["url"], data=b"x", timeout=30).status_code in (403, 405, 413)


def test_a_url_whose_time_is_over_is_refused(server, supervisor, project, photo):
    """Signed with the server's own key by the rules that `URLSigner` documents, so that only the time is wrong."""
    secret = (server.data / "secret").read_bytes()
    key = hmac.digest(secret, b"aimage signed urls", "sha256")

    def sign(method: str, url: str, expires: int) -> str:
        parts = urllib.parse.urlsplit(url)
        fields = [(name, value) for name, value in urllib.parse.parse_qsl(parts.query) if name != "sig"]
        fields = [(name, str(expires) if name == "exp" else value) for name, value in fields]
        text = f"aimage-url-1\n{method}\n{parts.path}\n" + "".join(
            f"{name} {len(value.encode())} {value}\n" for name, value in fields)
        signature = base64.urlsafe_b64encode(hmac.digest(key, text.encode(), "sha256")).rstrip(b"=").decode()
        query = urllib.parse.urlencode([*fields, ("sig", signature)], quote_via=urllib.parse.quote)
        return parts._replace(query=query).geturl()

    now = int(datetime.datetime.now().timestamp())
    asset = supervisor.upload(project, photo)
    assert requests.get(sign("GET", asset["url"], now + 60), timeout=30).status_code == 200, "the signer works"
    assert requests.get(sign("GET", asset["url"], now - 1), timeout=30).status_code == 403
    ticket = supervisor.create_upload(project, photo)["ticket"]
    late = sign("PUT", ticket["url"], now - 1)
    assert supervisor.put(ticket, photo.read_bytes(), url=late).status_code == 403
    assert supervisor.put(ticket, photo.read_bytes(), url=sign("PUT", ticket["url"], now + 60)).status_code == 204


def test_a_read_url_ends_within_three_hours(supervisor, project, photo):
    query = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(supervisor.upload(project, photo)["url"]).query))
    left = int(query["exp"]) - datetime.datetime.now().timestamp()
    assert 3600 < left <= 3 * 3600 + 5
