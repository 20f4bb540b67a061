"""The people of the tests, put straight into the database: the API of this slice makes no users and no companies.

The names of the people are those of the demo data, and so are their rights.
"""

from api import Api
from harness import AimageServer

DOMAIN = "demo.example"
RIGHTS_HOLDER = "星見アニメーション"
STUDIO = "風鈴坂スタジオ"
STRANGERS_COMPANY = "霧笛書房"

NAMES = {
    "owner": "星見 かおる", "supervisor": "朝倉 しおり", "partner": "中原 つばさ", "studio": "風間 りん",
    "stranger": "霧島 はじめ", "admin": "システム管理者",
}
MEMBERS = {RIGHTS_HOLDER: ["owner", "supervisor"], STUDIO: ["studio"], STRANGERS_COMPANY: ["stranger"]}
STATUSES = ["未着手", "監修中", "完了"]
PRIORITIES = ["低", "中", "高"]


def address(name: str) -> str:
    return f"{name}@{DOMAIN}"


def settle(server: AimageServer) -> None:
    """Puts the people and their companies into a server's empty database."""
    with server.connect() as connection, connection.transaction():
        for name, shown in NAMES.items():
            role = "ADMIN" if name == "admin" else "USER"
            connection.execute(
                "insert into users (email, name, role) values (%s, %s, %s)", (address(name), shown, role))
        for company, members in MEMBERS.items():
            connection.execute("insert into organizations (name) values (%s)", (company,))
            for table, names in (("task_statuses", STATUSES), ("task_priorities", PRIORITIES)):
                for position, name in enumerate(names, 1):
                    connection.execute(
                        f"insert into {table} (organization_id, position, name)"
                        " select id, %s, %s from organizations where name = %s", (position, name, company))
            for index, member in enumerate(members):
                connection.execute(
                    "insert into organization_members (organization_id, user_id, is_admin)"
                    " select organizations.id, users.id, %s from organizations, users"
                    " where organizations.name = %s and users.email = %s", (index == 0, company, address(member)))


def let_cooperate(server: AimageServer, project_name: str) -> None:
    """Lets the studio and the partner take part in the project with this name."""
    with server.connect() as connection, connection.transaction():
        connection.execute(
            "insert into project_organizations (project_id, organization_id)"
            " select projects.id, organizations.id from projects, organizations"
            " where projects.name = %s and organizations.name = %s", (project_name, STUDIO))
        connection.execute(
            "insert into project_members (project_id, user_id)"
            " select projects.id, users.id from projects, users"
            " where projects.name = %s and users.email = %s", (project_name, address("partner")))


class SignIn:
    """The API of a server as each person sees it, by the person's short name."""

    def __init__(self, server: AimageServer):
        self.server = server
        self.known: dict[str, Api] = {}

    def __call__(self, name: str) -> Api:
        if name not in self.known:
            self.known[name] = Api(self.server, self.server.token(address(name)))
        return self.known[name]
