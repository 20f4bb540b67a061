"""Videos and recordings for tests: made by ffmpeg, sent like any file, made into materials."""

import collections
import os
import pathlib
import subprocess
import sys

WATCH_TASK = """
subscription($id: ID!) { taskEvents(taskId: $id, after: "0") {
  __typename ... on SceneDetectionChanged { status progress subtask { id } }
} }
"""
SCENES = """
query($id: ID!) { subtask(id: $id) { content {
  sceneDetection { status progress errorCode }
  scenes(first: 100) { totalCount edges { node {
    id number startSeconds endSeconds startFrame endFrame middleSeconds frameUrl thumbnailUrl asset { id }
  } } }
} } }
"""


def ffmpeg(path: pathlib.Path, *arguments: str) -> pathlib.Path:
    """A file made by ffmpeg."""
    subprocess.run(["ffmpeg", "-nostdin", "-v", "error", "-y", *arguments, str(path)], check=True)
    return path


def colored_film(path: pathlib.Path, *colors: str, seconds: float = 2) -> pathlib.Path:
    """A film of one colour after the other, 320 × 240 pixels, 25 frames a second."""
    inputs = [word for color in colors for word in ("-f", "lavfi", "-i", f"color=c={color}:s=320x240:r=25:d={seconds}")]
    joined = "".join(f"[{index}]" for index in range(len(colors))) + f"concat=n={len(colors)}[v]"
    return ffmpeg(path, *inputs, "-filter_complex", joined, "-map", "[v]", "-pix_fmt", "yuv420p")


def frame_file(server, scene: int) -> pathlib.Path:
    """Where the frame of a scene lies, when the server has one video."""
    (key,), = server.rows("select frame_key from video_scenes where number = %s", (scene,))
    path, = server.data.glob(f"objects/objects/*/{key.replace('/', ',')}")
    return path


READER = """#!{python}
import io, pathlib, sys, time
from PIL import Image

texts = {texts!r}
folder = pathlib.Path(__file__).parent
red, green, blue = Image.open(io.BytesIO(sys.stdin.buffer.read())).convert("RGB").resize((1, 1)).getpixel((0, 0))
color = "blue" if blue > 128 else "yellow" if red > 128 and green > 128 else "red" if red > 128 else "lime"
with (folder / "asked").open("a") as log:
    log.write(color + "\\n")
while (folder / f"hold-{{color}}").exists():
    time.sleep(0.02)
print(texts.get(color, ""))
"""


class NoticeReader:
    """A program in the place of tesseract, by which the local model reads notices in red, blue, lime and yellow frames.

    It writes down each request, reads what it is told to read, and waits as long as it is told to.
    """

    def __init__(self, folder: pathlib.Path, texts: dict[str, str]):
        folder.mkdir()
        self.folder = folder
        program = folder / "tesseract"
        program.write_text(READER.format(python=sys.executable, texts=texts))
        program.chmod(0o755)

    @property
    def search_path(self) -> str:
        """A `PATH` in which it is found first."""
        return f"{self.folder}:{os.environ['PATH']}"

    def asked(self) -> collections.Counter:
        """How often it was asked, by colour."""
        log = self.folder / "asked"
        return collections.Counter(log.read_text().split() if log.exists() else [])

    def hold(self, color: str) -> None:
        """From now on a request about this colour has no answer."""
        (self.folder / f"hold-{color}").touch()

    def release(self, color: str) -> None:
        (self.folder / f"hold-{color}").unlink()


def send(supervisor, project: str, path: pathlib.Path, media_type: str) -> dict:
    """Sends a file, and gives the asset after its check."""
    content = path.read_bytes()
    created = supervisor.create_upload(project, path, mediaType=media_type, byteCount=len(content), fileName=path.name)
    assert supervisor.put(created["ticket"], content).status_code in (200, 201, 204)
    asset = created["ticket"]["asset"]["id"]
    assert supervisor.complete_upload(asset)["userErrors"] == []
    fields = "id state mediaType width height durationSeconds frameRate url"
    return supervisor.execute("query($id: ID!) { node(id: $id) { ... on Asset { %s } } }" % fields, {"id": asset})["node"]


def video(api, project: str, task: str, path: pathlib.Path, name: str = "本編") -> str:
    """A video as a material of a task, and its identifier."""
    asset = send(api, project, path, "video/mp4")
    return api.mutate("createSubtask", "subtask { id }", {"taskId": task, "name": name, "assetId": asset["id"]})["subtask"]["id"]


def scenes(api, subtask: str) -> dict:
    """The version's scenes, once they have been found."""
    task = api.execute("query($id: ID!) { subtask(id: $id) { task { id } } }", {"id": subtask})["subtask"]["task"]["id"]
    with api.socket() as socket:
        for data in socket.subscribe(WATCH_TASK, {"id": task}):
            event = data["taskEvents"]
            if event["__typename"] == "SceneDetectionChanged" and event["subtask"]["id"] == subtask:
                if event["status"] in ("COMPLETED", "FAILED"):
                    break
    return api.execute(SCENES, {"id": subtask})["subtask"]["content"]
