"""Exports as PDF file, archive of originals and workbook, read by poppler, zipfile and openpyxl."""

import datetime
import io
import re
import subprocess
import zipfile

import openpyxl
import pytest
from PIL import Image

import pptx_check
from scenario import Supervisor
from test_export_annotations import annotated, exported  # noqa: F401: the fixture

# Of the page's width and height.
PLACE = 0.01
POINT = 12_700


@pytest.fixture(scope="module")
def files(supervisor, annotated, tmp_path_factory) -> dict:  # noqa: F811
    """The same task in every format."""
    folder = tmp_path_factory.mktemp("formats")
    paths = {}
    for format in ("PPTX", "PDF", "ZIP", "XLSX"):
        path = folder / f"export.{format.lower()}"
        response = exported(supervisor, path, annotated["task"], format=format)
        name = response.headers["Content-Disposition"]
        # 第2話 <修正> & 確認, without what no system takes.
        assert name.endswith(f"_export.{format.lower()}") and "%E7%AC%AC2%E8%A9%B1%20_" in name, name
        paths[format] = path
    return paths


def test_the_pdf_has_the_slides_pages_and_texts(files):
    slides = pptx_check.read_slides(files["PPTX"])
    pages = pptx_check.page_texts(files["PDF"])
    assert len(pages) == len(slides)
    for slide, text in zip(slides, pages, strict=True):
        # What is drawn over a picture and what stands in a list come in another order.
        missing = [line for line in slide.text.split("\n") if "".join(line.split())[:12] not in text]
        assert missing == [], (slide.number, missing)


def test_the_pdf_has_the_marks_labels_where_the_slides_have_them(files):
    slides = pptx_check.read_slides(files["PPTX"])
    words = boxes(files["PDF"])
    found = 0
    for slide in slides:
        width, height, page = words[slide.number - 1]
        for name, frame in slide.shapes:
            match = re.fullmatch(r"Comment (\d+) label", name)
            if not match:
                continue
            x = (frame.left + frame.width / 2) / POINT / width
            y = (frame.top + frame.height / 2) / POINT / height
            near = [word for word in page if word[0] == f"C{match[1]}"
                    and abs(word[1] / width - x) < PLACE and abs(word[2] / height - y) < PLACE]
            assert near, (slide.number, name, x, y)
            found += 1
    assert found == 20


def boxes(pdf) -> list[tuple[float, float, list[tuple[str, float, float]]]]:
    """Each page's width and height in points, and its words with their middles."""
    text = subprocess.run(["pdftotext", "-bbox", str(pdf), "-"], check=True, capture_output=True, text=True).stdout
    pages = []
    for page in re.findall(r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', text, re.DOTALL):
        words = re.findall(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>', page[2])
        pages.append((float(page[0]), float(page[1]), [
            (word, (float(left) + float(right)) / 2, (float(top) + float(bottom)) / 2)
            for left, top, right, bottom, word in words]))
    return pages


def test_the_pages_show_the_pen_s_colour(files, tmp_path):
    subprocess.run(["pdftoppm", "-r", "60", "-png", str(files["PDF"]), str(tmp_path / "page")], check=True)
    slides = pptx_check.read_slides(files["PPTX"])
    for slide in slides:
        if not slide.pictures:
            continue
        [path] = [path for path in tmp_path.iterdir() if int(re.search(r"-(\d+)\.png", path.name)[1]) == slide.number]
        picture = Image.open(path).convert("RGB")
        pen = sum(1 for r, g, b in picture.get_flattened_data() if g > 120 and r < 110 and b < 110)
        assert pen > 10, slide.title


def test_the_archive_has_the_originals(files, annotated):  # noqa: F811
    with zipfile.ZipFile(files["ZIP"]) as archive:
        assert archive.testzip() is None
        folder = "01 第2話 _修正_ & 確認"
        names = archive.namelist()
        assert names == [f"{folder}/{number:03} {name}.png" for number, name in enumerate(annotated["marks"], 1)]
        sizes = [Image.open(io.BytesIO(archive.read(name))).size for name in names]
        assert sizes == [(1600, 400), (300, 1200), (3, 2), (640, 480)]
        # UTF-8 is said, for programs that guess otherwise.
        assert all(info.flag_bits & 0x800 for info in archive.infolist())


def test_the_workbook_has_the_annotations_as_typed_cells(files, annotated):  # noqa: F811
    book = openpyxl.load_workbook(files["XLSX"])
    [sheet] = book.worksheets
    assert sheet.freeze_panes == "A2" and sheet.auto_filter.ref == sheet.dimensions == "A1:W21"
    headings, *rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert len(rows) == 20 and len(set(headings)) == len(headings)
    marks = [(name, mark) for name, marks in annotated["marks"].items() for mark in marks]
    for row, (name, mark) in zip(rows, marks, strict=True):
        entry = dict(zip(headings, row, strict=True))
        assert (entry["素材"], entry["種類"], entry["内容"]) == (name, "コメント", mark["text"])
        assert entry["解決済み"] is False and entry["版"] == 1 and entry["作成者"] == "朝倉 しおり"
        assert isinstance(entry["作成日時 (UTC)"], datetime.datetime)
        age = datetime.datetime.now(datetime.UTC).replace(tzinfo=None) - entry["作成日時 (UTC)"]
        assert abs(age) < datetime.timedelta(hours=1)
        if mark["kind"] in ("RECTANGLE", "CIRCLE", "TEXT"):
            place = [entry[key] for key in ("X", "Y", "幅", "高さ")]
            assert all(abs(got - want) < 1e-6 for got, want in zip(place, mark["place"], strict=True))
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
