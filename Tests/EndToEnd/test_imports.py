"""Imports: presentations made by a foreign program, folders and texts become tasks; whoever kills the worker gains nothing."""

import hashlib
import http.server
import io
import json
import re
import threading

import pytest
from PIL import Image
from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.util import Inches

import people
from scenario import WATCH_IMPORT, Box, Supervisor, crop, nodes
from test_kill import until
from videos import ffmpeg, scenes, send

PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
TASKS = """
query($id: ID!) {
  project(id: $id) { tasks(first: 50, orderBy: { field: NAME }) { edges { node {
    id name description sourceAsset { fileName }
    subtasks(first: 100) { edges { node {
      id name position kind description slideNumber
      content { asset { url width height thumbnailUrl mediaType durationSeconds } }
    } } }
  } } } }
}
"""


@pytest.fixture(scope="module")
def person(supervisor) -> Supervisor:
    return Supervisor(supervisor)


def picture(color: str, width: int = 320, height: int = 240) -> io.BytesIO:
    file = io.BytesIO()
    Image.new("RGB", (width, height), color).save(file, "PNG")
    file.seek(0)
    return file


def saved(deck) -> bytes:
    file = io.BytesIO()
    deck.save(file)
    return file.getvalue()


def text(slide, words: str) -> None:
    slide.shapes.add_textbox(Inches(0.2), Inches(0.1), Inches(9), Inches(0.6)).text_frame.text = words


def storyboard() -> bytes:
    """Slides with all that storyboards have: groups, several pictures, turned ones, none, ornaments, Japanese texts."""
    deck = Presentation()
    blank = deck.slide_layouts[6]

    def slide(words: str):
        made = deck.slides.add_slide(blank)
        text(made, words)
        return made.shapes

    slide("第１話　絵コンテ")
    shapes = slide("左の絵「星見」\n二行目")
    shapes.add_picture(picture("red"), Inches(5), Inches(1), Inches(4))
    shapes.add_picture(picture("blue"), Inches(0.5), Inches(4), Inches(3))
    shapes.add_picture(picture("green"), Inches(1), Inches(1), Inches(3))
    shapes.add_picture(picture("black", 40, 40), Inches(0), Inches(0), Inches(0.5))
    group = slide("群").add_group_shape()
    group.shapes.add_picture(picture("yellow"), Inches(1), Inches(1), Inches(4))
    group.left, group.width = Inches(6), Inches(3)
    turned = slide("回転").add_picture(picture("purple"), Inches(2), Inches(2), Inches(4))
    turned.rotation = 90
    slide("絵がない")
    slide("飾りだけ").add_picture(picture("black", 40, 40), Inches(0), Inches(0), Inches(0.5))
    # The picture of slide 2 once more, and one that is too large in pixels for anything.
    slide("同じ").add_picture(picture("green"), Inches(0.5), Inches(1), Inches(4))
    slide("巨大").add_picture(picture("white", 9000, 9000), Inches(0.5), Inches(1), Inches(4))
    return saved(deck)


@pytest.fixture(scope="module")
def media(tmp_path_factory) -> dict:
    """A film of two colors, one as browsers like it, one as QuickTime, and a tone, by the names of their files."""
    folder = tmp_path_factory.mktemp("media")
    colors = ["-f", "lavfi", "-i", "color=c=red:s=320x240:r=25:d=3", "-f", "lavfi", "-i", "color=c=blue:s=320x240:r=25:d=3",
              "-filter_complex", "concat", "-pix_fmt", "yuv420p"]
    test = ["-f", "lavfi", "-i", "testsrc=size=320x240:rate=25:d=2"]
    made = [ffmpeg(folder / "本編.mp4", *colors), ffmpeg(folder / "a.webm", *test, "-c:v", "libvpx"),
            ffmpeg(folder / "a.mov", *test), ffmpeg(folder / "声.mp3", "-f", "lavfi", "-i", "sine=d=4")]
    return {path.name: path for path in made}


def animatic(media: dict) -> bytes:
    """Slides with films as python-pptx writes them: two beside pictures, one damaged, one linked, and one with a sound alone."""
    deck = Presentation()

    def slide(words: str):
        made = deck.slides.add_slide(deck.slide_layouts[6])
        text(made, words)
        return made

    def film(slide, file, poster: str, media_type: str = "video/mp4"):
        return slide.shapes.add_movie(
            file, Inches(5), Inches(3), Inches(4), Inches(3), poster_frame_image=picture(poster), mime_type=media_type)

    slide("予告").shapes.add_picture(picture("red"), Inches(1), Inches(1), Inches(4))
    shown = slide("本編")
    shown.shapes.add_picture(picture("green"), Inches(0), Inches(0), Inches(4))
    film(shown, str(media["本編.mp4"]), "black")
    film(slide("ウェブ"), str(media["a.webm"]), "black", "video/unknown")
    film(slide("古い形式"), str(media["a.mov"]), "black", "video/quicktime")
    half = media["本編.mp4"].read_bytes()
    film(slide("壊れた"), io.BytesIO(half[:len(half) // 2]), "blue")
    linked = slide("外部")
    film(linked, str(media["a.mov"]), "yellow")
    sound = slide("声だけ")
    film(sound, str(media["声.mp3"]), "gray", "audio/mpeg")
    # It writes neither sounds nor links.
    for element in list(sound.shapes[-1]._element.iter("{*}videoFile")):
        element.tag = element.tag.replace("videoFile", "audioFile")
    references = linked.part.rels._rels
    for id, each in list(references.items()):
        if each.reltype in (RELATIONSHIP_TYPE.MEDIA, RELATIONSHIP_TYPE.VIDEO):
            references[id] = type(each)(each._base_uri, id, each.reltype, "External", "http://127.0.0.1:1/film.mp4")
    slide("おわり")
    return saved(deck)


def test_slides_with_films_become_videos_whose_scenes_are_found_and_what_cannot_be_had_becomes_its_poster(person, media):
    project = person.project("動画のスライド")
    deck = person.file(project, "アニマティック.pptx", PPTX, animatic(media), "DOCUMENT")
    id = person.run_import(project, {"tasks": {}}, [{"assetId": deck}])
    [item] = person.import_events(id)[-1]["items"]
    assert (item["status"], item["madeCount"], item["skippedCount"]) == ("SUCCEEDED", 7, 0), item
    poster = "Its poster was imported instead."
    assert item["warnings"] == [
        {"code": "MEDIA_REFUSED", "slideNumber": 5,
         "message": f"The video was not taken: The file is damaged or incomplete. {poster}"},
        {"code": "MEDIA_LINKED", "slideNumber": 6,
         "message": f"The video is linked, not in the presentation, and was not fetched. {poster}"}]
    [task] = nodes(person.api.execute(TASKS, {"id": project})["project"]["tasks"])
    materials = nodes(task["subtasks"])
    assert [
        (each["position"], each["slideNumber"], each["kind"], each["description"], each["content"]["asset"]["mediaType"],
         round(each["content"]["asset"]["durationSeconds"] or 0)) for each in materials] == [
        (1, 1, "PICTURE", "予告", "image/png", 0), (2, 2, "VIDEO", "本編", "video/mp4", 6),
        (3, 3, "VIDEO", "ウェブ", "video/webm", 2), (4, 4, "VIDEO", "古い形式", "video/quicktime", 2),
        (5, 5, "PICTURE", "壊れた", "image/png", 0), (6, 6, "PICTURE", "外部", "image/png", 0),
        (7, 7, "AUDIO", "声だけ", "audio/mpeg", 4)]
    assert [color_of(person, materials[index]["content"]["asset"]["url"]) for index in (4, 5)] == [(0, 0, 255), (255, 255, 0)]
    # The film is the one of the deck, byte for byte, and shows a small picture of its own, not the black poster.
    film = materials[1]["content"]["asset"]
    assert person.api.session.get(film["url"], timeout=30).content == media["本編.mp4"].read_bytes()
    red, green, blue = color_of(person, film["thumbnailUrl"])
    assert red > 200 and green < 50 and blue < 50
    found = scenes(person.api, materials[1]["id"])
    assert found["sceneDetection"]["status"] == "COMPLETED" and found["scenes"]["totalCount"] == 2
    assert [scenes(person.api, each["id"])["sceneDetection"]["status"] for each in materials[2:4]] == ["COMPLETED"] * 2


def test_a_folder_with_films_and_sounds_becomes_one_task(person, photographs, media, tmp_path):
    project = person.project("動画のフォルダ")
    picture = crop(photographs["coffee"], Box(0, 0, 200, 200), tmp_path)
    assets = [
        (person.api.upload(project, picture)["id"], "第2話/1.png"),
        (send(person.api, project, media["本編.mp4"], "video/mp4")["id"], "第2話/3.mp4"),
        (send(person.api, project, media["声.mp3"], "audio/mpeg")["id"], "第2話/2.mp3"),
        (send(person.api, project, media["a.webm"], "video/webm")["id"], None)]
    id = person.run_import(project, {"tasks": {}}, [{"assetId": asset, "path": path} for asset, path in assets])
    assert person.import_events(id)[-1]["status"] == "COMPLETED"
    tasks = nodes(person.api.execute(TASKS, {"id": project})["project"]["tasks"])
    assert {each["name"]: [(part["name"], part["kind"]) for part in nodes(each["subtasks"])] for each in tasks} == {
        "第2話": [("1", "PICTURE"), ("2", "AUDIO"), ("3", "VIDEO")], "a": [("a", "VIDEO")]}
    [film] = [part for each in tasks for part in nodes(each["subtasks"]) if part["name"] == "3"]
    assert scenes(person.api, film["id"])["scenes"]["totalCount"] == 2


def color_of(person: Supervisor, url: str) -> tuple:
    image = Image.open(io.BytesIO(person.api.session.get(url, timeout=30).content)).convert("RGB")
    return image.getpixel((image.width // 2, image.height // 2))


def test_a_presentation_becomes_a_task_with_a_material_for_each_slide_that_has_a_main_picture(person):
    project = person.project("持ち込み")
    deck = person.file(project, "第１話 絵コンテ.pptx", PPTX, storyboard(), "DOCUMENT")
    id = person.run_import(project, {"tasks": {}}, [{"assetId": deck}])
    events = person.import_events(id)
    [item] = events[-1]["items"]
    assert (item["status"], item["madeCount"], item["skippedCount"]) == ("SUCCEEDED", 4, 1), item
    [task] = nodes(person.api.execute(TASKS, {"id": project})["project"]["tasks"])
    assert task["id"] == item["task"]["id"]
    assert (task["name"], task["description"]) == ("第１話 絵コンテ", "第１話　絵コンテ")
    assert task["sourceAsset"]["fileName"] == "第１話 絵コンテ.pptx"
    materials = nodes(task["subtasks"])
    assert [(each["slideNumber"], each["name"], each["description"]) for each in materials] == [
        (2, "第１話 絵コンテ – slide 2", "左の絵「星見」\n二行目"), (3, "第１話 絵コンテ – slide 3", "群"),
        (4, "第１話 絵コンテ – slide 4", "回転"), (7, "第１話 絵コンテ – slide 7", "同じ")]
    colors = [color_of(person, each["content"]["asset"]["url"]) for each in materials]
    assert colors == [(0, 128, 0), (255, 255, 0), (128, 0, 128), (0, 128, 0)]
    assert all(each["content"]["asset"]["thumbnailUrl"] for each in materials)


def test_folders_pictures_and_texts_become_tasks_and_a_broken_file_fails_alone(person, photographs, tmp_path):
    project = person.project("フォルダ")
    pictures = [crop(photographs["coffee"], Box(40 * index, 0, 200, 200), tmp_path) for index in range(4)]
    assets = [person.api.upload(project, each)["id"] for each in pictures]
    words = person.file(project, "台詞.csv", "text/csv", "話者,台詞\n星見,こんにちは\n".encode(), "SUBTASK_CONTENT")
    broken = person.file(project, "壊れた.pptx", PPTX, saved(Presentation()), "DOCUMENT")
    label = person.api.mutate("createTaskTag", "taskTag { id }", {"projectId": project, "name": "新着"})["taskTag"]["id"]
    id = person.run_import(project, {"tasks": {"taskTagIds": [label]}}, [
        {"assetId": assets[0], "path": "表紙/10.png"}, {"assetId": assets[1], "path": "表紙/9.png"},
        {"assetId": assets[2], "path": "表紙/裏/1.png"}, {"assetId": assets[3]}, {"assetId": words}, {"assetId": broken}])
    tasks = nodes(person.api.execute(TASKS, {"id": project})["project"]["tasks"])
    assert {each["name"]: [(part["name"], part["kind"]) for part in nodes(each["subtasks"])] for each in tasks} == {
        "表紙": [("9", "PICTURE"), ("10", "PICTURE")], "表紙/裏": [("1", "PICTURE")],
        pictures[3].stem: [(pictures[3].stem, "PICTURE")], "台詞": [("台詞", "TEXT")]}
    events = person.import_events(id)
    for event in events:
        counts = event["counts"]
        assert counts["processed"] == counts["succeeded"] + counts["failed"] + counts["cancelled"]
    assert events[-1]["status"] == "PARTIAL" and events[-1]["counts"]["failed"] == 1
    ended = {item["position"]: item for event in events for item in event["items"]}
    assert (ended[6]["status"], ended[6]["errorCode"]) == ("FAILED", "NOTHING_TO_IMPORT")
    assert ended[1]["task"] == ended[2]["task"] and ended[1]["folder"] == "表紙"
    assert [event["eventId"] for event in person.import_events(id, after=events[1]["eventId"])] == [
        event["eventId"] for event in events[2:]]


def test_pictures_of_presentations_and_files_go_into_the_registry(person, photographs):
    project = person.project("登録")
    deck = person.file(project, "設定.pptx", PPTX, storyboard(), "DOCUMENT")
    picture = person.api.upload(project, photographs["chelsea"])["id"]
    id = person.run_import(project, {"items": {"tags": ["設定"], "description": "第１話"}}, [
        {"assetId": deck}, {"assetId": picture}])
    query = """
    query($import: ID!, $project: ID!) {
      node(id: $import) { ... on Import { status itemTags items { edges { node { madeCount items { tags description } } } } } }
      project(id: $project) { items { totalCount } }
    }
    """
    answer = person.api.execute(query, {"import": id, "project": project})
    assert answer["node"]["status"] == "COMPLETED" and answer["node"]["itemTags"] == ["設定"]
    # Red, blue, green, yellow and purple; the huge one cannot be read, and the ornament is none.
    assert [each["madeCount"] for each in nodes(answer["node"]["items"])] == [5, 1]
    assert all(
        entry == {"tags": ["設定"], "description": "第１話"}
        for each in nodes(answer["node"]["items"]) for entry in each["items"])
    assert answer["project"]["items"]["totalCount"] == 6


def test_an_import_survives_two_kills_and_makes_nothing_twice(new_server, photographs, tmp_path):
    server = new_server("--jobs", "2").start()
    people.settle(server)
    supervisor = people.SignIn(server)("supervisor")
    person = Supervisor(supervisor)
    project = person.project("停電の試験")
    deck = storyboard()
    files = [person.file(project, f"{index}.pptx", PPTX, deck, "DOCUMENT") for index in range(6)]
    pictures = [crop(photographs["retina"], Box(30 * index, 0, 300, 300), tmp_path) for index in range(6)]
    entries = [{"assetId": each} for each in files] + [
        {"assetId": supervisor.upload(project, each)["id"], "path": f"絵/{each.name}"} for each in pictures]
    id = supervisor.mutate("startImport", "import { id }", {
        "projectId": project, "target": {"tasks": {}}, "files": entries})["import"]["id"]
    events = []
    for wanted in (1, 3):
        events += until(
            supervisor, WATCH_IMPORT, "importProgress",
            {"importId": id, "after": events[-1]["eventId"] if events else None},
            lambda new: new[-1]["counts"]["processed"] >= wanted)
        server.kill()
        server.start()
    events += person.import_events(id, after=events[-1]["eventId"])
    assert events[-1]["status"] == "COMPLETED"
    tasks = nodes(supervisor.execute(TASKS, {"id": project})["project"]["tasks"])
    assert sorted((each["name"], len(nodes(each["subtasks"]))) for each in tasks) == [
        *[(str(index), 4) for index in range(6)], ("絵", 6)]
    assert server.rows("select count(*) from tasks") == [(7,)]
    ended = [item["position"] for event in events for item in event["items"]]
    assert sorted(ended) == list(range(1, 13)), "each file ends once"
    assert list((server.data / "temporary").iterdir()) == [], "the killed run's files stay"


def test_a_cancelled_import_keeps_what_is_made_and_can_be_gone_on_with(person):
    project = person.project("取り消し")
    deck = storyboard()
    files = [person.file(project, f"{index}.pptx", PPTX, deck, "DOCUMENT") for index in range(8)]
    id = person.api.mutate("startImport", "import { id }", {
        "projectId": project, "target": {"tasks": {}}, "files": [{"assetId": each} for each in files]})["import"]["id"]
    until(person.api, WATCH_IMPORT, "importProgress", {"importId": id},
          lambda new: new[-1]["counts"]["processed"] >= 1)
    counts = "import { status counts { total processed succeeded failed cancelled } }"
    ended = person.api.mutate("cancelImport", counts, {"importId": id})["import"]
    assert ended["status"] == "CANCELLED" and ended["counts"]["processed"] == 8 and ended["counts"]["cancelled"] > 0
    tasks = nodes(person.api.execute(TASKS, {"id": project})["project"]["tasks"])
    assert len(tasks) == ended["counts"]["succeeded"]
    again = person.api.mutate("retryImport", counts, {"importId": id})["import"]
    assert again["status"] == "RUNNING"
    last = person.import_events(id, after=None)[-1]
    while last["status"] == "CANCELLED":
        last = person.import_events(id, after=last["eventId"])[-1]
    assert (last["status"], last["counts"]["succeeded"]) == ("COMPLETED", 8)
    tasks = nodes(person.api.execute(TASKS, {"id": project})["project"]["tasks"])
    assert sorted(each["name"] for each in tasks) == [str(index) for index in range(8)]


class Drive(http.server.BaseHTTPRequestHandler):
    """Plays Google Drive: files of one person by their identifiers, for one token, in ranges."""

    token = "ya29.a-token-of-google"
    # Name, media type and bytes.
    files: dict[str, tuple[str, str, bytes]] = {}

    def do_GET(self):
        found = re.fullmatch(r"/drive/v3/files/([A-Za-z0-9_-]{10,128})\?(.*)", self.path)
        if not found or found[1] not in self.files or self.token in self.path or "supportsAllDrives=true" not in found[2]:
            return self.answer(400, b"{}")
        if self.headers["Authorization"] != f"Bearer {self.token}":
            return self.answer(401, json.dumps({"error": {"code": 401, "errors": [{"reason": "authError"}]}}).encode())
        name, media_type, content = self.files[found[1]]
        if "alt=media" in found[2]:
            first, last = map(int, re.fullmatch(r"bytes=(\d+)-(\d+)", self.headers["Range"]).groups())
            return self.answer(206, content[first:last + 1], "application/octet-stream")
        self.answer(200, json.dumps({
            "id": found[1], "name": name, "mimeType": media_type, "size": str(len(content)),
            "md5Checksum": hashlib.md5(content).hexdigest(), "capabilities": {"canDownload": True}}).encode())

    def answer(self, status: int, body: bytes, media_type: str = "application/json; charset=UTF-8"):
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


def test_files_of_google_drive_are_imported_and_the_token_is_nowhere(new_server, media):
    Drive.files = {
        "1a_B-cdefghij": ("共有ドライブ.pptx", PPTX, storyboard()),
        "film-1234567": ("本編.mp4", "video/mp4", media["本編.mp4"].read_bytes()),
        "sound-1234567": ("声.mp3", "audio/mpeg", media["声.mp3"].read_bytes()),
        "false-1234567": ("偽.mp4", "video/mp4", b"#EXTM3U\n/etc/passwd\n")}
    drive = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Drive)
    threading.Thread(target=drive.serve_forever, daemon=True).start()
    try:
        server = new_server(
            "--log-level", "trace", environment={"GOOGLE_DRIVE_URL": f"http://127.0.0.1:{drive.server_port}"}).start()
        people.settle(server)
        person = Supervisor(people.SignIn(server)("supervisor"))
        project = person.project("ドライブ")
        input = {"projectId": project, "target": {"tasks": {}}, "files": [{"fileId": "1a_B-cdefghij"}]}
        ended = person.api.mutate("startDriveImport", "import { id source }", input | {"accessToken": "ya29.ended"})["import"]
        assert ended["source"] == "DRIVE"
        [item] = person.import_events(ended["id"])[-1]["items"]
        assert item["errorCode"] == "DRIVE_SIGN_IN"
        id = person.api.mutate("startDriveImport", "import { id }", input | {"accessToken": Drive.token})["import"]["id"]
        [item] = person.import_events(id)[-1]["items"]
        assert (item["status"], item["name"], item["madeCount"]) == ("SUCCEEDED", "共有ドライブ.pptx", 4)
        id = person.api.mutate("startDriveImport", "import { id }", input | {
            "accessToken": Drive.token,
            "files": [{"fileId": each} for each in list(Drive.files)[1:]]})["import"]["id"]
        ended = {each["position"]: each for event in person.import_events(id) for each in event["items"]}
        assert [(ended[index]["status"], ended[index]["errorCode"]) for index in (1, 2, 3)] == [
            ("SUCCEEDED", None), ("SUCCEEDED", None), ("FAILED", "UPLOAD_TYPE")]
        tasks = nodes(person.api.execute(TASKS, {"id": project})["project"]["tasks"])
        made = {each["name"]: part for each in tasks for part in nodes(each["subtasks"]) if part["kind"] != "PICTURE"}
        assert {name: (part["kind"], round(part["content"]["asset"]["durationSeconds"])) for name, part in made.items()} == {
            "本編": ("VIDEO", 6), "声": ("AUDIO", 4)}
        assert person.api.session.get(made["本編"]["content"]["asset"]["url"], timeout=30).content == Drive.files["film-1234567"][2]
        assert scenes(person.api, made["本編"]["id"])["scenes"]["totalCount"] == 2
        assert server.rows("select count(*) from import_tokens") == [(0,)]
        logs = [server.log, *server.data.rglob("*.log")]
        assert len(logs) > 1 and all("ya29" not in each.read_text(errors="replace") for each in logs)
    finally:
        drive.shutdown()
        drive.server_close()
