"""Marks on turned, flipped, cropped and grouped pictures of original slides: LibreOffice says where a picture's points are."""

import math
import random
import subprocess

import pptx
import pytest
from lxml import etree
from PIL import Image, ImageChops, ImageDraw
from pptx.util import Inches

import pptx_check
from test_export_annotations import exported
from test_export_original import imported_task
from test_imports import saved, text

SLIDES = 16
SIZE = (960, 720)
# Of the drawings' pages; the coordinates of slides are English Metric Units, 914,400 to the inch.
DOTS_PER_INCH = 144
UNITS = 914_400 / DOTS_PER_INCH
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
RED, GREEN, BLUE, MAGENTA = (255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 0, 255)


def picture(path, box, begin, end):
    """A picture with a red rectangle, a green and a blue dot at places given as fractions."""
    image = Image.new("RGB", SIZE, (225, 225, 225))
    draw = ImageDraw.Draw(image)
    x, y, width, height = (part * SIZE[index % 2] for index, part in enumerate(box))
    draw.rectangle((x, y, x + width - 1, y + height - 1), fill=RED)
    for (x, y), colour in ((begin, GREEN), (end, BLUE)):
        x, y = x * SIZE[0], y * SIZE[1]
        draw.ellipse((x - 14, y - 14, x + 14, y + 14), fill=colour)
    image.save(path)
    return path


def transform(properties, frame, turn=0.0, flips=(False, False), children=None):
    """Sets the place of a shape or group, in inches and degrees."""
    old = properties.find(f"{DRAWING}xfrm")
    if old is not None:
        properties.remove(old)
    place = etree.Element(f"{DRAWING}xfrm", rot=str(round(turn * 60_000)))
    for name, flip in zip(("flipH", "flipV"), flips, strict=True):
        if flip:
            place.set(name, "1")
    for names, values in ((("off", "ext"), frame), (("chOff", "chExt"), children)):
        for name, (a, b) in zip(names, (values[:2], values[2:]), strict=True) if values else ():
            keys = ("x", "y") if name.endswith("ff") else ("cx", "cy")
            etree.SubElement(place, f"{DRAWING}{name}", {keys[0]: str(Inches(a)), keys[1]: str(Inches(b))})
    properties.insert(0, place)


def add(slide, chance, path, kind):
    """Puts a picture on a slide, turned and flipped; in a group, in a group of a group, or in a stretched group."""
    def flips():
        return (chance.random() < 0.5, chance.random() < 0.5)

    stretched = kind == "stretched"
    # The units of the coordinates, and where the slide's origin would be, in those of the slide and of each group.
    shapes, (left, top, wide, high), groups = slide.shapes, (0, 0, 1, 1), []
    for _ in range({"alone": 0, "nested": 2}.get(kind, 1)):
        group = shapes.add_group_shape()
        frame = (left, top, 8 * wide, 7 * high)
        scale = chance.uniform(0.5, 3)
        left, top = chance.uniform(-5, 5), chance.uniform(-5, 5)
        wide, high = wide * scale, high * scale * (chance.uniform(0.7, 1.4) if stretched else 1)
        turn = 0 if stretched else chance.uniform(0, 360)
        groups.append((group._element.grpSpPr, frame, turn, flips(), (left, top, 8 * wide, 7 * high)))
        shapes = group.shapes
    width, height = chance.uniform(2, 3), chance.uniform(1.5, 2.2)
    x, y = 4 + chance.uniform(-1, 1) - width / 2, 3.5 + chance.uniform(-0.5, 0.5) - height / 2
    shape = shapes.add_picture(str(path), 0, 0, Inches(1), Inches(1))
    for side in ("left", "top", "right", "bottom"):
        setattr(shape, f"crop_{side}", chance.choice((0, chance.uniform(-0.1, 0.15))))
    # LibreOffice draws what is turned by other angles in a stretched group of another size than it should be.
    turn = chance.choice((0, 90, 180, 270)) if stretched else chance.uniform(0, 360)
    transform(shape._element.spPr, (left + x * wide, top + y * high, width * wide, height * high), turn, flips())
    # Only now, as python-pptx computes the places of groups anew with every shape.
    for place in groups:
        transform(*place)


@pytest.fixture(scope="module")
def turned(supervisor, tmp_path_factory) -> dict:
    """A presentation of such pictures, imported; each has its red rectangle marked, and an arrow from dot to dot."""
    folder, chance, places = tmp_path_factory.mktemp("turned"), random.Random(2024), []
    deck = pptx.Presentation()
    for number in range(SLIDES):
        box = (chance.uniform(0.2, 0.35), chance.uniform(0.2, 0.55), chance.uniform(0.1, 0.25), chance.uniform(0.1, 0.25))
        begin = (chance.uniform(0.65, 0.8), chance.uniform(0.2, 0.45))
        end = (chance.uniform(0.65, 0.8), chance.uniform(0.55, 0.8))
        slide = deck.slides.add_slide(deck.slide_layouts[6])
        text(slide, f"回転 {number + 1}")
        path = picture(folder / f"{number}.png", box, begin, end)
        add(slide, chance, path, ("alone", "group", "nested", "stretched")[number % 4])
        places.append((box, begin, end))
    source = folder / "source.pptx"
    source.write_bytes(saved(deck))
    _, task, subtasks = imported_task(supervisor, source.read_bytes())
    assert sorted(subtasks) == list(range(1, SLIDES + 1))
    for number, (box, begin, end) in enumerate(places, 1):
        area = dict(zip(("x", "y", "width", "height"), box, strict=True))
        line = {"type": "line", "x1": begin[0] * SIZE[0], "y1": begin[1] * SIZE[1],
                "x2": end[0] * SIZE[0], "y2": end[1] * SIZE[1]}
        for mark in ({"shape": "RECTANGLE", "area": area}, {"shape": "ARROW", "drawing": {"objects": [line]}}):
            input = {"subtaskId": subtasks[number], "text": "ここ", "color": "#ff00ff"} | mark
            supervisor.mutate("createAnnotation", "annotation { id }", input)
    path = folder / "export.pptx"
    exported(supervisor, path, task, options={"layout": "ORIGINAL_SLIDES"})
    return {
        "before": drawn(source), "after": drawn(path), "slides": list(pptx.Presentation(str(path)).slides),
    }


def drawn(deck) -> list[Image.Image]:
    """The slides as LibreOffice draws them."""
    pdf = pptx_check.to_pdf(deck, deck.parent)
    subprocess.run(["pdftoppm", "-r", str(DOTS_PER_INCH), "-png", pdf, deck.with_suffix("")], check=True)
    return [Image.open(page).convert("RGB") for page in sorted(deck.parent.glob(f"{deck.stem}-*.png"))]


def dots(page: Image.Image, colour) -> list[tuple[float, float]]:
    """Where a page has a colour."""
    parts = [part.point(lambda value, want=want: 255 * (abs(value - want) < 90))
             for part, want in zip(page.split(), colour, strict=True)]
    mask = ImageChops.darker(ImageChops.darker(parts[0], parts[1]), parts[2])
    left, top, right, bottom = mask.getbbox()
    pixels = mask.load()
    return [(x + 0.5, y + 0.5) for x in range(left, right) for y in range(top, bottom) if pixels[x, y]]


def centre(points) -> tuple[float, float]:
    return tuple(sum(values) / len(values) for values in zip(*points, strict=True))


def mark(slide, number: int):
    """A mark on the slide."""
    [group] = [shape for shape in slide.shapes if shape.name == "Aimage Supervision"]
    [shape] = [shape for shape in group.shapes if shape.name == f"Comment {number}"]
    return shape


def outline(shape):
    """The middle of a turned shape, and the ways from there to the middles of its right and its lower edge, in dots."""
    turn = math.radians(shape.rotation)
    half = (shape.width / 2 / UNITS, shape.height / 2 / UNITS)
    return (
        ((shape.left + shape.width / 2) / UNITS, (shape.top + shape.height / 2) / UNITS),
        (math.cos(turn) * half[0], math.sin(turn) * half[0]),
        (-math.sin(turn) * half[1], math.cos(turn) * half[1]),
    )


@pytest.mark.parametrize("number", range(SLIDES))
def test_a_mark_lies_exactly_on_what_it_marks(turned, number):
    middle, right, down = outline(mark(turned["slides"][number], 1))
    red = dots(turned["before"][number], RED)
    # Nothing that is red lies outside of the mark, and there is red in each of its corners.
    for point in red:
        offset = (point[0] - middle[0], point[1] - middle[1])
        for axis in (right, down):
            length = math.hypot(*axis)
            assert abs(offset[0] * axis[0] + offset[1] * axis[1]) / length < length + 3, (point, middle, axis)
    for x, y in ((-1, -1), (1, -1), (1, 1), (-1, 1)):
        corner = tuple(middle[i] + x * right[i] + y * down[i] for i in (0, 1))
        assert min(math.dist(corner, point) for point in red) < 5, (corner, middle)


@pytest.mark.parametrize("number", range(SLIDES))
def test_the_mark_is_drawn_there(turned, number):
    middle, right, down = outline(mark(turned["slides"][number], 1))
    magenta = dots(turned["after"][number], MAGENTA)
    for x, y in ((-1, 0), (1, 0), (0, -1), (0, 1), (-1, -1), (1, -1), (1, 1), (-1, 1)):
        point = tuple(middle[i] + x * right[i] + y * down[i] for i in (0, 1))
        assert min(math.dist(point, dot) for dot in magenta) < 3, point


@pytest.mark.parametrize("number", range(SLIDES))
def test_an_arrow_leads_from_point_to_point_of_the_picture(turned, number):
    arrow = mark(turned["slides"][number], 2)
    ends = ((arrow.begin_x, arrow.begin_y), (arrow.end_x, arrow.end_y))
    for (x, y), colour in zip(ends, (GREEN, BLUE), strict=True):
        assert math.dist((x / UNITS, y / UNITS), centre(dots(turned["before"][number], colour))) < 4, colour
