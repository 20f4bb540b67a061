"""What Postgres did for a request: the plans of its statements, as `auto_explain` writes them into the log."""

import contextlib
import json
import re
from collections.abc import Iterator

import postgres_log
from harness import AimageServer


class PlanLog:
    """Lets Postgres log the executed plan of every statement; the server is started anew for it."""

    def __init__(self, server: AimageServer):
        self.server = server
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
        found = (
            re.search(r"\] aimage LOG:\s+duration: .* plan:\s+(\{.*\})", entry, re.DOTALL)
            for entry in postgres_log.entries(self.server, action))
        return [json.loads(match[1]) for match in found if match]

    @contextlib.contextmanager
    def sorting_only_if_it_must(self) -> Iterator[None]:
        """Postgres sorts for want of an index only, and not because there are few rows."""
        def choose(what: str) -> None:
            with self.server.connect() as connection:
                connection.execute(f"alter system {what}")
                connection.execute("select pg_reload_conf()")

        choose("set enable_sort = off")
        try:
            yield
        finally:
            choose("reset enable_sort")

    def faults(
        self, plan: dict, page: int, sorted: int | None = None, discarded: int | None = None, read: int | None = None,
    ) -> list[str]:
        """What is wrong with a plan: large tables read from end to end, and sorts of more than a page.

        With `sorted` also sorts that are given more rows than that, though they keep a page; with `discarded` also scans
        that read more rows in vain than that at a time; with `read` also scans that read more rows than that in all.
        """
        faults = []
        for node in nodes_of(plan["Plan"]):
            kind, rows = node["Node Type"], node["Actual Rows"]
            if "Seq Scan" in kind and self.sizes.get(node["Relation Name"], 0) > 1_000:
                faults.append(f"{kind} on {node['Relation Name']}")
            if "Sort" in kind and rows > page:
                faults.append(f"{kind} of {rows} rows by {node.get('Sort Key')}")
            given = node["Plans"][0]["Actual Rows"] if node.get("Plans") else 0
            if sorted is not None and kind == "Sort" and given > sorted:
                faults.append(f"{kind} of a page of {given} rows by {node.get('Sort Key')}")
            vain = node.get("Rows Removed by Filter", 0)
            if discarded is not None and vain > discarded:
                faults.append(f"{kind} reads {vain} rows in vain")
            # Both numbers are averages of the times that the node ran.
            total = (rows + vain) * node["Actual Loops"]
            if read is not None and kind.endswith("Scan") and total > read:
                faults.append(f"{kind} on {node.get('Relation Name') or node.get('Index Name')} reads {total} rows")
        return faults


def sorts_of(plan: dict) -> list[str]:
    """By what a plan sorts, however few rows."""
    return [f"{node['Node Type']} by {node.get('Sort Key')}" for node in nodes_of(plan["Plan"]) if "Sort" in node["Node Type"]]


def nodes_of(node: dict) -> Iterator[dict]:
    """A plan's node and all below it."""
    yield node
    for child in node.get("Plans", []):
        yield from nodes_of(child)
