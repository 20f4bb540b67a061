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


def test_pictures_embedded_in_a_pdf_are_chosen_for_the_registry(supervisor, project, photographs):
    person = Supervisor(supervisor)
    file = io.BytesIO()
    with Image.open(photographs["coffee"]) as coffee, Image.open(photographs["chelsea"]) as cat:
        pages = [coffee.convert("RGB"), cat.convert("RGB"), coffee.convert("RGB")]
        pages[0].save(file, "PDF", save_all=True, append_images=pages[1:])
        sizes = [pages[0].size, pages[1].size]
    id = person.document(project, "写真.pdf", "application/pdf", file.getvalue())
    query = """query($id: ID!) { node(id: $id) { ... on Document {
      pictures { totalCount edges { node { id pageNumber name asset { id width height url thumbnailUrl } } } }
      pages(first: 5) { edges { node { picturesSkipped } } }
    } } }"""
    document = supervisor.execute(query, {"id": id})["node"]
    pictures = nodes(document["pictures"])
    assert [(each["asset"]["width"], each["asset"]["height"]) for each in pictures] == sizes
    assert [each["pageNumber"] for each in pictures] == [1, 2]
    assert [each["name"] for each in pictures] == ["写真.pdf (p.1-1)", "写真.pdf (p.2-1)"]
    # The third page shows the first picture again.
    assert [each["picturesSkipped"] for each in nodes(document["pages"])] == [0, 0, 1]
    small = Image.open(io.BytesIO(supervisor.session.get(pictures[1]["asset"]["thumbnailUrl"], timeout=30).content))
    assert small.format == "JPEG" and max(small.size) == min(480, max(cat.size))
    [item] = supervisor.mutate(
        "createItemsFromDocument", "items { asset { id } documentPicture { id pageNumber document { id } } }",
        {"documentId": id, "pictureIds": [pictures[1]["id"]], "tags": ["写真"]})["items"]
    assert item["asset"]["id"] == pictures[1]["asset"]["id"]
    assert item["documentPicture"] == {"id": pictures[1]["id"], "pageNumber": 2, "document": {"id": id}}


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
