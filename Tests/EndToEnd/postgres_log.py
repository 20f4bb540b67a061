"""What Postgres wrote into its log while something ran."""

import re
import uuid

from harness import AimageServer, wait_until


def entries(server: AimageServer, action) -> list[str]:
    """The entries of the embedded Postgres's log from before `action` to behind it, each with all of its lines."""
    path = server.data / "postgres/postgres.log"
    begin, end = (f"marker {uuid.uuid4()}" for _ in range(2))
    # Where the log ends now: read from its beginning, it would take longer with each question.
    start = path.stat().st_size

    def written() -> str:
        with path.open("rb") as log:
            log.seek(start)
            return log.read().decode(errors="replace")

    server.rows(f"select '{begin}'")
    action()
    server.rows(f"select '{end}'")
    wait_until(lambda: end in written(), 10, "Postgres's log")
    text = written().partition(begin)[2].partition(end)[0]
    # A line of the log begins with a time; what does not is the rest of an entry.
    return re.split(r"\n(?=\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+ )", text)
