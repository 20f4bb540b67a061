"""What a supervisor does, step by step, over plain HTTP: for tests about something else than these steps."""

import dataclasses
import pathlib

from PIL import Image

from api import Api

REVIEW_EVENTS = """
subscription($reviewId: ID!, $after: ID) {
  reviewProgress(reviewId: $reviewId, after: $after) {
    __typename eventId occurredAt
    ... on ReviewStatusChanged { reviewStatus: status }
    ... on ReviewOutcomeChanged {
      outcomeStatus: status outcomesFinished outcomesTotal outcome { id rpdVersion { id rpd { id kind } } }
    }
    ... on ReviewFindingStored { finding { ...F } }
  }
}
"""
FINDING = """
fragment F on Finding {
  id description severity suggestion tag confidence method createdAt
  area { x y width height imageWidth imageHeight normalized { x y width height } }
  outcome { id } rpdVersion { id }
}
"""
WATCH_REVIEW = REVIEW_EVENTS + FINDING

REVIEW = """
query($id: ID!) {
  review(id: $id) {
    id status isLatest version errorCode progress { outcomesTotal outcomesFinished findingCount }
    outcomes(first: 100) {
      edges { node { id position status errorCode errorMessage rpdVersion { id rpd { id kind } } } }
    }
    findings(first: 100) { edges { node { ...F } } totalCount }
  }
}
""" + FINDING

WATCH_EXPORT = """
subscription($exportId: ID!, $after: ID) {
  exportProgress(exportId: $exportId, after: $after) { eventId status slidesDone slidesTotal export { id } }
}
"""

WATCH_IMPORT = """
subscription($importId: ID!, $after: ID) {
  importProgress(importId: $importId, after: $after) {
    eventId status counts { total processed succeeded failed cancelled }
    items { position name folder status madeCount skippedCount errorCode errorMessage warnings { code slideNumber message } task { id name } items { id } }
  }
}
"""
WATCH_DOCUMENT = """
subscription($documentId: ID!, $after: ID) {
  documentProgress(documentId: $documentId, after: $after) { eventId status pagesDone pagesTotal document { id } }
}
"""

KINDS = ("VISUAL_REVIEW", "COPYRIGHT_REVIEW", "GENERAL_NG_REVIEW", "SETTINGS_REVIEW", "DESIGN_REVIEW", "TEXT_REVIEW")
# What ends the check of one review point.
OUTCOME_ENDS = ("OK", "SKIPPED_IRRELEVANT", "ERROR", "TIMEOUT", "CANCELLED")


@dataclasses.dataclass(frozen=True)
class Box:
    """A rectangle in a picture, in pixels."""

    x: int
    y: int
    width: int
    height: int

    @property
    def area(self) -> int:
        return self.width * self.height

    def overlap(self, other: "Box") -> float:
        """Intersection over union: 1 for the same place, 0 for places that do not touch."""
        width = min(self.x + self.width, other.x + other.width) - max(self.x, other.x)
        height = min(self.y + self.height, other.y + other.height) - max(self.y, other.y)
        shared = max(width, 0) * max(height, 0)
        return shared / (self.area + other.area - shared)


def crop(path: pathlib.Path, box: Box, folder: pathlib.Path) -> pathlib.Path:
    """A part of a picture as a file of its own."""
    part = folder / f"{path.stem}-{box.x}-{box.y}-{box.width}x{box.height}.png"
    with Image.open(path) as picture:
        picture.convert("RGB").crop((box.x, box.y, box.x + box.width, box.y + box.height)).save(part)
    return part


def enlarged(path: pathlib.Path, width: int, folder: pathlib.Path) -> pathlib.Path:
    """A picture with more pixels, as a JPEG."""
    target = folder / f"{path.stem}-{width}.jpg"
    with Image.open(path) as picture:
        height = round(picture.height * width / picture.width)
        picture.convert("RGB").resize((width, height), Image.Resampling.LANCZOS).save(target, quality=92)
    return target


class Supervisor:
    """A person who sets projects up and reviews pictures."""

    def __init__(self, api: Api):
        self.api = api

    def organization(self) -> str:
        """The company of which the person is a member."""
        page = self.api.execute("{ viewer { organizations(first: 1) { edges { node { id } } } } }")
        return page["viewer"]["organizations"]["edges"][0]["node"]["id"]

    def project(self, name: str) -> str:
        input = {"organizationId": self.organization(), "name": name}
        return self.api.mutate("createProject", "project { id }", input)["project"]["id"]

    def rpd(self, project_id: str, kind: str, title: str, references=(), **content) -> str:
        """Makes a review point, with reference pictures from files."""
        assets = [self.api.upload(project_id, path, "RPD_REFERENCE")["id"] for path in references]
        if kind == "GENERAL_NG_REVIEW":
            content = {"ngSubcategory": "CONCRETE_SHAPE"} | content
        input = {
            "projectId": project_id, "kind": kind,
            "content": {"title": title, "referenceAssetIds": assets} | content,
        }
        return self.api.mutate("createRpd", "rpd { id }", input)["rpd"]["id"]

    def task(self, project_id: str, name: str, **fields) -> str:
        input = {"projectId": project_id, "name": name} | fields
        return self.api.mutate("createTask", "task { id }", input)["task"]["id"]

    def file(self, project_id: str, name: str, media_type: str, content: bytes, purpose: str) -> str:
        """Uploads a file all the way and gives the asset's identifier."""
        path = pathlib.Path(name)
        created = self.api.create_upload(
            project_id, path, purpose, mediaType=media_type, byteCount=len(content), fileName=name)
        asset = created["ticket"]["asset"]["id"]
        assert self.api.put(created["ticket"], content).status_code in (200, 201, 204)
        assert self.api.complete_upload(asset)["userErrors"] == []
        return asset

    def document(self, project_id: str, name: str, media_type: str, content: bytes) -> str:
        """Uploads a document, enters it, waits until it has been read, and gives its identifier."""
        asset = self.file(project_id, name, media_type, content, "DOCUMENT")
        made = self.api.mutate("createDocument", "document { id }", {"projectId": project_id, "assetId": asset})
        id = made["document"]["id"]
        self.document_events(id)
        return id

    def document_events(self, document_id: str, after: str | None = None) -> list[dict]:
        """All events of the reading of a document until its last, which is waited for."""
        data = self.api.events(WATCH_DOCUMENT, {"documentId": document_id, "after": after})
        return [event["documentProgress"] for event in data]

    def run_import(self, project_id: str, target: dict, files: list[dict]) -> str:
        """Imports files, waits until all have ended, and gives the import's identifier."""
        input = {"projectId": project_id, "target": target, "files": files}
        id = self.api.mutate("startImport", "import { id }", input)["import"]["id"]
        self.import_events(id)
        return id

    def import_events(self, import_id: str, after: str | None = None, seconds: float = 120) -> list[dict]:
        """All events of an import until its last, which is waited for."""
        data = self.api.events(WATCH_IMPORT, {"importId": import_id, "after": after}, seconds)
        return [event["importProgress"] for event in data]

    def subtask(self, project_id: str, task_id: str, name: str, path: pathlib.Path) -> str:
        asset = self.api.upload(project_id, path)
        input = {"taskId": task_id, "name": name, "assetId": asset["id"]}
        return self.api.mutate("createSubtask", "subtask { id }", input)["subtask"]["id"]

    def start_review(self, subtask_id: str, rpd_ids: list[str], mode: str = "SPEED") -> str:
        input = {"subtaskId": subtask_id, "selection": {"rpdIds": rpd_ids}, "mode": mode}
        return self.api.mutate("startReview", "review { id }", input)["review"]["id"]

    def review_events(self, review_id: str, after: str | None = None, seconds: float = 120) -> list[dict]:
        """All events of a review until its last, which is waited for."""
        data = self.api.events(WATCH_REVIEW, {"reviewId": review_id, "after": after}, seconds)
        return [event["reviewProgress"] for event in data]

    def review(self, review_id: str) -> dict:
        """A review as a query tells it."""
        return self.api.execute(REVIEW, {"id": review_id})["review"]

    def run_review(self, subtask_id: str, rpd_ids: list[str]) -> dict:
        """Starts a review, waits for its end, which must be good, and gives it as a query tells it."""
        review_id = self.start_review(subtask_id, rpd_ids)
        self.review_events(review_id)
        review = self.review(review_id)
        assert review["status"] == "COMPLETED", review
        return review

    def start_export(self, *task_ids: str, **request) -> str:
        return self.api.mutate("startExport", "export { id }", {"taskIds": task_ids, **request})["export"]["id"]

    def export_events(self, export_id: str, after: str | None = None, seconds: float = 120) -> list[dict]:
        """All events of an export until its last, which is waited for."""
        data = self.api.events(WATCH_EXPORT, {"exportId": export_id, "after": after}, seconds)
        return [event["exportProgress"] for event in data]


def nodes(connection: dict) -> list[dict]:
    """The objects on a page."""
    return [edge["node"] for edge in connection["edges"]]
