"""Exports on the slides of the presentation from which a task was imported."""

import io
import random
import zipfile

import pptx
import pytest
from pptx.util import Inches

import pptx_check
from scenario import Supervisor, nodes
from test_export_annotations import exported
from test_imports import PPTX, picture, saved, text

SUBTASKS = "query($id: ID!) { task(id: $id) { subtasks(first: 9) { edges { node { id slideNumber } } } } }"
TASKS = "query($id: ID!) { project(id: $id) { tasks(first: 9) { edges { node { id } } } } }"
# Where each picture lies on its slide as a whole, with what is cropped, in inches.
WHOLE = {1: (1, 1.5, 6, 4.5), 2: (0, 1, 8, 4), 3: (5, 2, 2, 3)}


def storyboard() -> bytes:
    """A plain picture, a cropped one, one in a group that is half as large as its contents, and a slide without any."""
    deck = pptx.Presentation()
    for number in (1, 2, 3, 4):
        slide = deck.slides.add_slide(deck.slide_layouts[6])
        text(slide, f"絵コンテ {number}")
        if number == 1:
            slide.shapes.add_picture(picture("red"), Inches(1), Inches(1.5), Inches(6), Inches(4.5))
        if number == 2:
            cropped = slide.shapes.add_picture(picture("blue"), Inches(2), Inches(1), Inches(4), Inches(3))
            cropped.crop_left = cropped.crop_right = cropped.crop_bottom = 0.25
        if number == 3:
            group = slide.shapes.add_group_shape()
            group.shapes.add_picture(picture("green"), Inches(0), Inches(0), Inches(4), Inches(6))
            group.left, group.top, group.width, group.height = Inches(5), Inches(2), Inches(2), Inches(3)
    return saved(deck)


@pytest.fixture(scope="module")
def imported(supervisor) -> dict:
    """A task of that presentation, with a box at a place that chance chose on each picture."""
    person, source = Supervisor(supervisor), storyboard()
    project = person.project("原本への書き出し")
    deck = person.file(project, "第4話.pptx", PPTX, source, "DOCUMENT")
    person.import_events(person.run_import(project, {"tasks": {}}, [{"assetId": deck}]))
    [task] = nodes(supervisor.execute(TASKS, {"id": project})["project"]["tasks"])
    chance, boxes = random.Random(5), {}
    for subtask in nodes(supervisor.execute(SUBTASKS, {"id": task["id"]})["task"]["subtasks"]):
        box = (chance.uniform(0, 0.6), chance.uniform(0, 0.6), chance.uniform(0.1, 0.4), chance.uniform(0.1, 0.4))
        area = dict(zip(("x", "y", "width", "height"), box, strict=True))
        # What is said of the second picture goes on to further slides.
        words = "ここを直してください。" * (450 if subtask["slideNumber"] == 2 else 1)
        input = {"subtaskId": subtask["id"], "text": words, "shape": "RECTANGLE", "area": area}
        supervisor.mutate("createAnnotation", "annotation { id }", input)
        boxes[subtask["slideNumber"]] = box
    assert set(boxes) == {1, 2, 3}
    return {"project": project, "task": task["id"], "source": source, "boxes": boxes}


@pytest.fixture(scope="module")
def deck(supervisor, imported, tmp_path_factory):
    path = tmp_path_factory.mktemp("original") / "deck.pptx"
    exported(supervisor, path, imported["task"], options={"layout": "ORIGINAL_SLIDES"})
    return path


def test_each_box_lies_on_the_picture_of_the_original_slide(imported, deck):
    slides = {}
    for slide in pptx.Presentation(str(deck)).slides:
        [words] = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame][:1]
        slides[words] = slide
    for number, (x, y, width, height) in WHOLE.items():
        [group] = [shape for shape in slides[f"絵コンテ {number}"].shapes if shape.name == "Aimage Supervision"]
        shapes = {shape.name: shape for shape in group.shapes}
        box = imported["boxes"][number]
        want = (x + box[0] * width, y + box[1] * height, box[2] * width, box[3] * height)
        marker = shapes["Comment 1"]
        got = [value / Inches(1) for value in (marker.left, marker.top, marker.width, marker.height)]
        assert all(abs(a - b) < 0.01 for a, b in zip(got, want, strict=True)), (number, got, want)
        assert "ここを直してください" in shapes["Card C1"].text_frame.text
        ids = [shape.shape_id for shape in [*slides[f"絵コンテ {number}"].shapes, *group.shapes]]
        assert len(ids) == len(set(ids))
    assert all(shape.name != "Aimage Supervision" for shape in slides["絵コンテ 4"].shapes)


def test_nothing_else_of_the_file_changes(imported, deck):
    with zipfile.ZipFile(io.BytesIO(imported["source"])) as before, zipfile.ZipFile(deck) as after:
        changed = {name for name in before.namelist() if before.read(name) != after.read(name)}
        slides = {f"ppt/slides/slide{number}.xml" for number in (1, 2, 3)}
        lists = {"[Content_Types].xml", "ppt/presentation.xml", "ppt/_rels/presentation.xml.rels"}
        assert changed == slides | lists
        assert all(name.startswith("ppt/slides/") for name in set(after.namelist()) - set(before.namelist()))
        for name in slides:
            # What was there is there, in one piece but for the place of the group.
            old, new = before.read(name), after.read(name)
            start = next(index for index, (a, b) in enumerate(zip(old, new, strict=False)) if a != b)
            assert new.endswith(old[start:]) and new.startswith(old[:start])


def test_a_long_list_goes_on_behind_its_slide(supervisor, imported, deck, tmp_path):
    pptx_check.check_package(deck)
    slides = pptx_check.read_slides(deck)
    first = [slide.text.split("\n")[0] for slide in slides]
    assert first[0] == "絵コンテ 1" and first[1] == "絵コンテ 2" and first[-2:] == ["絵コンテ 3", "絵コンテ 4"]
    assert len(slides) > 4 and all("続き" in words for words in first[2:-2])
    pages = pptx_check.page_texts(pptx_check.to_pdf(deck, tmp_path))
    assert len(pages) == len(slides)
    assert "".join(pages).count("直し") >= 452


def test_a_task_without_a_presentation_has_no_original_slides(supervisor, imported):
    other = Supervisor(supervisor).task(imported["project"], "手作り")
    for tasks in ([other], [imported["task"], other]):
        input = {"taskIds": tasks, "options": {"layout": "ORIGINAL_SLIDES"}}
        payload = supervisor.payload("startExport", "export { id }", input)
        codes = [(each["field"], each["code"]) for each in payload["userErrors"]]
        assert (["input", "options", "layout"], "NO_ORIGINAL_SLIDES") in codes, codes
