"""Reads an exported presentation with programs that we did not write: python-pptx, LibreOffice, pypdf.

As a module it gives functions to tests; as a program it checks one file:

    python pptx_check.py DECK.pptx [SPEC.json]

SPEC.json is `{"slides": [{"title", "findings": [{"number", "box": [x, y, width, height] or null}]}]}`, boxes as parts
of the picture's width and height. Without it only the package itself and the pages are checked.
"""

import dataclasses
import hashlib
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import zipfile

import pptx
import pypdf
from lxml import etree
from pptx.enum.shapes import MSO_SHAPE_TYPE

CONVERSION_SECONDS = 120
TOLERANCE = 0.01


@dataclasses.dataclass
class Rectangle:
    """A place on a slide, in EMU."""

    left: int
    top: int
    width: int
    height: int

    def is_inside(self, other: "Rectangle") -> bool:
        """Whether this lies wholly in `other`."""
        return (
            self.left >= other.left
            and self.top >= other.top
            and self.left + self.width <= other.left + other.width
            and self.top + self.height <= other.top + other.height
        )

    def relative_to(self, picture: "Rectangle") -> tuple[float, float, float, float]:
        """This place as parts of a picture's width and height."""
        return (
            (self.left - picture.left) / picture.width,
            (self.top - picture.top) / picture.height,
            self.width / picture.width,
            self.height / picture.height,
        )


@dataclasses.dataclass
class DeckPicture:
    """A picture on a slide."""

    frame: Rectangle
    content_type: str
    sha256: str
    pixels: tuple[int, int]


@dataclasses.dataclass
class DeckSlide:
    """What python-pptx reads of one slide."""

    number: int
    title: str
    pictures: list[DeckPicture] = dataclasses.field(default_factory=list)
    markers: dict[int, Rectangle] = dataclasses.field(default_factory=dict)
    labels: dict[int, str] = dataclasses.field(default_factory=dict)
    rows: list[list[str]] = dataclasses.field(default_factory=list)
    statuses: list[list[str]] = dataclasses.field(default_factory=list)
    shapes: list[tuple[str, Rectangle]] = dataclasses.field(default_factory=list)
    text: str = ""


def read_slides(path) -> list[DeckSlide]:
    """Every slide with every picture, shape and table row, read by python-pptx."""
    return [read_slide(number, slide) for number, slide in enumerate(pptx.Presentation(str(path)).slides, 1)]


def read_slide(number: int, slide) -> DeckSlide:
    """One slide; a shape named `Finding N` is the box of that finding, `Finding N label` its number."""
    title = slide.shapes.title
    result = DeckSlide(number, title.text_frame.text if title is not None else "")
    texts = []
    for shape in slide.shapes:
        frame = Rectangle(shape.left, shape.top, shape.width, shape.height)
        result.shapes.append((shape.name, frame))
        if shape.shape_type == MSO_SHAPE_TYPE.PICTURE:
            image = shape.image
            result.pictures.append(DeckPicture(frame, image.content_type, hashlib.sha256(image.blob).hexdigest(), image.size))
        if shape.has_text_frame:
            texts.append(shape.text_frame.text)
        if shape.has_table:
            rows = [[cell.text for cell in row.cells] for row in shape.table.rows]
            if shape.name.startswith("Status"):
                result.statuses += rows
            else:
                result.rows += rows
        if match := re.fullmatch(r"Finding (\d+)( label)?", shape.name):
            if match[2]:
                result.labels[int(match[1])] = shape.text_frame.text
            else:
                result.markers[int(match[1])] = frame
    texts += [text for row in result.rows + result.statuses for text in row]
    result.text = "\n".join(texts)
    return result


def picture_slides(slides: list[DeckSlide]) -> list[DeckSlide]:
    """The slides that show a picture, in the order of the deck."""
    return [slide for slide in slides if slide.pictures]


def table_rows(slides: list[DeckSlide]) -> list[list[str]]:
    """The rows of the findings table over all its slides, without the headings."""
    return [row for slide in slides if slide.rows for row in slide.rows[1:]]


def check_markers(slide: DeckSlide, boxes: dict[int, tuple[float, float, float, float]]) -> None:
    """Asserts that the slide has exactly these boxes, each within 1 % of its place on the picture.

    `boxes` holds x, y, width and height as parts of the picture, by the finding's number.
    """
    assert len(slide.pictures) == 1, f"slide {slide.number} has {len(slide.pictures)} pictures"
    assert slide.markers.keys() == boxes.keys(), f"slide {slide.number}: boxes {sorted(slide.markers)}"
    for number, (x, y, width, height) in boxes.items():
        left, top = max(x, 0), max(y, 0)
        expected = (left, top, min(x + width, 1) - left, min(y + height, 1) - top)
        found = slide.markers[number].relative_to(slide.pictures[0].frame)
        for want, got in zip(expected, found, strict=True):
            assert abs(want - got) <= TOLERANCE, f"slide {slide.number}, finding {number}: {found}, not {expected}"
        assert slide.labels[number] == str(number)


def check_proportions(slide: DeckSlide) -> None:
    """Asserts that the picture is shown with the proportions of its pixels."""
    picture = slide.pictures[0]
    width, height = picture.pixels
    shown = picture.frame.width / picture.frame.height
    assert abs(shown / (width / height) - 1) <= TOLERANCE, f"slide {slide.number}: {shown} for {width} × {height}"


def check_package(path) -> None:
    """Asserts what PowerPoint is strict about: types, relationships, well-formed parts, ids, everything on the slide."""
    with zipfile.ZipFile(path) as package:
        assert package.testzip() is None
        names = package.namelist()
        assert len(names) == len(set(names))
        assert names[0] == "[Content_Types].xml"
        parts = {name: etree.fromstring(package.read(name)) for name in names if name.endswith((".xml", ".rels"))}
    types = parts["[Content_Types].xml"]
    defaults = {element.get("Extension") for element in types if element.tag.endswith("Default")}
    overrides = {element.get("PartName") for element in types if element.tag.endswith("Override")}
    for name in names:
        assert f"/{name}" in overrides or name.rpartition(".")[2] in defaults, f"{name} has no content type"
    for name in (name for name in names if name.endswith(".rels")):
        folder = pathlib.PurePosixPath(name).parent.parent
        for relation in parts[name]:
            target = resolve(folder, relation.get("Target"))
            assert target in names, f"{name} leads to {target}"
    presentation = pptx.Presentation(str(path))
    page = Rectangle(0, 0, presentation.slide_width, presentation.slide_height)
    for number, slide in enumerate(presentation.slides, 1):
        ids = [shape.shape_id for shape in slide.shapes]
        assert len(ids) == len(set(ids)) and 1 not in ids, f"slide {number}: shape ids {ids}"
        assert slide.slide_layout.slide_master is not None
        for shape in slide.shapes:
            frame = Rectangle(shape.left, shape.top, shape.width, shape.height)
            assert frame.is_inside(page), f"slide {number}: {shape.name} leaves the slide"


def resolve(folder: pathlib.PurePosixPath, target: str) -> str:
    """The name of the part that a target means, relative to a folder or from the root."""
    steps = [] if target.startswith("/") else [step for step in folder.parts if step != "."]
    for step in target.removeprefix("/").split("/"):
        if step == "..":
            steps.pop()
        else:
            steps.append(step)
    return "/".join(steps)


def to_pdf(path, folder) -> pathlib.Path:
    """Turns a presentation into pages with LibreOffice, with a profile of its own, and returns the PDF."""
    with tempfile.TemporaryDirectory(prefix="lo-") as profile:
        subprocess.run(
            ["soffice", f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", "pdf"]
            + ["--outdir", str(folder), str(path)],
            check=True,
            capture_output=True,
            timeout=CONVERSION_SECONDS,
        )
    # LibreOffice exits with 0 after some failures too.
    pdf = pathlib.Path(folder) / (pathlib.Path(path).stem + ".pdf")
    assert pdf.is_file(), "LibreOffice made no PDF"
    return pdf


def page_texts(pdf) -> list[str]:
    """The text of each page without white space, since line breaks and spacing are the renderer's."""
    return ["".join(page.extract_text().split()) for page in pypdf.PdfReader(str(pdf)).pages]


def check_pages(path, folder) -> pathlib.Path:
    """Asserts that LibreOffice makes one page of each slide, with the slide's title on it; returns the PDF."""
    slides = read_slides(path)
    pdf = to_pdf(path, folder)
    pages = page_texts(pdf)
    assert len(pages) == len(slides), f"{len(pages)} pages of {len(slides)} slides"
    for slide, text in zip(slides, pages, strict=True):
        # A few letters suffice, and spare us the places where the renderer breaks or spaces a line.
        start = "".join(slide.title.split())[:4]
        assert start in text, f"page {slide.number} lacks its title {slide.title!r}"
    return pdf


def main(path: str, spec: str | None = None) -> None:
    """Checks one file and says what it holds."""
    check_package(path)
    slides = read_slides(path)
    if spec:
        expected = [slide for slide in json.loads(pathlib.Path(spec).read_text())["slides"] if slide.get("path")]
        shown = picture_slides(slides)
        assert len(shown) == len(expected)
        for slide, want in zip(shown, expected, strict=True):
            check_proportions(slide)
            boxes = {f["number"]: f["box"] for f in want["findings"] if f["box"] and min(f["box"][2:]) > 0}
            check_markers(slide, boxes)
    with tempfile.TemporaryDirectory() as folder:
        check_pages(path, folder)
    for slide in slides:
        counts = f"{len(slide.pictures)} pictures, {len(slide.markers)} boxes, {len(slide.rows)} rows"
        print(f"{slide.number:3}  {slide.title}  ({len(slide.shapes)} shapes, {counts})")
    print("correct")


if __name__ == "__main__":
    main(*sys.argv[1:])
