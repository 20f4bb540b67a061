"""Exports with what people wrote and drew: every mark at its place, whatever the picture's proportions."""

import random

import pptx
import pytest
import requests
from PIL import Image
from pptx.enum.shapes import MSO_SHAPE, MSO_SHAPE_TYPE

import pptx_check
from scenario import Supervisor

SIZES = {"横長": (1600, 400), "縦長": (300, 1200), "極小": (3, 2), "普通": (640, 480)}
ANNOTATION = "annotation { id }"


@pytest.fixture(scope="module")
def annotated(supervisor, tmp_path_factory) -> dict:
    """A task with a picture of each size, each with marks of every kind at places that chance chose."""
    person, folder = Supervisor(supervisor), tmp_path_factory.mktemp("annotated")
    project = person.project("書き出し 注釈")
    task = person.task(project, "第2話 <修正> & 確認")
    chance, marks = random.Random(31), {}
    for name, size in SIZES.items():
        path = folder / f"{size[0]}x{size[1]}.png"
        Image.new("RGB", size, (240, 240, 230)).save(path)
        subtask = person.subtask(project, task, name, path)
        marks[name] = [annotate(supervisor, subtask, kind, size, chance) for kind in KINDS]
        solved = annotate(supervisor, subtask, "RECTANGLE", size, chance, "解決済みの件")
        supervisor.mutate("setAnnotationSolved", ANNOTATION, {"annotationId": solved["id"], "isSolved": True})
    return {"project": project, "task": task, "marks": marks}


def annotate(supervisor, subtask: str, kind: str, size, chance, text: str | None = None) -> dict:
    """Draws one mark, and gives its kind and place as fractions of the picture."""
    x, y = chance.uniform(0, 0.7), chance.uniform(0, 0.7)
    width, height = chance.uniform(0.05, 0.3), chance.uniform(0.05, 0.3)
    input = {"subtaskId": subtask, "text": text or f"{kind} の指摘。" + "ここを直してください。" * 6, "shape": kind}
    if kind in DRAWINGS:
        input["drawing"] = DRAWINGS[kind](x * size[0], y * size[1], width * size[0], height * size[1])
    else:
        input["area"] = {"x": x, "y": y, "width": width, "height": height}
    id = supervisor.mutate("createAnnotation", ANNOTATION, input)["annotation"]["id"]
    return {"id": id, "kind": kind, "text": input["text"], "place": (x, y, width, height)}


DRAWINGS = {
    "ARROW": lambda x, y, w, h: {"objects": [{"type": "line", "x1": x + w, "y1": y, "x2": x, "y2": y + h}]},
    "FREEHAND": lambda x, y, w, h: {"objects": [{"type": "path", "stroke": "#00aa00", "strokeWidth": 2, "path": [
        ["M", x, y], ["L", x + w, y + h / 2], ["Q", x + w / 2, y + h / 2, x + w / 2, y + h]]}]},
}
KINDS = ("RECTANGLE", "CIRCLE", "ARROW", "TEXT", "FREEHAND")


def exported(supervisor, path, *tasks: str, **request):
    """Exports some tasks, waits for the file, writes it to a path, and gives the answer of the download."""
    person = Supervisor(supervisor)
    export = person.start_export(*tasks, **request)
    assert person.export_events(export)[-1]["status"] == "COMPLETED"
    query = "query($id: ID!) { export(id: $id) { asset { url } } }"
    response = requests.get(supervisor.execute(query, {"id": export})["export"]["asset"]["url"], timeout=60)
    assert response.status_code == 200
    path.write_bytes(response.content)
    return response


def test_each_mark_lies_on_its_picture_where_it_was_drawn(supervisor, annotated, tmp_path):
    path = tmp_path / "deck.pptx"
    exported(supervisor, path, annotated["task"])
    pptx_check.check_package(path)
    slides = [slide for slide in pptx.Presentation(str(path)).slides
              if any(shape.name.startswith("Picture") for shape in slide.shapes)]
    assert [slide.shapes.title.text_frame.text for slide in slides] == list(SIZES)
    for slide, name in zip(slides, SIZES, strict=True):
        picture = next(shape for shape in slide.shapes if shape.name.startswith("Picture"))
        width, height = SIZES[name]
        assert abs(picture.width / picture.height / (width / height) - 1) < 0.01
        shapes = {shape.name: shape for shape in slide.shapes}
        for number, mark in enumerate(annotated["marks"][name], 1):
            shape = shapes[f"Comment {number}"]
            frame = pptx_check.Rectangle(shape.left, shape.top, shape.width, shape.height)
            on = pptx_check.Rectangle(picture.left, picture.top, picture.width, picture.height)
            assert frame.is_inside(on)
            for got, want in zip(frame.relative_to(on), mark["place"], strict=True):
                assert abs(got - want) < 0.01, (name, mark, frame.relative_to(on))
            assert KIND_CHECKS[mark["kind"]](shape), (name, mark["kind"])
            assert shapes[f"Comment {number} label"].text_frame.text == f"C{number}"
        assert "Comment 6" not in shapes, "solved ones are left out"


def is_line(shape) -> bool:
    """Whether an arrow goes from the upper right to the lower left, as it was drawn."""
    return shape.shape_type == MSO_SHAPE_TYPE.LINE and shape.begin_x > shape.end_x and shape.begin_y < shape.end_y


KIND_CHECKS = {
    "RECTANGLE": lambda shape: shape.auto_shape_type == MSO_SHAPE.RECTANGLE,
    "CIRCLE": lambda shape: shape.auto_shape_type == MSO_SHAPE.OVAL,
    "ARROW": is_line,
    "TEXT": lambda shape: shape.text_frame.text.startswith("TEXT"),
    "FREEHAND": lambda shape: shape.shape_type == MSO_SHAPE_TYPE.FREEFORM,
}


def test_solved_annotations_are_there_if_asked_for(supervisor, annotated, tmp_path):
    path = tmp_path / "deck.pptx"
    exported(supervisor, path, annotated["task"], options={"hasSolvedAnnotations": True})
    text = "\n".join(slide.text for slide in pptx_check.read_slides(path))
    assert text.count("解決済みの件") == len(SIZES)
    exported(supervisor, path, annotated["task"], options={"hasAnnotations": False})
    assert "の指摘。" not in "\n".join(slide.text for slide in pptx_check.read_slides(path))


def test_several_tasks_are_one_deck_with_a_title_each(supervisor, annotated, tmp_path):
    other = Supervisor(supervisor).task(annotated["project"], "第3話")
    path = tmp_path / "deck.pptx"
    response = exported(supervisor, path, other, annotated["task"])
    slides = pptx_check.read_slides(path)
    titles = [slide.title for slide in slides]
    assert titles[0] == "第3話" and titles[1] == "第2話 <修正> & 確認"
    assert [row[2] for slide in slides for row in slide.statuses[1:]] == list(SIZES)
    # 書き出し, the project's name.
    assert "filename*=UTF-8''%E6%9B%B8%E3%81%8D%E5%87%BA%E3%81%97" in response.headers["Content-Disposition"]


def test_a_key_that_was_used_for_something_else_is_refused(supervisor, annotated):
    input = {"taskIds": [annotated["task"]], "requestKey": "0e7c2f5e-3d0b-4c55-8e36-a1f0a8a3a777"}
    supervisor.mutate("startExport", "export { id }", input)
    payload = supervisor.payload("startExport", "export { id }", input | {"options": {"hasFindings": False}})
    assert [(each["field"], each["code"]) for each in payload["userErrors"]] == [(["input", "requestKey"], "CONFLICT")]
