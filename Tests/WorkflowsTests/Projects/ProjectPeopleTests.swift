import Database
import EventLoop
import FoundationEssentials
import Synchronization
import TestSupport
import Testing

@testable import Workflows

/// The table from which the people of projects are listed says what the tables of members say, whatever happens to them.
@Suite("People of projects", .timeLimit(.minutes(15)))
struct ProjectPeopleTests {
    @Test("it follows every change of members, cooperations, projects and people")
    func sequence() async throws {
        try await withTestDatabase { pool in
            let stage = try await PeopleStage.make(pool)
            let changes: [SQL] =
                PeopleStage.Change.allCases.map(stage.statement) + [
                    // Somebody who is in already, by another way.
                    "insert into project_members (project_id, user_id) values (\(stage.cooperating), \(stage.staying))",
                    "update users set name = 'Renamed'",
                    "update projects set deleted_at = now()",
                    "update projects set deleted_at = null",
                    "delete from organization_members where user_id = \(stage.staying)",
                    "delete from project_members",
                    "delete from users where id = \(stage.joining)",
                    "delete from organizations where id = \(stage.organization)",
                ]
            for change in changes {
                _ = try await pool.query(change)
                #expect(try await stage.differences() == [], "\(change.text)")
            }
        }
    }

    @Test("it follows two changes at the same time, of which neither sees the other")
    func pairs() async throws {
        try await withTestDatabase { pool in
            for first in PeopleStage.Change.allCases {
                for second in PeopleStage.Change.allCases where second != first {
                    let stage = try await PeopleStage.make(pool)
                    try await stage.atOnce(first, second)
                    #expect(try await stage.differences() == [], "\(first) and \(second)")
                }
            }
        }
    }
}

/// An organisation that cooperates in one project of another one, and may in a second.
private struct PeopleStage: Sendable {
    enum Change: CaseIterable {
        case joins, leaves, begins, ends, makes
    }

    let pool: ConnectionPool
    let organization: UUID
    let staying: UUID
    let leaving: UUID
    let joining: UUID
    let cooperating: UUID
    let other: UUID

    static func make(_ pool: ConnectionPool) async throws -> PeopleStage {
        func id(_ sql: SQL) async throws -> UUID { try #require(try await pool.queryFirst(sql)).uuid(0) }
        let key = UUID().text.lowercased()
        let owner = try await id("insert into organizations (name) values (\("Owner \(key)")) returning id")
        let organization = try await id("insert into organizations (name) values (\("Studio \(key)")) returning id")
        var users: [UUID] = []
        for number in 0..<3 {
            users.append(
                try await id(
                    """
                    insert into users (email, name)
                    values (\("\(number)-\(key)@demo.example"), \("Person \(number)"))
                    returning id
                    """))
        }
        for user in users.prefix(2) {
            _ = try await pool.query(
                "insert into organization_members (organization_id, user_id) values (\(organization), \(user))")
        }
        var projects: [UUID] = []
        for _ in 0..<2 {
            projects.append(
                try await id("insert into projects (organization_id, name) values (\(owner), 'Film') returning id"))
        }
        let stage = PeopleStage(
            pool: pool, organization: organization, staying: users[0], leaving: users[1], joining: users[2],
            cooperating: projects[0], other: projects[1])
        _ = try await pool.query(
            """
            insert into project_organizations (project_id, organization_id)
            values (\(stage.cooperating), \(organization))
            """)
        return stage
    }

    func statement(_ change: Change) -> SQL {
        switch change {
        case .joins:
            "insert into organization_members (organization_id, user_id) values (\(organization), \(joining))"
        case .leaves:
            "delete from organization_members where organization_id = \(organization) and user_id = \(leaving)"
        case .begins:
            "insert into project_organizations (project_id, organization_id) values (\(other), \(organization))"
        case .ends:
            "delete from project_organizations where project_id = \(cooperating) and organization_id = \(organization)"
        case .makes: "insert into projects (organization_id, name) values (\(organization), 'Play')"
        }
    }

    /// Makes two changes by two transactions, of which neither ends before the other has done what it can.
    func atOnce(_ first: Change, _ second: Change) async throws {
        let loop = pool.loop
        let isDone = DoneFlag()
        let task = try await pool.withTransaction { transaction in
            _ = try await transaction.query(statement(first))
            let task = Task(executorPreference: loop) {
                defer { isDone.set() }
                _ = try await pool.withTransaction { try await $0.query(statement(second)) }
            }
            while !isDone.value {
                if try await isSomebodyWaiting() { break }
                try await loop.sleep(for: .milliseconds(1))
            }
            return task
        }
        try await task.value
    }

    private func isSomebodyWaiting() async throws -> Bool {
        // On a connection of its own: the pool's statements wait for those in front of them.
        try await pool.withTransaction { transaction in
            try await transaction.queryFirst(
                """
                select 1
                from pg_locks as locks
                join pg_stat_activity as sessions on sessions.pid = locks.pid
                where not locks.granted
                and sessions.datname = current_database()
                """) != nil
        }
    }

    /// What is in one of the two only.
    func differences() async throws -> [String] {
        try await pool.query(
            """
            with listed as (
                select distinct people.project_id, users.id
                from project_people as people
                join users on users.id = people.user_id and users.name = people.user_name
                join projects on projects.id = people.project_id
                where projects.deleted_at is null
            ), told as (
                select participants.project_id, users.id
                from project_participants as participants
                join users on users.id = participants.user_id
            )
            (select 'not listed: ' || id from (select * from told except select * from listed) as missing)
            union all
            (select 'still listed: ' || id from (select * from listed except select * from told) as left_over)
            """
        ).map { $0.string(0) }
    }
}

/// Whether something is done.
private final class DoneFlag: Sendable {
    private let flag = Atomic(false)

    var value: Bool { flag.load(ordering: .sequentiallyConsistent) }
    func set() { flag.store(true, ordering: .sequentiallyConsistent) }
}
