"""What Postgres did for a request: the plans of its statements, as `auto_explain` writes them into the log."""

import json
import re
import time
import uuid
from collections.abc import Iterator

from harness import AimageServer, wait_until


class PlanLog:
    """Lets Postgres log the executed plan of every statement; the server is started anew for it."""

    def __init__(self, server: AimageServer):
        self.server = server
        self.path = server.data / "postgres/postgres.log"
        with server.connect() as connection:
            # The module's own settings are known only to a session that has loaded it.
            connection.execute("load 'auto_explain'")
            for name, value in {
                "session_preload_libraries": "auto_explain", "auto_explain.log_min_duration": "0",
                "auto_explain.log_analyze": "on", "auto_explain.log_timing": "off", "auto_explain.log_format": "json",
            }.items():
                connection.execute(f"alter system set {name} = '{value}'")
            connection.execute("select pg_reload_conf()")
        # Sessions load the module when they begin.
        server.interrupt()
        server.start(*server.flags)
        self.sizes = dict(server.rows("select relname, reltuples from pg_class where relkind = 'r'"))

    def of(self, action) -> list[dict]:
        """The plans of the statements that the program ran while `action` did."""
        begin, end = (f"marker {uuid.uuid4()}" for _ in range(2))
        self.server.rows(f"select '{begin}'")
        action()
        self.server.rows(f"select '{end}'")
        wait_until(lambda: end in self.path.read_text(errors="replace"), 10, "Postgres's log")
        text = self.path.read_text(errors="replace").partition(begin)[2].partition(end)[0]
        entries = re.split(r"\n(?=\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+ )", text)
        found = (re.search(r"\] aimage LOG:\s+duration: .* plan:\s+(\{.*\})", entry, re.DOTALL) for entry in entries)
        return [json.loads(match[1]) for match in found if match]

    def faults(self, plan: dict, page: int) -> list[str]:
        """What is wrong with a plan: large tables read from end to end, and sorts of more than a page."""
        faults = []
        for node in nodes_of(plan["Plan"]):
            kind, rows = node["Node Type"], node["Actual Rows"]
            if "Seq Scan" in kind and self.sizes.get(node["Relation Name"], 0) > 1_000:
                faults.append(f"{kind} on {node['Relation Name']}")
            if "Sort" in kind and rows > page:
                faults.append(f"{kind} of {rows} rows by {node.get('Sort Key')}")
        return faults


def nodes_of(node: dict) -> Iterator[dict]:
    """A plan's node and all below it."""
    yield node
    for child in node.get("Plans", []):
        yield from nodes_of(child)
