"""The schema for programs and for people: SDL, and a reference in a real browser."""

import graphql
import pytest
import requests

from browser import browser


@pytest.fixture(scope="module")
def page():
    with browser() as instance:
        yield instance


def test_the_sdl_is_the_schema_that_introspection_tells(server, nobody):
    answer = requests.get(f"{server.url}/schema.graphql", timeout=10)
    assert answer.status_code == 200 and answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    served = graphql.build_schema(answer.text)
    told = graphql.build_client_schema(nobody.execute(graphql.get_introspection_query()))
    assert set(served.type_map) == set(told.type_map)
    again = requests.get(
        f"{server.url}/schema.graphql", headers={"If-None-Match": answer.headers["ETag"]}, timeout=10)
    assert again.status_code == 304 and again.content == b""


def test_the_reference_is_searched_and_followed_without_another_request(server, page):
    page.open(f"{server.url}/schema")
    # Its script is at the end of the page and listens from then on.
    page.wait_for("document.readyState === 'complete' && document.querySelectorAll('section').length > 50")
    page.run("document.getElementById('search').value = 'finding'")
    page.run("document.getElementById('search').dispatchEvent(new Event('input'))")
    assert page.run("document.querySelector('#results a').textContent").lower().startswith("finding")
    page.run("document.querySelector('#results a').click()")
    assert page.run("document.querySelector(':target') !== null")
    dangling = page.run(
        "[...document.querySelectorAll('a[href^=\"#\"]')].filter((link) => "
        "!document.getElementById(decodeURIComponent(link.hash.slice(1)))).length")
    assert dangling == 0
    assert page.run("performance.getEntriesByType('resource').length") == 0
    assert page.problems == []
