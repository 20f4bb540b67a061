"""What a monitoring system sees: Prometheus text, health, readiness."""

import signal
import threading

import pytest
import requests
from prometheus_client.parser import text_string_to_metric_families

import people
from api import Api
from harness import AimageServer, free_port, wait_until
from scenario import Supervisor


def scrape(url: str) -> dict[str, dict[tuple, float]]:
    """Samples by name and labels, through Prometheus's own parser, which refuses what is malformed."""
    answer = requests.get(f"{url}/metrics", timeout=10)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
    samples: dict[str, dict[tuple, float]] = {}
    for family in text_string_to_metric_families(answer.text):
        assert family.documentation and family.type != "unknown", family.name
        for sample in family.samples:
            samples.setdefault(sample.name, {})[tuple(sorted(sample.labels.items()))] = sample.value
    return samples


def total(samples: dict, name: str, **labels: str) -> float:
    """The sum of a family's samples that have these labels."""
    return sum(
        value for key, value in samples.get(name, {}).items() if all(item in key for item in labels.items()))


@pytest.fixture(scope="module")
def measured():
    instance = AimageServer("--metrics-port", str(free_port()), "--metrics-clients", "dashboard")
    try:
        instance.start()
        people.settle(instance)
        yield instance
    finally:
        instance.remove()


@pytest.fixture(scope="module")
def metrics_url(measured) -> str:
    return f"http://127.0.0.1:{measured.flags[1]}"


def test_every_family_is_well_formed_and_its_histograms_add_up(measured, metrics_url):
    Api(measured).post("{ viewer { id } }")
    samples = scrape(metrics_url)
    for name in list(samples):
        if not name.endswith("_count"):
            continue
        for labels, count in samples[name].items():
            infinite = tuple(sorted([*labels, ("le", "+Inf")]))
            assert samples[name.removesuffix("_count") + "_bucket"][infinite] == count


def test_requests_operations_errors_and_statements_are_counted(measured, metrics_url):
    before = scrape(metrics_url)
    api = people.SignIn(measured)("supervisor")
    api.post("{ projects(first: 1) { edges { node { id } } } }", headers={"apollographql-client-name": "dashboard"})
    api.post("{ nothing }", headers={"apollographql-client-name": "a stranger"})
    after = scrape(metrics_url)

    def grown(name: str, **labels: str) -> float:
        return total(after, name, **labels) - total(before, name, **labels)

    assert grown("http_server_request_duration_seconds_count", http_route="/graphql") == 2
    assert grown("graphql_request_duration_seconds_count", operation_type="query") == 1
    assert grown("graphql_errors_total", code="GRAPHQL_VALIDATION_FAILED") == 1
    assert grown("graphql_client_requests_total", client_name="dashboard") == 1
    assert grown("graphql_client_requests_total", client_name="a stranger") == 0
    assert grown("db_client_operation_duration_seconds_count") >= 1


def test_gauges_show_connections_subscriptions_loops_and_the_process(measured, metrics_url):
    api = people.SignIn(measured)("supervisor")
    project = Supervisor(api).project("計測")
    with api.socket() as watcher:
        watcher.start("subscription($id: ID!) { projectReviews(projectId: $id) { status } }", {"id": project})
        wait_until(
            lambda: total(scrape(metrics_url), "graphql_active_subscriptions") == 1, 10, "the subscription's count")
        samples = scrape(metrics_url)
        assert total(samples, "http_server_connections", protocol="websocket") == 1
        assert total(samples, "db_client_connections_usage") >= 1
    wait_until(lambda: total(scrape(metrics_url), "graphql_active_subscriptions") == 0, 10, "the subscription's end")
    samples = scrape(metrics_url)
    assert total(samples, "job_queue_depth", kind="review", state="queued") == 0
    assert total(samples, "event_loop_lag_seconds_count", loop="loop-0") > 0
    for name in ("process_resident_memory_bytes", "process_open_fds", "process_cpu_seconds_total"):
        assert total(samples, name) > 0, name


def test_the_main_port_shows_metrics_to_the_machine_itself_and_not_through_an_unknown_proxy(measured):
    assert total(scrape(measured.url), "build_info") == 1
    answer = requests.get(f"{measured.url}/metrics", headers={"X-Forwarded-For": "127.0.0.1"}, timeout=10)
    assert answer.status_code == 404


def test_the_main_port_hides_metrics_from_addresses_that_are_not_named(new_server):
    server = new_server("--metrics-from", "192.0.2.0/24").start()
    assert requests.get(f"{server.url}/metrics", timeout=10).status_code == 404


def test_readiness_ends_before_the_server_does(new_server):
    server = new_server("--drain-delay", "3").start()
    ended = threading.Thread(target=server.interrupt, args=(signal.SIGTERM,))
    ended.start()
    wait_until(lambda: requests.get(f"{server.url}/readyz", timeout=5).status_code == 503, 3, "the end of readiness")
    assert requests.get(f"{server.url}/readyz", timeout=5).json()["reason"] == "the server is stopping"
    # Whoever comes all the same is served.
    assert Api(server).post("{ viewer { id } }").status_code == 200
    ended.join()
    assert server.process.returncode == 0
