"""Invitations by e-mail, through a mail server that is not ours."""

import email
import email.policy

import pytest
from aiosmtpd.controller import Controller

import people
from harness import free_port, wait_until
from scenario import Supervisor

PAGE = "https://app.example/invitation"
# A letter waits for a worker, and after a failure for the next attempt.
SECONDS = 60


class Mailbox:
    """Keeps what arrives, as the mail server read it."""

    def __init__(self):
        self.letters = []

    async def handle_DATA(self, server, session, envelope):
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        self.letters.append((envelope.mail_from, envelope.rcpt_tos, message))
        return "250 taken"


@pytest.fixture(scope="module")
def port() -> int:
    return free_port()


@pytest.fixture
def mailbox(port):
    controller = Controller(Mailbox(), hostname="127.0.0.1", port=port)
    controller.start()
    yield controller.handler
    controller.stop()


@pytest.fixture(scope="module")
def server(port, new_module_server):
    instance = new_module_server(
        "--smtp-url", f"smtp://127.0.0.1:{port}", "--mail-from", "desk@hoshimi.example", "--invitation-page", PAGE).start()
    people.settle(instance)
    return instance


@pytest.fixture(scope="module")
def owner(server):
    return people.SignIn(server)("owner")


def invite(owner, address: str) -> dict:
    organization = Supervisor(owner).organization()
    payload = owner.mutate(
        "inviteToOrganization", "token invitation { id delivery sentAt }", {"organizationId": organization, "email": address})
    assert payload["invitation"]["delivery"] == "PENDING" and payload["invitation"]["sentAt"] is None
    return payload


def delivery(owner, id: str) -> dict:
    query = "query($id: ID!) { node(id: $id) { ... on OrganizationInvitation { delivery sentAt } } }"
    return owner.execute(query, {"id": id})["node"]


def test_the_invited_get_a_letter_whose_link_opens_the_door(server, owner, mailbox):
    payload = invite(owner, people.address("stranger"))
    id = payload["invitation"]["id"]
    wait_until(lambda: delivery(owner, id)["delivery"] == "SENT", SECONDS, "the letter")
    assert delivery(owner, id)["sentAt"]
    [(sender, receivers, letter)] = mailbox.letters
    assert (sender, receivers) == ("desk@hoshimi.example", [people.address("stranger")])
    assert letter["From"] == "desk@hoshimi.example" and letter["To"] == people.address("stranger")
    assert people.RIGHTS_HOLDER in letter["Subject"] and not letter.defects
    assert letter["Date"].datetime and letter["Message-ID"].endswith("@hoshimi.example>")
    text = letter.get_content()
    assert people.NAMES["owner"] in text
    [link] = [line for line in text.splitlines() if line.startswith(PAGE)]
    token = link.removeprefix(f"{PAGE}#token=")
    assert token == payload["token"]
    people.SignIn(server)("stranger").mutate("acceptInvitation", "organization { id }", {"token": token})
    assert token not in server.log.read_text()
    assert server.rows("select count(*) from invitation_tokens") == [(0,)]
    assert not any(token in str(row) for row in server.rows("select payload, last_error from jobs"))


def test_an_invitation_that_is_taken_back_is_never_sent(owner, port):
    # Nobody listens yet.
    payload = invite(owner, "late@demo.example")
    owner.mutate("revokeInvitation", "invitation { id }", {"invitationId": payload["invitation"]["id"]})
    assert delivery(owner, payload["invitation"]["id"]) == {"delivery": "WITHDRAWN", "sentAt": None}
    controller = Controller(Mailbox(), hostname="127.0.0.1", port=port)
    controller.start()
    try:
        other = invite(owner, "other@demo.example")["invitation"]["id"]
        wait_until(lambda: delivery(owner, other)["delivery"] == "SENT", SECONDS, "the other letter")
        assert [receivers for _, receivers, _ in controller.handler.letters] == [["other@demo.example"]]
    finally:
        controller.stop()


def test_a_letter_waits_for_a_mail_server_that_is_down(owner, port):
    id = invite(owner, "patient@demo.example")["invitation"]["id"]
    wait_until(lambda: owner.server.rows("select 1 from jobs where kind = 'invitation-mail' and attempts > 0 and status = 'QUEUED'"),
               SECONDS, "a first attempt")
    assert delivery(owner, id)["delivery"] == "PENDING"
    controller = Controller(Mailbox(), hostname="127.0.0.1", port=port)
    controller.start()
    try:
        wait_until(lambda: delivery(owner, id)["delivery"] == "SENT", SECONDS, "the letter")
        assert len(controller.handler.letters) == 1
    finally:
        controller.stop()
