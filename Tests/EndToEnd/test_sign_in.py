"""Signing in with a played Google, over real sockets: tokens, cookies, renewal, theft, revocation, service tokens."""

import http.cookies

import pytest
import requests
from websockets.exceptions import ConnectionClosed

import people
from api import Api, Socket
from google import Google, Key

SIGN_IN = """
mutation($token: String!) {
  signInWithGoogle(input: { idToken: $token }) { accessToken expiresAt user { id email pictureUrl } }
}
"""
REFRESH = "mutation { refreshSession { accessToken user { email } } }"
VIEWER = "{ viewer { email } }"


@pytest.fixture(scope="module")
def google():
    with Google() as instance:
        yield instance


@pytest.fixture(scope="module")
def server(google, new_module_server):
    instance = new_module_server(environment=google.environment()).start()
    people.settle(instance)
    return instance


class Browser:
    """A client that keeps cookies as a browser would, also the `Secure` ones: to browsers, loopback counts as secure."""

    def __init__(self, server):
        self.server = server
        self.cookies: dict[str, http.cookies.Morsel] = {}

    def post(self, query: str, variables: dict | None = None, headers: dict | None = None) -> requests.Response:
        cookie = "; ".join(f"{name}={morsel.value}" for name, morsel in self.cookies.items())
        response = requests.post(
            self.server.graphql_url, json={"query": query, "variables": variables or {}}, timeout=30,
            headers={"Cookie": cookie} | (headers or {}))
        for field in response.raw.headers.getlist("Set-Cookie"):
            for name, morsel in http.cookies.SimpleCookie(field).items():
                self.cookies[name] = morsel
                if morsel["max-age"] == "0":
                    del self.cookies[name]
        return response

    def sign_in(self, token: str) -> dict:
        answer = self.post(SIGN_IN, {"token": token}).json()
        assert "errors" not in answer, answer
        return answer["data"]["signInWithGoogle"]


def code(response: requests.Response) -> str:
    return response.json()["errors"][0]["extensions"]["code"]


def bearer(server, token: str) -> requests.Response:
    return requests.post(
        server.graphql_url, json={"query": VIEWER}, headers={"Authorization": f"Bearer {token}"}, timeout=30)


def test_a_google_account_signs_in_and_is_known_by_token_and_by_cookie(server, google):
    browser = Browser(server)
    payload = browser.sign_in(google.token("g-1", "Sora@Hoshimi.example", hd="hoshimi.example", picture="https://p.example/1"))
    assert payload["user"]["email"] == "sora@hoshimi.example"
    assert payload["user"]["pictureUrl"] == "https://p.example/1"
    assert bearer(server, payload["accessToken"]).json()["data"]["viewer"]["email"] == "sora@hoshimi.example"
    assert browser.post(VIEWER).json()["data"]["viewer"]["email"] == "sora@hoshimi.example"


def test_the_cookies_are_kept_from_scripts_the_clear_and_other_sites(server, google):
    browser = Browser(server)
    browser.sign_in(google.token("g-1", "sora@gmail.com"))
    for name, path in (("aimage_access", "/"), ("aimage_refresh", "/graphql")):
        morsel = browser.cookies[name]
        assert morsel["httponly"] and morsel["secure"]
        assert (morsel["samesite"], morsel["path"]) == ("Strict", path)
    assert int(browser.cookies["aimage_access"]["max-age"]) == 15 * 60


@pytest.mark.parametrize(("changes", "expected"), [
    ({"iss": "https://evil.example"}, "ID_TOKEN_ISSUER_REFUSED"), ({"aud": "theirs"}, "ID_TOKEN_AUDIENCE_REFUSED"),
    ({"exp": 1_700_000_000}, "ID_TOKEN_EXPIRED"), ({"iat": 4_000_000_000}, "ID_TOKEN_NOT_YET_VALID"),
    ({"email_verified": False}, "EMAIL_NOT_VERIFIED"), ({"sub": None}, "ID_TOKEN_MALFORMED"),
    ({"header": {"alg": "HS256"}}, "ID_TOKEN_ALGORITHM_REFUSED"),
    ({"header": {"kid": "unheard of"}}, "ID_TOKEN_KEY_UNKNOWN"),
])
def test_each_refusal_has_its_code_and_sets_no_cookie(server, google, changes, expected):
    browser = Browser(server)
    response = browser.post(SIGN_IN, {"token": google.token("g-2", "two@gmail.com", **changes)})
    assert code(response) == expected
    assert response.json()["data"] is None
    assert not browser.cookies


def test_a_forged_signature_is_refused(server, google):
    forged = google.token("g-2", "two@gmail.com", key=Key("first"))
    assert code(Browser(server).post(SIGN_IN, {"token": forged})) == "ID_TOKEN_SIGNATURE_INVALID"


def test_both_of_google_s_names_are_google(server, google):
    Browser(server).sign_in(google.token("g-1", "sora@gmail.com", iss="accounts.google.com"))


def test_the_keys_are_fetched_once_for_many_sign_ins(server, google):
    Browser(server).sign_in(google.token("g-1", "sora@gmail.com"))
    before = google.requests
    for _ in range(5):
        Browser(server).sign_in(google.token("g-1", "sora@gmail.com"))
    assert google.requests == before


def test_without_a_client_id_nobody_signs_in(new_server, google):
    server = new_server().start()
    assert code(Browser(server).post(SIGN_IN, {"token": google.token("g", "a@gmail.com")})) == "SIGN_IN_DISABLED"


def test_only_the_configured_domain_signs_in(new_server, google):
    server = new_server(environment=google.environment(GOOGLE_HOSTED_DOMAIN="hoshimi.example")).start()
    Browser(server).sign_in(google.token("g-1", "a@hoshimi.example", hd="hoshimi.example"))
    for hd in ("evil.example", None):
        token = google.token("g-2", "b@hoshimi.example", hd=hd)
        assert code(Browser(server).post(SIGN_IN, {"token": token})) == "DOMAIN_NOT_ALLOWED"


def test_a_session_is_renewed_and_each_refresh_token_works_once(server, google):
    browser = Browser(server)
    browser.sign_in(google.token("g-3", "three@gmail.com"))
    stolen = dict(browser.cookies)
    first = browser.cookies["aimage_refresh"].value
    assert browser.post(REFRESH).json()["data"]["refreshSession"]["user"]["email"] == "three@gmail.com"
    assert browser.cookies["aimage_refresh"].value != first
    thief = Browser(server)
    thief.cookies = stolen
    response = thief.post(REFRESH)
    assert code(response) == "REFRESH_TOKEN_REUSED"
    assert not thief.cookies, "cookies that are no good are deleted"
    assert browser.post(VIEWER).json()["data"]["viewer"] is None, "the theft ended the session for both"
    assert code(browser.post(REFRESH)) == "SESSION_REVOKED"


def test_a_renewal_without_a_cookie_is_refused(server):
    assert code(Browser(server).post(REFRESH)) == "REFRESH_TOKEN_MISSING"


def test_signing_out_counts_at_once_for_requests_and_sockets(server, google):
    browser = Browser(server)
    token = browser.sign_in(google.token("g-4", "four@gmail.com"))["accessToken"]
    with Socket(server) as socket:
        socket.send({"type": "connection_init", "payload": {"Authorization": f"Bearer {token}"}})
        assert socket.receive() == {"type": "connection_ack"}
        assert browser.post("mutation { signOut { sessionsEnded } }").json()["data"] == {"signOut": {"sessionsEnded": 1}}
        assert bearer(server, token).status_code == 401
        with pytest.raises(ConnectionClosed) as caught:
            socket.receive(10)
        assert (caught.value.rcvd.code, caught.value.rcvd.reason) == (4403, "Forbidden")
    assert not browser.cookies


def test_signing_out_everywhere_reaches_every_device(server, google):
    devices = [Browser(server) for _ in range(3)]
    tokens = [device.sign_in(google.token("g-5", "five@gmail.com"))["accessToken"] for device in devices]
    other = Browser(server).sign_in(google.token("g-6", "six@gmail.com"))["accessToken"]
    answer = devices[0].post("mutation { signOutEverywhere { sessionsEnded } }").json()
    assert answer["data"]["signOutEverywhere"]["sessionsEnded"] == 3
    assert [bearer(server, token).status_code for token in tokens] == [401] * 3
    assert bearer(server, other).status_code == 200


def test_a_changed_role_and_a_lost_membership_count_from_the_next_request_on(server, google):
    api = Api(server, server.token(people.address("owner")))
    assert api.execute("{ viewer { role organizations { totalCount } } }") == {
        "viewer": {"role": "USER", "organizations": {"totalCount": 1}}}
    server.rows("update users set role = 'ADMIN' where email = %s", (people.address("owner"),))
    server.rows(
        "delete from organization_members where user_id = (select id from users where email = %s)",
        (people.address("owner"),))
    assert api.execute("{ viewer { role organizations { totalCount } } }") == {
        "viewer": {"role": "ADMIN", "organizations": {"totalCount": 0}}}


def test_nobody_signs_in_over_a_websocket(server, google):
    with Socket(server) as socket:
        socket.send({"type": "connection_init"})
        assert socket.receive() == {"type": "connection_ack"}
        socket.start(SIGN_IN, {"token": google.token("g-1", "sora@gmail.com")})
        message = socket.receive()
        assert message["payload"]["errors"][0]["extensions"]["code"] == "COOKIES_UNAVAILABLE"


def test_the_access_cookie_signs_a_websocket_in(server, google):
    browser = Browser(server)
    browser.sign_in(google.token("g-7", "seven@gmail.com"))
    cookie = {"Cookie": f"aimage_access={browser.cookies['aimage_access'].value}"}
    with Socket(server, additional_headers=cookie) as socket:
        socket.send({"type": "connection_init"})
        assert socket.receive() == {"type": "connection_ack"}
        assert list(socket.subscribe(VIEWER)) == [{"viewer": {"email": "seven@gmail.com"}}]


def test_a_service_token_works_until_it_is_revoked(server):
    arguments = ("token", "--data", str(server.data), "--service", "build")
    made = server.run(*arguments, "--email", people.address("supervisor"))
    token = made.stdout.strip()
    assert token.startswith("aimage_service_"), made.stderr
    assert bearer(server, token).json()["data"]["viewer"]["email"] == people.address("supervisor")
    assert server.run(*arguments, "--email", people.address("owner")).returncode != 0, "the name is taken"
    assert server.run(*arguments, "--revoke").returncode == 0
    assert bearer(server, token).status_code == 401
    assert server.run(*arguments, "--revoke").returncode != 0


def test_an_administrator_makes_and_revokes_service_tokens(server):
    admin = Api(server, server.token(people.address("admin")))
    user = Api(server, server.token(people.address("studio"))).execute("{ viewer { id } }")["viewer"]["id"]
    create = """
        mutation($user: ID!) {
          createServiceToken(input: { name: "bot", userId: $user }) { token userErrors { code } }
        }
    """
    token = admin.execute(create, {"user": user})["createServiceToken"]["token"]
    assert bearer(server, token).json()["data"]["viewer"]["email"] == people.address("studio")
    with Socket(server) as socket:
        socket.send({"type": "connection_init", "payload": {"Authorization": f"Bearer {token}"}})
        assert socket.receive() == {"type": "connection_ack"}
        admin.execute('mutation { revokeServiceToken(input: { name: "bot" }) { name } }')
        with pytest.raises(ConnectionClosed) as caught:
            socket.receive(10)
        assert caught.value.rcvd.code == 4403
    assert bearer(server, token).status_code == 401
    assert code(Api(server, server.token(people.address("studio"))).post(create, {"user": user})) == "FORBIDDEN"
