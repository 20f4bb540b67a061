"""Scripts of Excel and Word, made and read back by programs that we did not write: openpyxl, python-docx, LibreOffice."""

import csv
import datetime
import io
import pathlib
import subprocess

import docx
import openpyxl
import openpyxl.drawing.image
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font, PatternFill
from PIL import Image

from scenario import Supervisor, nodes

OFFICE = "application/vnd.openxmlformats-officedocument"
EXCEL, WORD = f"{OFFICE}.spreadsheetml.sheet", f"{OFFICE}.wordprocessingml.document"
LINES = [("ソラ", "レンくん、おはよう"), ("レン", "★ソラさん、俺だ"), ("ソラ", "お兄ちゃん！"), ("通行人", "ソラだ")]


def script_book() -> bytes:
    """A workbook with what people put into them: looks, formulas, dates, merged cells, a picture, a hidden sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "第1話"
    sheet["A1"] = "台本　第1話"
    sheet["A1"].font = Font(name="Meiryo", size=16, bold=True)
    sheet.merge_cells("A1:C1")
    sheet["E2"] = datetime.date(2026, 11, 26)
    for column, text in enumerate(["番号", "話者", "本文１２３４５６７８９０", "備考", "行数"], start=1):
        sheet.cell(11, column, text).fill = PatternFill("solid", fgColor="DDDDDD")
    for index, (speaker, line) in enumerate(LINES):
        row = 12 + index
        sheet.cell(row, 1, index + 1)
        sheet.cell(row, 2, speaker)
        sheet.cell(row, 3, line).font = Font(name="Meiryo", size=12, italic=True)
        sheet.cell(row, 5, f"=ROW()-{row - 1 - index}")
    sheet["C14"] = CellRichText("お兄", TextBlock(InlineFont(rFont="Meiryo", sz=20, u="single"), "ちゃん！"))
    sheet.column_dimensions["C"].width = 60
    sheet.conditional_formatting.add("A12:A15", openpyxl.formatting.rule.CellIsRule("greaterThan", ["2"]))
    picture = io.BytesIO()
    Image.effect_noise((40, 30), 40).save(picture, "PNG")
    sheet.add_image(openpyxl.drawing.image.Image(picture), "G2")
    other = book.create_sheet("設定")
    other.append(["名前", "年齢"])
    other.append(["ソラ", "=10+4"])
    hidden = book.create_sheet("旧")
    hidden.sheet_state = "hidden"
    hidden.append(["話者", "本文"])
    hidden.append(["ソラ", "レンさま"])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def table_book() -> bytes:
    """How two characters call each other; one cell where a character calls itself is empty."""
    book = openpyxl.Workbook()
    for row in (["呼称表", "ソラ", "レン"], ["ソラ", "わたし", "レンくん"], ["レン", "ソラ", None]):
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def store(api, project: str, name: str, media_type: str, content: bytes, purpose: str = "SUBTASK_CONTENT") -> str:
    created = api.create_upload(
        project, pathlib.Path(name), mediaType=media_type, byteCount=len(content), fileName=name, purpose=purpose)
    asset = created["ticket"]["asset"]["id"]
    assert api.put(created["ticket"], content).status_code in (200, 201, 204)
    assert api.complete_upload(asset)["userErrors"] == []
    return asset


def review(api, project: str, asset: str, rpd: str) -> dict:
    """The review of a material, when it has ended."""
    person = Supervisor(api)
    task = person.task(project, "第1話")
    subtask = api.mutate("createSubtask", "subtask { id kind }", {"taskId": task, "name": "台本", "assetId": asset})["subtask"]
    id = person.start_review(subtask["id"], [rpd])
    assert person.review_events(id)[-1]["reviewStatus"] == "COMPLETED"
    answer = api.execute("""query($id: ID!) { review(id: $id) {
      annotatedScript { fileName mediaType url byteCount }
      outcomes { edges { node { status errorCode errorMessage } } }
      findings(first: 20) { edges { node { lineNumber severity dialogue {
        status speaker line detectedSpeaker sheetName rowNumber addresses { target usedName expectedName status }
      } } } }
    } }""", {"id": id})["review"]
    return answer | {"kind": subtask["kind"]}


@pytest.fixture(scope="module")
def project(supervisor) -> str:
    return Supervisor(supervisor).project("台本の監修")


@pytest.fixture(scope="module")
def rpd(supervisor, project) -> str:
    """A review point with the table of a file, which was looked at before."""
    asset = store(supervisor, project, "呼称.xlsx", EXCEL, table_book(), "APPELLATION_TABLE")
    preview = supervisor.execute(
        "query($id: ID!) { appellationTable(assetId: $id) { appellations characters entryCount warnings } }", {"id": asset})
    table = {"ソラ": {"ソラ": "わたし", "レン": "レンくん"}, "レン": {"ソラ": "ソラ", "レン": "私"}}
    assert preview["appellationTable"] == {
        "appellations": table, "characters": ["ソラ", "レン"], "entryCount": 4, "warnings": []}
    rules = [{"speaker": "ソラ", "target": "レン", "alias": "お兄ちゃん", "conditions": ["第3話だけ"]}]
    made = supervisor.mutate("createRpd", "rpd { id activeVersion { appellations } }", {
        "projectId": project, "kind": "TEXT_REVIEW",
        "content": {"title": "呼称", "appellationAssetId": asset, "specialRules": rules}})["rpd"]
    assert made["activeVersion"]["appellations"] == table
    return made["id"]


@pytest.fixture(scope="module")
def checked(supervisor, project, rpd) -> tuple[bytes, bytes, dict]:
    """A workbook, its annotated copy, and the review."""
    before = script_book()
    result = review(supervisor, project, store(supervisor, project, "第1話.xlsx", EXCEL, before), rpd)
    copy = supervisor.session.get(result["annotatedScript"]["url"], timeout=30).content
    return before, copy, result


def test_a_spreadsheet_is_checked_row_by_row(checked):
    _, copy, result = checked
    assert result["kind"] == "EXCEL"
    found = sorted(nodes(result["findings"]), key=lambda each: each["lineNumber"])
    assert [(each["lineNumber"], each["severity"], each["dialogue"]["rowNumber"]) for each in found] == [
        (1, "SAFE", 12), (2, "RISK", 13), (3, "ALERT", 14), (4, "ALERT", 15)]
    assert {each["dialogue"]["sheetName"] for each in found} == {"第1話"}
    assert [(each["dialogue"]["speaker"], each["dialogue"]["detectedSpeaker"]) for each in found] == [
        ("ソラ", "ソラ"), ("レン", "レン"), ("ソラ", "ソラ"), ("通行人", None)]
    assert found[1]["dialogue"]["line"] == "ソラさん、俺だ"
    assert found[1]["dialogue"]["addresses"] == [
        {"target": "ソラ", "usedName": "ソラさん", "expectedName": "ソラ", "status": "ERROR"}]
    script = result["annotatedScript"]
    assert (script["fileName"], script["mediaType"], script["byteCount"]) == ("第1話_checked.xlsx", EXCEL, len(copy))


def test_the_copy_has_three_more_columns_and_colours_and_is_the_same_otherwise(checked):
    before, copy, _ = checked
    old = openpyxl.load_workbook(io.BytesIO(before), rich_text=True)
    new = openpyxl.load_workbook(io.BytesIO(copy), rich_text=True)
    assert new.sheetnames == old.sheetnames and new["旧"].sheet_state == "hidden"
    for name in old.sheetnames:
        for row in old[name].iter_rows():
            for cell in row:
                other = new[name][cell.coordinate]
                # The pieces of a text may be others, the text is the same.
                assert str(other.value) == str(cell.value), (name, cell.coordinate)
                assert [repr(look) for look in (other.font, other.fill, other.number_format, other.alignment)] == [
                    repr(look) for look in (cell.font, cell.fill, cell.number_format, cell.alignment)]
    sheet = new["第1話"]
    assert sheet.merged_cells.ranges == old["第1話"].merged_cells.ranges and len(sheet._images) == 1
    assert sheet.column_dimensions["C"].width == 60 and len(sheet.conditional_formatting) == 1
    assert [[cell.value for cell in row] for row in sheet["F11:H13"]][0] == ["検出された話者", "呼ばれた名前", "結果"]
    assert [sheet[f"F{row}"].value for row in range(12, 16)] == ["ソラ", "レン", "ソラ", "不明"]
    assert [sheet[f"G{row}"].value for row in range(12, 16)] == [
        "レン（レンくん）", "ソラ（ソラさん）", "レン（お兄ちゃん）", "ソラ"]
    assert [sheet[f"H{row}"].value.split(":")[0] for row in range(12, 16)] == ["OK", "エラー", "注意", "話者不明"]
    colored = [
        [(str(piece), piece.font.color.rgb) for piece in sheet[f"C{row}"].value
         if isinstance(piece, TextBlock) and piece.font.color]
        for row in range(12, 16)]
    assert colored == [
        [("レンくん", "FF00B050")], [("ソラさん", "FFFF0000")], [("お兄", "FFED7D31"), ("ちゃん", "FFED7D31")],
        [("ソラ", "FF7030A0")]]
    # In the letters of the cell, or of the piece that it was.
    first, second = sheet["C12"].value[0], sheet["C14"].value[1]
    assert (first.font.rFont, first.font.sz, first.font.i, first.font.b) == ("Meiryo", 12, True, True)
    assert (second.font.rFont, second.font.sz, second.font.u, second.font.b) == ("Meiryo", 20, "single", True)


def test_libreoffice_opens_the_copy_and_computes_its_formulas(checked, tmp_path):
    (tmp_path / "copy.xlsx").write_bytes(checked[1])
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to",
         'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,1', "--outdir", str(tmp_path),
         str(tmp_path / "copy.xlsx")], check=True, timeout=120, capture_output=True)
    [made] = tmp_path.glob("*.csv")
    rows = list(csv.reader(io.StringIO(made.read_text("utf-8"))))
    assert rows[10][5:8] == ["検出された話者", "呼ばれた名前", "結果"]
    assert [row[2] for row in rows[11:15]] == [line for _, line in LINES]
    assert [row[4] for row in rows[11:15]] == ["1", "2", "3", "4"] and rows[12][6] == "ソラ（ソラさん）"


def test_a_text_document_is_checked_table_by_table_and_has_no_copy(supervisor, project, rpd):
    document = docx.Document()
    document.add_heading("第1話")
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "キャラ", "セリフ"
    for speaker, line in LINES:
        cells = table.add_row().cells
        cells[0].text, cells[1].text = speaker, line
    file = io.BytesIO()
    document.save(file)
    result = review(supervisor, project, store(supervisor, project, "第1話.docx", WORD, file.getvalue()), rpd)
    assert result["kind"] == "WORD" and result["annotatedScript"] is None
    found = sorted(nodes(result["findings"]), key=lambda each: each["lineNumber"])
    assert [(each["lineNumber"], each["severity"]) for each in found] == [
        (3, "SAFE"), (4, "RISK"), (5, "ALERT"), (6, "ALERT")]


def test_a_spreadsheet_without_known_headings_is_an_error_and_not_safe(supervisor, project, rpd):
    book = openpyxl.Workbook()
    book.active.append(["ソラ", "レンくん"])
    file = io.BytesIO()
    book.save(file)
    result = review(supervisor, project, store(supervisor, project, "名簿.xlsx", EXCEL, file.getvalue()), rpd)
    [outcome] = nodes(result["outcomes"])
    assert (outcome["status"], outcome["errorCode"]) == ("ERROR", "NO_DIALOGUE_COLUMNS")
    assert nodes(result["findings"]) == [] and result["annotatedScript"] is None


def test_a_table_that_is_not_square_is_refused_when_it_is_sent(supervisor, project):
    book = openpyxl.Workbook()
    book.active.append(["", "ソラ", "レン"])
    book.active.append(["ソラ", "わたし", "レンくん"])
    file = io.BytesIO()
    book.save(file)
    content = file.getvalue()
    created = supervisor.create_upload(
        project, pathlib.Path("a.xlsx"), mediaType=EXCEL, byteCount=len(content), fileName="a.xlsx", purpose="APPELLATION_TABLE")
    supervisor.put(created["ticket"], content)
    [error] = supervisor.complete_upload(created["ticket"]["asset"]["id"])["userErrors"]
    assert error["code"] == "UPLOAD_UNREADABLE" and "not square" in error["message"]
