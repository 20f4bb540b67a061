"""What people deleted goes for good when its time is over, by whichever process does the jobs, and as its flags say."""

import signal
import subprocess

import pytest

import people
from harness import AimageServer, binary, wait_until
from scenario import Supervisor
from test_metrics import scrape, total


@pytest.fixture
def deleted(new_server, photographs) -> tuple[AimageServer, Supervisor, dict[int, str]]:
    """Tasks with pictures, by how many days ago they were deleted, on a server that keeps all; and the server's person."""
    server = new_server("--keep-deleted-days", "0").start()
    people.settle(server)
    person = Supervisor(people.SignIn(server)("supervisor"))
    project = person.project("整理")
    made = {}
    for days, picture in ((20, "coffee"), (10, "chelsea")):
        made[days] = person.task(project, f"{days} 日前")
        person.subtask(project, made[days], "表", photographs[picture])
        person.api.mutate("deleteTask", "deletedTaskId", {"taskId": made[days]})
        server.rows(
            "update tasks set deleted_at = now() - make_interval(days => %s) where name = %s", (days, f"{days} 日前"))
    return server, person, made


def objects(server: AimageServer) -> int:
    return sum(path.is_file() for path in (server.data / "objects").rglob("*"))


def tasks(server: AimageServer) -> list[str]:
    return [name for [name] in server.rows("select name from tasks order by name")]


def test_only_what_is_older_than_the_flag_says_goes_and_its_bytes_follow(deleted):
    server, person, made = deleted
    stored = objects(server)
    assert stored > 0
    server.interrupt()
    server.start("--keep-deleted-days", "11")
    wait_until(lambda: tasks(server) == ["10 日前"], 30, "the purge")
    wait_until(lambda: objects(server) < stored, 30, "the deletion of the files")
    assert objects(server) > 0
    wait_until(
        lambda: total(scrape(server.url), "purged_rows_total", table="tasks") == 1, 10, "the count of what went")
    assert "deleted for good" in server.log_tail()
    assert server.rows("select count(*) from audit_entries where entity_type = 'TASK'")[0][0] >= 4
    query = "mutation($input: RestoreTaskInput!) { restoreTask(input: $input) { task { id } } }"
    [error] = person.api.errors(query, {"input": {"taskId": made[20]}})
    assert error["extensions"]["code"] == "NOT_FOUND"
    person.api.mutate("restoreTask", "task { id }", {"taskId": made[10]})
    assert tasks(server) == ["10 日前"]


def test_a_worker_does_it_as_its_own_flag_says(deleted):
    server, _, _ = deleted
    server.interrupt()
    server.start("--without-worker", "--keep-deleted-days", "9")
    assert len(tasks(server)) == 2
    with server.log.open("ab") as log:
        worker = subprocess.Popen(
            [str(binary()), "worker", "--data", str(server.data), "--keep-deleted-days", "11"], stdout=log, stderr=log,
            stdin=subprocess.DEVNULL, env=server._environment() | {
                "DATABASE_URL": server.database_url, "JWT_SECRET": (server.data / "secret").read_text()})
    try:
        wait_until(lambda: tasks(server) == ["10 日前"], 30, "the purge")
    finally:
        worker.send_signal(signal.SIGINT)
        worker.wait(30)


@pytest.mark.parametrize("days", ["-1", "36501", "x"])
def test_a_time_that_makes_no_sense_is_refused(days, new_server):
    server = new_server()
    result = server.run("serve", f"--keep-deleted-days={days}")
    assert result.returncode != 0
    assert "keep-deleted-days" in result.stderr or "kept for" in result.stderr
