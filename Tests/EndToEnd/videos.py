"""Videos and recordings for tests: made by ffmpeg, sent like any file, made into materials."""

import pathlib
import subprocess

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
