"""Takes the picture of GraphiQL running its start query: `scripts/screenshot`."""

import pathlib
import sys

from browser import GraphiQL, browser
from harness import ROOT, AimageServer, wait_until


def main(target: str) -> None:
    server = AimageServer("--seed-demo", "--graphiql", str(ROOT / ".tools/graphiql"))
    try:
        server.start()
        # The query shows findings, so some reviews must have been made.
        wait_until(
            lambda: server.rows("select count(*) from jobs where status in ('QUEUED', 'RUNNING')") == [(0,)],
            600, "the reviews of the demo data", interval=1)
        with browser() as page:
            explorer = GraphiQL(page, f"{server.url}/graphiql")
            explorer.execute()
            explorer.wait_for_result('"severity"', '"findings"')
            page.run("new Promise((resolve) => setTimeout(resolve, 1500))")
            page.screenshot(pathlib.Path(target))
        assert page.problems == [], page.problems
    finally:
        server.remove()
    print(target)


if __name__ == "__main__":
    main(*sys.argv[1:])
