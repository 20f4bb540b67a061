"""Documents of projects: read by a worker, page by page, and used as reference pictures."""

import io

import pytest
from PIL import Image

from scenario import Supervisor, nodes


@pytest.fixture(scope="module")
def project(supervisor) -> str:
    return Supervisor(supervisor).project("資料")


def pdf(*colors: str) -> bytes:
    """A PDF file by a foreign program, a page of one colour each."""
    pages = [Image.new("RGB", (300, 200), color) for color in colors]
    file = io.BytesIO()
    pages[0].save(file, "PDF", save_all=True, append_images=pages[1:])
    return file.getvalue()


DOCUMENT = """
query($id: ID!) {
  node(id: $id) { ... on Document {
    kind name status pagesTotal pagesDone errorCode asset { url mediaType }
    pages(first: 10) { totalCount edges { node { id number text picture { id url width } } } }
  } }
}
"""


def test_a_pdf_becomes_pages_whose_pictures_go_into_the_registry(supervisor, project):
    person = Supervisor(supervisor)
    id = person.document(project, "設定.pdf", "application/pdf", pdf("red", "blue", "green"))
    told = person.document_events(id)
    assert [event["status"] for event in told][0] == "PENDING" and told[-1]["status"] == "COMPLETED"
    assert told[-1]["pagesDone"] == told[-1]["pagesTotal"] == 3
    assert person.document_events(id, after=told[-2]["eventId"]) == told[-1:]
    document = supervisor.execute(DOCUMENT, {"id": id})["node"]
    assert document["kind"] == "PDF" and document["name"] == "設定.pdf" and document["pages"]["totalCount"] == 3
    pages = nodes(document["pages"])
    for page, color in zip(pages, [(254, 0, 0), (0, 0, 254), (0, 128, 0)]):
        picture = Image.open(io.BytesIO(supervisor.session.get(page["picture"]["url"], timeout=30).content))
        assert picture.width == page["picture"]["width"] == 1600
        middle = picture.convert("RGB").getpixel((800, 500))
        assert max(abs(a - b) for a, b in zip(middle, color)) < 8
    item = supervisor.mutate(
        "createItem", "item { documentPage { id document { id } } }",
        {"projectId": project, "assetId": pages[1]["picture"]["id"]})["item"]
    assert item["documentPage"] == {"id": pages[1]["id"], "document": {"id": id}}
    assert supervisor.session.get(document["asset"]["url"], timeout=30).content.startswith(b"%PDF-")


def test_a_damaged_pdf_says_why_and_a_deleted_one_comes_back(supervisor, project):
    person = Supervisor(supervisor)
    id = person.document(project, "壊れた.pdf", "application/pdf", b"%PDF-1.7\nnothing\n%%EOF\n")
    document = supervisor.execute(DOCUMENT, {"id": id})["node"]
    assert (document["status"], document["errorCode"], document["pages"]["totalCount"]) == ("FAILED", "UNREADABLE", 0)
    assert supervisor.mutate("deleteDocument", "deletedDocumentId", {"documentId": id})["deletedDocumentId"] == id
    assert supervisor.execute(DOCUMENT, {"id": id}) == {"node": None}
    restored = supervisor.mutate("restoreDocument", "document { status }", {"documentId": id})
    assert restored["document"] == {"status": "FAILED"}


def test_what_is_no_document_is_refused_whatever_its_name(supervisor, project):
    created = supervisor.execute(
        """mutation($input: CreateUploadInput!) { createUpload(input: $input) {
          ticket { url method headers { name value } asset { id } } userErrors { code } } }""",
        {"input": {"projectId": project, "purpose": "DOCUMENT", "fileName": "a.pdf", "mediaType": "application/pdf",
                   "byteCount": 20}})["createUpload"]
    supervisor.put(created["ticket"], b"<svg onload=alert(1)>"[:20])
    refused = supervisor.complete_upload(created["ticket"]["asset"]["id"])
    assert [error["code"] for error in refused["userErrors"]] == ["UPLOAD_TYPE"]
    assert refused["asset"]["state"] == "FAILED"
