"""A headless Chromium, driven by its own protocol (CDP) over a WebSocket: no driver program in between."""

import base64
import contextlib
import json
import pathlib
import shutil
import subprocess
import tempfile
import time

import requests
from websockets.sync.client import connect

from harness import wait_until

START_SECONDS = 60


class Page:
    """One page of the browser."""

    def __init__(self, connection):
        self.connection = connection
        self.number = 0
        self.problems: list[str] = []
        for domain in ("Page", "Runtime", "Log"):
            self.call(f"{domain}.enable")

    def call(self, method: str, **parameters) -> dict:
        """One command of the protocol and its answer; what the page complains about meanwhile is remembered."""
        self.number += 1
        self.connection.send(json.dumps({"id": self.number, "method": method, "params": parameters}))
        while True:
            message = json.loads(self.connection.recv(timeout=60))
            if message.get("id") == self.number:
                assert "error" not in message, message
                return message["result"]
            self._notice(message)

    def _notice(self, message: dict) -> None:
        parameters = message.get("params", {})
        if message["method"] == "Runtime.exceptionThrown":
            self.problems.append(str(parameters["exceptionDetails"]))
        if message["method"] == "Log.entryAdded" and parameters["entry"]["level"] == "error":
            entry = parameters["entry"]
            if not entry.get("url", "").endswith("/favicon.ico"):
                self.problems.append(f"{entry['text']} {entry.get('url', '')}")

    def open(self, url: str) -> None:
        self.call("Page.navigate", url=url)

    def run(self, script: str):
        """The value of a JavaScript expression in the page."""
        result = self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in result, result["exceptionDetails"]
        return result["result"].get("value")

    def wait_for(self, script: str, seconds: float = 30):
        """Waits until an expression is true in the page and gives its value."""
        return wait_until(lambda: self.run(script), seconds, f"{script} on the page", interval=0.1)

    def screenshot(self, path: pathlib.Path) -> None:
        data = self.call("Page.captureScreenshot", format="png")["data"]
        path.write_bytes(base64.b64decode(data))


class GraphiQL:
    """The explorer in a page."""

    def __init__(self, page: Page, url: str):
        self.page = page
        page.open(url)
        page.wait_for("!!document.querySelector('.graphiql-execute-button')", 60)

    def write(self, query: str, name: str) -> None:
        """Replaces the text of the query editor, and waits until the page has seen the name of its operation."""
        self.page.run(f"{EDITOR}.setValue({json.dumps(query)})")
        self.page.wait_for(f"localStorage.getItem('graphiql:operationName') === '{name}'")

    def query(self) -> str:
        return self.page.run(f"{EDITOR}.getValue()")

    def execute(self) -> None:
        """Clicks the button."""
        self.page.run("document.querySelector('.graphiql-execute-button').click()")

    def result(self) -> str:
        """The text of the result pane."""
        return self.page.run("document.querySelector('.result-window .CodeMirror')?.CodeMirror.getValue() ?? ''")

    def wait_for_result(self, *words: str, seconds: float = 30) -> str:
        """Waits until all words stand in the result pane and gives its text."""
        begun = time.monotonic()
        while True:
            text = self.result()
            if all(word in text for word in words):
                return text
            assert time.monotonic() - begun < seconds, f"the result pane shows {text!r}"
            time.sleep(0.1)


EDITOR = "document.querySelector('.graphiql-query-editor .CodeMirror').CodeMirror"


@contextlib.contextmanager
def browser(width: int = 1440, height: int = 860):
    """A page in a browser of its own, which ends with the block."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    assert program, "Chromium is not installed; run scripts/setup --tests"
    with tempfile.TemporaryDirectory(prefix="chromium-", ignore_cleanup_errors=True) as profile:
        process = subprocess.Popen(
            [program, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
             "--disable-background-networking", "--disable-component-update", "--lang=en-US",
             "--remote-debugging-port=0", f"--user-data-dir={profile}", f"--window-size={width},{height}",
             "about:blank"],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            file = pathlib.Path(profile, "DevToolsActivePort")
            wait_until(lambda: file.exists() and file.read_text().count("\n"), START_SECONDS, "starting Chromium")
            port = file.read_text().split()[0]
            pages = requests.get(f"http://127.0.0.1:{port}/json", timeout=30).json()
            target = next(page for page in pages if page["type"] == "page")
            with connect(target["webSocketDebuggerUrl"], max_size=None, origin=None) as connection:
                yield Page(connection)
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(10)
