"""Exports on the slides of the presentation from which a task was imported, in both variants of the format."""

import io
import random
import re
import zipfile

import pptx
import pytest
from pptx.util import Inches

import pptx_check
from scenario import Supervisor, nodes
from test_export_annotations import exported
from test_imports import PPTX, picture, saved, text

SUBTASKS = "query($id: ID!) { task(id: $id) { subtasks(first: 50) { edges { node { id slideNumber } } } } }"
TASKS = "query($id: ID!) { project(id: $id) { tasks(first: 9) { edges { node { id } } } } }"
# Where each picture lies on its slide as a whole, with what is cropped, in inches.
WHOLE = {1: (1, 1.5, 6, 4.5), 2: (0, 1, 8, 4), 3: (5, 2, 2, 3)}
# The namespaces of the strict variant, by those of the usual one.
STRICT = {
    "http://schemas.openxmlformats.org/presentationml/2006/main": "http://purl.oclc.org/ooxml/presentationml/main",
    "http://schemas.openxmlformats.org/drawingml/2006/main": "http://purl.oclc.org/ooxml/drawingml/main",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships":
        "http://purl.oclc.org/ooxml/officeDocument/relationships",
    "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties":
        "http://purl.oclc.org/ooxml/officeDocument/extendedProperties",
}


def rewritten(deck: bytes, change) -> bytes:
    """The presentation with the text of each part changed by a function."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(deck)) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, change(data.decode()).encode() if name.endswith((".xml", ".rels")) else data)
    return file.getvalue()


def strict(deck: bytes) -> bytes:
    """The presentation in the strict variant, as programs write it: other names, and percentages with their sign."""
    def change(text: str) -> str:
        for usual, name in STRICT.items():
            text = text.replace(usual, name)
        text = text.replace("<p:presentation ", '<p:presentation conformance="strict" ')
        crop = re.compile(r"<a:srcRect[^>]*>")
        return crop.sub(lambda tag: re.sub(r'"(\d+)"', lambda share: f'"{int(share[1]) / 1000}%"', tag[0]), text)
    return rewritten(deck, change)


def usual(deck: bytes) -> bytes:
    """The presentation in the variant that python-pptx reads."""
    def change(text: str) -> str:
        for usual, name in STRICT.items():
            text = text.replace(name, usual)
        return text
    return rewritten(deck, change)


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


def imported_task(supervisor, source: bytes) -> tuple[str, str, dict[int, str]]:
    """A project with a task of a presentation, and the materials of the task by the numbers of their slides."""
    person = Supervisor(supervisor)
    project = person.project("原本への書き出し")
    deck = person.file(project, "第4話.pptx", PPTX, source, "DOCUMENT")
    person.import_events(person.run_import(project, {"tasks": {}}, [{"assetId": deck}]))
    [task] = nodes(supervisor.execute(TASKS, {"id": project})["project"]["tasks"])
    subtasks = nodes(supervisor.execute(SUBTASKS, {"id": task["id"]})["task"]["subtasks"])
    return project, task["id"], {each["slideNumber"]: each["id"] for each in subtasks}


@pytest.fixture(scope="module", params=["transitional", "strict"])
def imported(supervisor, request) -> dict:
    """A task of that presentation, with a box at a place that chance chose and a picture attached on each picture."""
    person, source = Supervisor(supervisor), storyboard()
    if request.param == "strict":
        source = strict(source)
    project, task, subtasks = imported_task(supervisor, source)
    chance, boxes, attached = random.Random(5), {}, {}
    for slide, subtask in subtasks.items():
        box = (chance.uniform(0, 0.6), chance.uniform(0, 0.6), chance.uniform(0.1, 0.4), chance.uniform(0.1, 0.4))
        area = dict(zip(("x", "y", "width", "height"), box, strict=True))
        # What is said of the second picture goes on to further slides.
        words = "ここを直してください。" * (450 if slide == 2 else 1)
        attached[slide] = picture("orange", 300 + slide, 200).getvalue()
        attachment = person.file(project, "例.png", "image/png", attached[slide], "SUBTASK_CONTENT")
        input = {"subtaskId": subtask, "text": words, "shape": "RECTANGLE", "area": area, "attachmentId": attachment}
        supervisor.mutate("createAnnotation", "annotation { id }", input)
        boxes[slide] = box
    assert set(boxes) == {1, 2, 3}
    return {
        "project": project, "task": task, "source": source, "boxes": boxes, "attached": attached,
        "variant": request.param,
    }


@pytest.fixture(scope="module")
def deck(supervisor, imported, tmp_path_factory):
    path = tmp_path_factory.mktemp("original") / "deck.pptx"
    exported(supervisor, path, imported["task"], options={"layout": "ORIGINAL_SLIDES"})
    return path


@pytest.fixture(scope="module")
def readable(deck):
    """The same in the variant that python-pptx reads."""
    path = deck.with_name("readable.pptx")
    path.write_bytes(usual(deck.read_bytes()))
    return path


def test_the_file_stays_in_its_variant(imported, deck):
    with zipfile.ZipFile(deck) as package:
        for name in package.namelist():
            if name.endswith((".xml", ".rels")):
                text = package.read(name).decode()
                foreign = STRICT if imported["variant"] == "strict" else STRICT.values()
                assert not [each for each in foreign if each in text], name
                if imported["variant"] == "strict" and "aimage" in name:
                    assert not re.search(r'lim="\d+"', text), "a percentage has its sign"


def test_each_box_lies_on_the_picture_of_the_original_slide(imported, readable):
    slides = {}
    for slide in pptx.Presentation(str(readable)).slides:
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


def test_attached_pictures_are_small_in_the_card_of_what_they_belong_to(imported, readable):
    found = {}
    for place, slide in enumerate(pptx.Presentation(str(readable)).slides, 1):
        shapes = [*slide.shapes, *(inner for shape in slide.shapes for inner in getattr(shape, "shapes", []))]
        cards = [shape for shape in shapes if shape.name == "Card C1"]
        for shape in shapes:
            if not shape.name.startswith("Attachment"):
                continue
            found[shape.image.blob] = place
            assert shape.height <= Inches(1.5)
            assert abs(shape.width / shape.height / (shape.image.size[0] / shape.image.size[1]) - 1) < 0.01
            frame = pptx_check.Rectangle(shape.left, shape.top, shape.width, shape.height)
            assert any(frame.is_inside(pptx_check.Rectangle(each.left, each.top, each.width, each.height))
                       for each in cards)
    attached = imported["attached"]
    assert set(found) == set(attached.values())
    assert found[attached[1]] == 1 and found[attached[2]] > 2, "on its slide, and on one that goes on behind it"


def test_nothing_else_of_the_file_changes(imported, deck):
    with zipfile.ZipFile(io.BytesIO(imported["source"])) as before, zipfile.ZipFile(deck) as after:
        changed = {name for name in before.namelist() if before.read(name) != after.read(name)}
        slides = {f"ppt/slides/slide{number}.xml" for number in (1, 2, 3)}
        lists = {"[Content_Types].xml", "ppt/presentation.xml", "ppt/_rels/presentation.xml.rels"}
        references = {f"ppt/slides/_rels/slide{number}.xml.rels" for number in (1, 3)}
        assert changed == slides | lists | references
        added = set(after.namelist()) - set(before.namelist())
        assert all(name.startswith(("ppt/slides/", "ppt/media/")) for name in added)
        for name in slides:
            # What was there is there, in one piece but for the place of the group.
            old, new = before.read(name), after.read(name)
            start = next(index for index, (a, b) in enumerate(zip(old, new, strict=False)) if a != b)
            assert new.endswith(old[start:]) and new.startswith(old[:start])


def test_a_long_list_goes_on_behind_its_slide(imported, deck, readable, tmp_path):
    pptx_check.check_package(readable)
    slides = pptx_check.read_slides(readable)
    first = [slide.text.split("\n")[0] for slide in slides]
    assert first[0] == "絵コンテ 1" and first[1] == "絵コンテ 2" and first[-2:] == ["絵コンテ 3", "絵コンテ 4"]
    assert len(slides) > 4 and all("続き" in words for words in first[2:-2])
    pages = pptx_check.page_texts(pptx_check.to_pdf(deck, tmp_path))
    assert len(pages) == len(slides)
    assert "".join(pages).count("直") == 452, "nothing is cut"


def test_a_task_without_a_presentation_has_no_original_slides(supervisor, imported):
    other = Supervisor(supervisor).task(imported["project"], "手作り")
    for tasks in ([other], [imported["task"], other]):
        input = {"taskIds": tasks, "options": {"layout": "ORIGINAL_SLIDES"}}
        payload = supervisor.payload("startExport", "export { id }", input)
        codes = [(each["field"], each["code"]) for each in payload["userErrors"]]
        assert (["input", "options", "layout"], "NO_ORIGINAL_SLIDES") in codes, codes
