"""Files in requests: the GraphQL multipart request specification, with foreign clients and byte by byte."""

import asyncio
import gzip
import hashlib
import json
import struct
import subprocess

import pytest
from gql import Client, FileVar, gql
from gql.transport.aiohttp import AIOHTTPTransport
from gql.transport.httpx import HTTPXTransport

from scenario import Supervisor
from wire import JSON, MODERN, PREFLIGHT, send

UPLOAD = """
mutation Upload($input: UploadFileInput!) {
  uploadFile(input: $input) {
    asset { id state fileName mediaType byteCount width height sha256 errorCode }
    userErrors { field code message }
  }
}
"""


@pytest.fixture(scope="module")
def project(supervisor) -> str:
    return Supervisor(supervisor).project("ファイル付きリクエスト")


def variables(project: str, file=None) -> dict:
    return {"input": {"projectId": project, "purpose": "SUBTASK_CONTENT", "file": file}}


class Form:
    """A multipart body, part by part."""

    boundary = "----form"

    def __init__(self, operations, map, *files: tuple[str, str, str, bytes]):
        def text(value) -> bytes:
            return value if isinstance(value, bytes) else json.dumps(value).encode()

        self.parts = []
        if operations is not None:
            self.parts.append((b'form-data; name="operations"', None, text(operations)))
        if map is not None:
            self.parts.append((b'form-data; name="map"', None, text(map)))
        for key, name, media_type, content in files:
            self.parts.append((f'form-data; name="{key}"; {name}'.encode(), media_type, content))

    @property
    def body(self) -> bytes:
        body = b""
        for disposition, media_type, content in self.parts:
            body += b"--" + self.boundary.encode() + b"\r\nContent-Disposition: " + disposition
            if media_type:
                body += b"\r\nContent-Type: " + media_type.encode()
            body += b"\r\n\r\n" + content + b"\r\n"
        return body + b"--" + self.boundary.encode() + b"--\r\n"

    def send(self, server, headers: dict[str, str], body: bytes | None = None):
        content_type = f"multipart/form-data; boundary={self.boundary}"
        return send(server, body=self.body if body is None else body,
                    headers=PREFLIGHT | {"Content-Type": content_type} | headers)


def form(project: str, content: bytes, name: str = 'filename="a.png"', media_type: str = "image/png") -> Form:
    return Form({"query": UPLOAD, "variables": variables(project)}, {"0": ["variables.input.file"]},
                ("0", name, media_type, content))


def check(payload: dict, path) -> None:
    """What became of a photograph: the same as over a signed URL."""
    assert payload["userErrors"] == []
    asset = payload["asset"]
    assert asset["state"] == "READY" and asset["byteCount"] == path.stat().st_size
    assert asset["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest() and asset["width"] > 0


@pytest.mark.parametrize("transport", [AIOHTTPTransport, HTTPXTransport])
def test_gql_sends_a_file(server, supervisor, photographs, project, transport):
    path = photographs["coffee"]
    chosen = transport(url=server.graphql_url, headers=supervisor.headers | PREFLIGHT)
    client = Client(transport=chosen, execute_timeout=30)
    request = gql(UPLOAD)
    request.variable_values = variables(project, FileVar(str(path), content_type="image/png"))
    if transport is HTTPXTransport:
        result = client.execute(request, upload_files=True)
    else:
        result = asyncio.run(client.execute_async(request, upload_files=True))
    check(result["uploadFile"], path)
    assert result["uploadFile"]["asset"]["fileName"].endswith("coffee.png")


def test_a_file_becomes_what_a_signed_url_makes_of_it(server, supervisor, photographs, project):
    path = photographs["rocket"]
    answer = form(project, path.read_bytes(), media_type="image/jpeg").send(server, supervisor.headers)
    assert answer.status == 200
    check(answer.json["data"]["uploadFile"], path)
    signed = supervisor.upload(project, path)
    made = answer.json["data"]["uploadFile"]["asset"]
    assert {name: made[name] for name in ("sha256", "width", "height", "mediaType")} == {
        name: signed[name] for name in ("sha256", "width", "height", "mediaType")}


@pytest.mark.parametrize(("parameter", "name"), [
    ('filename="C:\\\\pictures\\\\絵.png"', "絵.png"), ('filename="../../etc/絵 2.png"', "絵 2.png"),
    ("filename=\"x\"; filename*=UTF-8''%E7%B5%B5%203.png", "絵 3.png"),
])
def test_a_files_name_loses_its_folders(server, supervisor, photographs, project, parameter, name):
    answer = form(project, photographs["coffee"].read_bytes(), parameter).send(server, supervisor.headers)
    assert answer.json["data"]["uploadFile"]["asset"]["fileName"] == name


def test_two_files_and_one_file_twice(server, supervisor, photographs, project):
    query = """
    mutation($a: UploadFileInput!, $b: UploadFileInput!) {
      a: uploadFile(input: $a) { asset { fileName state } userErrors { message } }
      b: uploadFile(input: $b) { asset { fileName state } userErrors { message } }
    }"""
    content = photographs["coffee"].read_bytes()
    given = {"query": query, "variables": {"a": variables(project)["input"], "b": variables(project)["input"]}}
    two = Form(given, {"x": ["variables.a.file"], "y": ["variables.b.file"]},
               ("x", 'filename="1.png"', "image/png", content), ("y", 'filename="2.png"', "image/png", content))
    data = two.send(server, supervisor.headers).json["data"]
    assert [data["a"]["asset"]["fileName"], data["b"]["asset"]["fileName"]] == ["1.png", "2.png"]
    same = Form(given, {"x": ["variables.a.file", "variables.b.file"]}, ("x", 'filename="1.png"', "image/png", content))
    data = same.send(server, supervisor.headers).json["data"]
    assert data["a"]["asset"]["state"] == data["b"]["asset"]["state"] == "READY"


def test_faults_of_the_file_are_user_errors_of_the_file(server, supervisor, project, photographs):
    def problem(content: bytes, media_type: str = "image/png"):
        answer = form(project, content, media_type=media_type).send(server, supervisor.headers)
        payload = answer.json["data"]["uploadFile"]
        return payload["asset"], [(error["field"], error["code"]) for error in payload["userErrors"]]

    asset, errors = problem(b"no picture")
    assert asset["state"] == "FAILED" and errors == [(["input", "file"], "UPLOAD_TYPE")]
    assert problem(b"") == (None, [(["input", "file"], "UPLOAD_SIZE")])
    assert problem(b"ftyp", "image/heic") == (None, [(["input", "file"], "UPLOAD_TYPE")])
    asset, errors = problem(b"<svg", "image/svg+xml")
    assert asset["state"] == "FAILED" and errors == [(["input", "file"], "UPLOAD_UNREADABLE")]


PSD = b"8BPS" + struct.pack(">H6xHIIHHIII", 1, 3, 2, 4, 8, 3, 0, 0, 0) + struct.pack(">H", 0) + bytes(4 * 2 * 3)
EPS = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 72 36\n0 0 36 36 rectfill\n"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="5" height="3"><rect width="5" height="3"/></svg>'


@pytest.mark.parametrize(("announced", "content", "found"), [
    ("image/x-photoshop", PSD, ("image/vnd.adobe.photoshop", 4, 2)),
    ("application/postscript", EPS, ("application/postscript", 150, 75)),
    ("image/svg+xml", gzip.compress(SVG), ("image/svg+xml", 5, 3)),
])
def test_files_of_drawing_programs_are_pictures(server, supervisor, project, announced, content, found):
    answer = form(project, content, media_type=announced).send(server, supervisor.headers)
    payload = answer.json["data"]["uploadFile"]
    assert payload["userErrors"] == []
    asset = payload["asset"]
    assert (asset["mediaType"], asset["width"], asset["height"]) == found
    assert asset["state"] == "READY" and asset["sha256"] == hashlib.sha256(content).hexdigest()


def test_an_old_word_file_is_a_script(server, supervisor, project, tmp_path):
    (tmp_path / "a.txt").write_text("太郎「おはよう」\n", encoding="utf-8")
    subprocess.run(["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "doc",
                    "--outdir", str(tmp_path), str(tmp_path / "a.txt")], check=True, timeout=120, capture_output=True)
    content = (tmp_path / "a.doc").read_bytes()
    answer = form(project, content, media_type="application/msword").send(server, supervisor.headers)
    payload = answer.json["data"]["uploadFile"]
    assert payload["userErrors"] == [] and payload["asset"]["state"] == "READY"
    assert payload["asset"]["mediaType"] == "application/msword"
    assert payload["asset"]["sha256"] == hashlib.sha256(content).hexdigest()


def test_a_query_without_files_may_be_multipart(server):
    answer = Form({"query": "{ __typename }"}, {}).send(server, {})
    assert answer.status == 200 and answer.json == {"data": {"__typename": "Query"}}


def test_a_file_that_nobody_asked_for_is_passed_over(server):
    answer = Form({"query": "{ __typename }"}, {}, ("9", 'filename="x"', "text/plain", b"x" * 100_000)).send(server, {})
    assert answer.status == 200


FILE = ("0", 'filename="a.png"', "image/png", b"x")
OPERATIONS = {"query": "query($f: String) { __typename }", "variables": {"f": None, "s": "x"}}


@pytest.mark.parametrize("parts", [
    pytest.param(Form(None, {}), id="operations are missing"),
    pytest.param(Form(OPERATIONS, None), id="the map is missing"),
    pytest.param(Form(OPERATIONS, None, FILE), id="a file before the map"),
    pytest.param(Form(b"{", {}), id="operations are no JSON"),
    pytest.param(Form(OPERATIONS, b"{"), id="the map is no JSON"),
    pytest.param(Form(OPERATIONS, []), id="the map is a list"),
    pytest.param(Form(OPERATIONS, {"0": "variables.f"}, FILE), id="a path is no list"),
    pytest.param(Form(OPERATIONS, {"0": ["variables.g"]}, FILE), id="a path leads nowhere"),
    pytest.param(Form(OPERATIONS, {"0": ["variables.s"]}, FILE), id="a path leads to a value"),
    pytest.param(Form(OPERATIONS, {"0": ["variables.f"]}), id="a file was not sent"),
    pytest.param(Form(OPERATIONS, {str(n): ["variables.f"] for n in range(11)}), id="too many files"),
    pytest.param(Form(OPERATIONS, {"0": ["variables.f"] * 101}, FILE), id="too many paths"),
    pytest.param(Form(json.dumps(OPERATIONS).encode() + b" " * (1 << 20), {}), id="operations are too long"),
])
def test_a_form_that_is_wrong_is_400(server, parts):
    answer = parts.send(server, {})
    assert answer.status == 400 and "data" not in answer.json


def test_a_body_that_breaks_off_is_400(server):
    whole = Form({"query": "{ __typename }"}, {})
    assert whole.send(server, {}, whole.body[:-8]).status == 400
    assert whole.send(server, {}, b"").status == 400


@pytest.mark.parametrize("content_type", [
    "multipart/form-data", "multipart/form-data; boundary=", f"multipart/form-data; boundary={'x' * 71}"])
def test_a_boundary_that_is_none_is_400(server, content_type):
    assert send(server, body=b"x", headers=PREFLIGHT | {"Content-Type": content_type}).status == 400


def test_a_file_that_is_too_large_is_413_and_leaves_nothing(server, supervisor, project):
    answer = form(project, bytes(10_000_001)).send(server, supervisor.headers)
    assert answer.status == 413
    assert list((server.data / "temporary").iterdir()) == []


def test_a_bad_token_is_401_before_a_file_is_written(server, project):
    assert form(project, b"x").send(server, {"Authorization": "Bearer x"}).status == 401


def test_a_file_for_a_project_of_others_is_not_taken(server, stranger, project, photographs):
    before = server.rows("select count(*) from assets")
    answer = form(project, photographs["coffee"].read_bytes()).send(server, stranger.headers | {"Accept": JSON})
    assert answer.code == "NOT_FOUND" and server.rows("select count(*) from assets") == before


def test_a_text_in_the_place_of_a_file_is_no_file(server, supervisor, project):
    answer = send(server, body={"query": UPLOAD, "variables": variables(project, "/etc/passwd")},
                  headers=supervisor.headers | {"Accept": MODERN})
    assert answer.code == "BAD_USER_INPUT"


def test_the_statuses_are_those_of_other_requests(server):
    invalid = Form({"query": "{ nothing }"}, {})
    assert invalid.send(server, {"Accept": MODERN}).status == 422
    assert invalid.send(server, {"Accept": JSON}).status == 200
    assert invalid.send(server, {"Accept": "text/event-stream"}).status == 406


def test_a_form_without_a_field_that_makes_browsers_ask_is_refused(server):
    """A page of another site could send it: it is a "simple" request."""
    whole = Form({"query": "{ __typename }"}, {})
    answer = send(server, body=whole.body, headers={"Content-Type": f"multipart/form-data; boundary={whole.boundary}"})
    assert answer.status == 400 and answer.code == "CSRF_PREVENTED"


def test_a_form_may_hold_a_batch(new_server):
    instance = new_server("--batching", "2").start()
    answer = Form([{"query": "{ __typename }"}, {"query": "{ a: __typename }"}], {}).send(instance, {})
    assert answer.json == [{"data": {"__typename": "Query"}}, {"data": {"a": "Query"}}]
