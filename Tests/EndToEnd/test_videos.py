"""Videos and recordings as materials: sent by a signed URL, measured, played in parts, annotated in time, cut into scenes."""

import io
import pathlib

import pytest
from PIL import Image

from scenario import Supervisor, nodes
from videos import colored_film, ffmpeg, scenes, send, video

COLORS = ("red", "blue", "lime")


@pytest.fixture(scope="module")
def film(tmp_path_factory) -> pathlib.Path:
    """Six seconds in three colours, with sound."""
    folder = tmp_path_factory.mktemp("films")
    silent = colored_film(folder / "silent.mp4", *COLORS)
    return ffmpeg(folder / "film.mp4", "-i", str(silent), "-f", "lavfi", "-i", "sine=d=6", "-c:v", "copy")


@pytest.fixture(scope="module")
def project(supervisor) -> str:
    return Supervisor(supervisor).project("映像")


def test_a_video_is_measured_and_a_player_gets_the_parts_that_it_asks_for(supervisor, project, film):
    asset = send(supervisor, project, film, "video/mp4")
    assert (asset["mediaType"], asset["width"], asset["height"], asset["frameRate"]) == ("video/mp4", 320, 240, 25)
    assert asset["durationSeconds"] == pytest.approx(6, abs=0.1)
    content = film.read_bytes()

    def get(**headers):
        return supervisor.session.get(asset["url"], headers=headers, timeout=30)

    whole = get()
    assert whole.status_code == 200 and whole.content == content and whole.headers["Accept-Ranges"] == "bytes"
    assert whole.headers["Content-Type"] == "video/mp4"
    part = get(Range="bytes=100-299")
    assert part.status_code == 206 and part.content == content[100:300]
    assert part.headers["Content-Range"] == f"bytes 100-299/{len(content)}"
    tag = whole.headers["ETag"]
    assert get(Range="bytes=-5", **{"If-Range": tag}).content == content[-5:]
    assert get(Range="bytes=0-4", **{"If-Range": '"another"'}).content == content
    beyond = get(Range=f"bytes={len(content)}-")
    assert beyond.status_code == 416 and beyond.headers["Content-Range"] == f"bytes */{len(content)}"


def test_annotations_have_their_time_in_videos_and_recordings(supervisor, project, film, tmp_path):
    person = Supervisor(supervisor)
    task = person.task(project, "第1話")
    sound = ffmpeg(tmp_path / "voice.mp3", "-f", "lavfi", "-i", "sine=d=3")
    for path, media_type, kind, seconds in ((film, "video/mp4", "VIDEO", 6), (sound, "audio/mpeg", "AUDIO", 3)):
        asset = send(supervisor, project, path, media_type)
        subtask = supervisor.mutate(
            "createSubtask", "subtask { id kind }", {"taskId": task, "name": kind, "assetId": asset["id"]})["subtask"]
        assert subtask["kind"] == kind
        selection = "annotation { startSeconds endSeconds }"
        input = {"subtaskId": subtask["id"], "text": "ここ", "startSeconds": 1.5, "endSeconds": 2.5}
        made = supervisor.payload("createAnnotation", selection, input)
        assert made["annotation"] == {"startSeconds": 1.5, "endSeconds": 2.5}
        late = supervisor.payload("createAnnotation", selection, input | {"endSeconds": seconds + 1})
        assert [(error["field"], error["code"]) for error in late["userErrors"]] == [
            (["input", "endSeconds"], "OUTSIDE_DURATION")]


def test_a_playlist_that_calls_itself_a_video_is_refused(supervisor, project, tmp_path):
    path = tmp_path / "list.mp4"
    path.write_text("#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n")
    content = path.read_bytes()
    created = supervisor.create_upload(project, path, mediaType="video/mp4", byteCount=len(content), fileName="list.mp4")
    assert supervisor.put(created["ticket"], content).status_code in (200, 201, 204)
    answer = supervisor.complete_upload(created["ticket"]["asset"]["id"])
    assert [error["code"] for error in answer["userErrors"]] == ["UPLOAD_TYPE"]


def test_the_scenes_of_a_video_are_found_and_shown(supervisor, project, film):
    task = Supervisor(supervisor).task(project, "第2話")
    subtask = video(supervisor, project, task, film)
    content = scenes(supervisor, subtask)
    assert content["sceneDetection"] == {"status": "COMPLETED", "progress": 1, "errorCode": None}
    found = nodes(content["scenes"])
    assert [(each["number"], each["startSeconds"], each["endSeconds"]) for each in found] == [
        (1, 0, 2), (2, 2, 4), (3, 4, pytest.approx(6, abs=0.1))]
    assert [(each["startFrame"], each["endFrame"]) for each in found] == [(0, 49), (50, 99), (100, 149)]
    for each, color in zip(found, [(254, 0, 0), (0, 0, 254), (0, 255, 0)]):
        for url, size in ((each["frameUrl"], (320, 240)), (each["thumbnailUrl"], (320, 240))):
            picture = Image.open(io.BytesIO(supervisor.session.get(url, timeout=30).content))
            assert picture.format == "JPEG" and picture.size == size
            assert max(abs(a - b) for a, b in zip(picture.getpixel((150, 100)), color)) < 12
