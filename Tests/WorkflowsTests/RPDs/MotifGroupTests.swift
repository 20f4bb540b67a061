import Clients
import Database
import EventLoop
import FoundationEssentials
import TestSupport
import Testing

@testable import Workflows

@Suite("Groups of motifs", .timeLimit(.minutes(15)))
struct MotifGroupTests {
    private static let groups = [
        MotifGroup(tag: "十字架", characteristics: "縦横の線が交わる。", considerations: "窓枠は除く。"),
        MotifGroup(tag: "Sword", characteristics: "A blade."),
    ]
    private static let joined = "何も描かない。\n\n【十字架】\n縦横の線が交わる。\n********\n窓枠は除く。\n\n【Sword】\nA blade."

    private static func content(
        _ groups: [MotifGroup] = groups, instruction: String = "何も描かない。"
    ) -> RpdContent {
        RpdContent(title: "Signs", instruction: instruction, groups: groups, ngSubcategory: "ABSTRACT_TYPE")
    }

    private func create(_ world: World, _ content: RpdContent) async throws -> RpdStore.Created {
        try await RpdStore(pool: world.pool).create(
            viewer: world.member, projectID: world.projectID, kind: "GENERAL_NG_REVIEW", content: content,
            isActive: true)
    }

    private func groups(of versionID: UUID, _ world: World) async throws -> [MotifGroup] {
        try await world.pool.withTransaction { try await MotifGroup.read(ofVersion: versionID, in: $0) }
    }

    @Test("each version has its own groups in order; a copy has those of the version it is of")
    func versions() async throws {
        try await withTestDatabase { pool in
            let world = try await World.make(pool)
            let store = RpdStore(pool: pool)
            let first = try await create(world, Self.content())
            let second = try await store.createVersion(
                viewer: world.member, rpdID: first.rpdID, content: Self.content([Self.groups[1]]))
            #expect(try await groups(of: first.versionID, world) == Self.groups)
            #expect(try await groups(of: second.versionID, world) == [Self.groups[1]])
            try await store.activate(viewer: world.member, versionID: first.versionID)
            let copy = try await store.duplicate(viewer: world.member, rpdID: first.rpdID, title: nil)
            let version = try #require(
                try await pool.queryFirst("select id, group_text from rpd_versions where rpd_id = \(copy)"))
            #expect(try await groups(of: version.uuid(0), world) == Self.groups)
            #expect("何も描かない。" + version.string(1) == Self.joined)
        }
    }

    @Test("at most ten, each fault at its field, and only for forbidden motifs")
    func limits() async throws {
        try await withTestDatabase { pool in
            let world = try await World.make(pool)
            func text(_ count: Int) -> String { String(repeating: "\u{1F5E1}\u{FE0F}", count: count / 2) }
            let longest = MotifGroup(
                tag: String(repeating: "剣", count: 255), characteristics: text(2500), considerations: text(2500))
            let made = try await create(world, Self.content(Array(repeating: longest, count: 10)))
            #expect(try await groups(of: made.versionID, world).count == 10)
            let faulty = [
                Self.groups[0], MotifGroup(tag: " ", characteristics: "\n"),
                MotifGroup(
                    tag: longest.tag + "剣", characteristics: text(2502), considerations: text(2502)),
                MotifGroup(tag: "a\0", characteristics: "b"),
            ]
            #expect(
                await problems { _ = try await create(world, Self.content(faulty)) } == [
                    "content.groups.1.tag: REQUIRED", "content.groups.1.characteristics: REQUIRED",
                    "content.groups.2.tag: TOO_LONG", "content.groups.2.characteristics: TOO_LONG",
                    "content.groups.2.considerations: TOO_LONG", "content.groups.3.tag: INVALID",
                ])
            let eleven = Array(repeating: Self.groups[0], count: 11)
            #expect(
                await problems { _ = try await create(world, Self.content(eleven)) } == ["content.groups: TOO_LONG"])
            for kind in RpdStore.kinds where kind != "GENERAL_NG_REVIEW" {
                #expect(
                    await problems {
                        _ = try await RpdStore(pool: pool).create(
                            viewer: world.member, projectID: world.projectID, kind: kind,
                            content: RpdContent(title: "x", groups: Self.groups), isActive: true)
                    } == ["content.groups: INVALID"], "\(kind)")
            }
        }
    }

    @Test("the preparation, a review and a try are given the instruction with the groups in words")
    func prompts() async throws {
        try await withTestDatabase { pool in
            try await withObjects { objects in
                let world = try await World.make(pool)
                let bare = try await create(world, Self.content(instruction: ""))
                let version = try await create(world, Self.content())
                let run = PreparationRun(pool: pool, objects: objects)
                let jobs = JobStore(pool: pool)
                let waiting = try await jobs.claim(
                    kinds: [.preparation], worker: "test/1", lease: .seconds(60), limit: 9)
                #expect(waiting.count == 2, "what has only groups is prepared, too")
                for job in waiting { try await run.run(job) }
                let parts = try #require(
                    try await pool.queryFirst(
                        "select instruction_parts from rpd_versions where id = \(bare.versionID)"))
                #expect(
                    parts.array(0, of: String.self) == [
                        "【十字架】", "縦横の線が交わる。", "窓枠は除く。", "【Sword】", "A blade.",
                    ])
                let review = try await review(version, world)
                let reviewed = try await pool.withTransaction { transaction in
                    try await ReviewRunStore.plan(review, runToken: UUID(), in: transaction)
                }
                #expect(reviewed.checks.map(\.instruction) == [Self.joined])
                let tries = RpdTestStore(pool: pool)
                for subject in [
                    RpdTestStore.Subject.version(version.versionID),
                    .draft(kind: "GENERAL_NG_REVIEW", content: Self.content(), rpdID: nil),
                ] {
                    let ids = try await tries.start(
                        viewer: world.member, projectID: world.projectID, subject: subject,
                        materials: [.init(.asset(try await world.picture()), expectedSeverity: nil)], mode: "SPEED")
                    #expect(
                        try await world.text("select instruction from rpd_tests where id = \(ids[0])") == Self.joined)
                }
            }
        }
    }

    /// A review of a picture with the review point, which nobody has begun.
    private func review(_ point: RpdStore.Created, _ world: World) async throws -> UUID {
        let subtask = try await world.subtask()
        return try await ReviewStore(pool: world.pool).start(
            viewer: world.member, subtaskID: subtask, selection: .rpds([point.rpdID]), mode: "SPEED"
        ).reviewID
    }

    @Test("a person who has to look gets as much of a long wording as a suggestion may have")
    func advice() {
        let text = String(repeating: "剣", count: 6000)
        let verdict = ReviewVerdict.listening("Swords", instruction: text, language: .japanese)
        #expect(verdict.findings.first?.suggestion == String(repeating: "剣", count: 5000))
    }
}
