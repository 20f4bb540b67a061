import Database
import FoundationEssentials
import TestSupport
import Testing

@testable import Workflows

@Suite struct RpdStoreTests {
    @Test func versionsMadeByManyAtOnceHaveNoGapsAndOneIsActive() async throws {
        try await withTestDatabase { pool in
            let world = try await World.make(pool)
            let store = RpdStore(pool: pool)
            let rpdID = try await world.rpd()
            let numbers = try await withThrowingTaskGroup(of: Int.self) { group in
                for index in 0..<12 {
                    group.addTask {
                        try await store.createVersion(
                            viewer: world.member, rpdID: rpdID, content: RpdContent(title: "Wording \(index)")
                        ).versionNumber
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(numbers.sorted() == Array(2...13))
            let active = try await pool.query(
                "select version_number from rpd_versions where rpd_id = \(rpdID) and is_active")
            #expect(active.map { $0.int(0) } == [13])
        }
    }

    @Test func everyFaultOfAFormIsToldAtOnce() async throws {
        try await withTestDatabase { pool in
            let world = try await World.make(pool)
            let found = await problems {
                _ = try await RpdStore(pool: pool).create(
                    viewer: world.member, projectID: world.projectID, kind: "GENERAL_NG_REVIEW",
                    content: RpdContent(title: "  ", tags: ["cross", ""]), isActive: true)
            }
            #expect(
                found == ["content.title: REQUIRED", "content.tags.1: REQUIRED", "content.ngSubcategory: REQUIRED"])
        }
    }

    @Test func referencePicturesOfAnotherProjectOrUncheckedOnesAreRefused() async throws {
        try await withTestDatabase { pool in
            let world = try await World.make(pool)
            let mine = try await world.picture()
            let unchecked = try await world.picture()
            let foreign = try await world.picture()
            _ = try await pool.query(
                "update assets set state = 'PENDING' where id = \(unchecked)")
            _ = try await pool.query(
                "update assets set project_id = \(world.otherProjectID) where id = \(foreign)")
            let found = await problems {
                _ = try await RpdStore(pool: pool).create(
                    viewer: world.member, projectID: world.projectID, kind: "VISUAL_REVIEW",
                    content: RpdContent(title: "Eyes", referenceAssetIDs: [mine, unchecked, foreign]), isActive: true)
            }
            #expect(
                found == [
                    "content.referenceAssetIds.1: ASSET_NOT_READY", "content.referenceAssetIds.2: NOT_FOUND",
                ])
            #expect(try await world.count("select count(*) from rpds") == 0)
        }
    }

    @Test func aStrangerFindsNoProjectAndNoReviewPoint() async throws {
        try await withTestDatabase { pool in
            let world = try await World.make(pool)
            let store = RpdStore(pool: pool)
            let rpdID = try await world.rpd()
            let content = RpdContent(title: "Mine now")
            #expect(
                await code {
                    _ = try await store.create(
                        viewer: world.stranger, projectID: world.projectID, kind: "VISUAL_REVIEW", content: content,
                        isActive: true)
                } == .notFound)
            #expect(
                await code {
                    _ = try await store.createVersion(viewer: world.stranger, rpdID: rpdID, content: content)
                } == .notFound)
            #expect(
                await code {
                    try await store.setActive(viewer: world.stranger, rpdID: rpdID, isActive: false)
                } == .notFound)
        }
    }

    @Test func aDeletedReviewPointTakesNoVersion() async throws {
        try await withTestDatabase { pool in
            let world = try await World.make(pool)
            let rpdID = try await world.rpd()
            _ = try await pool.query("update rpds set deleted_at = now() where id = \(rpdID)")
            #expect(
                await code {
                    _ = try await RpdStore(pool: pool).createVersion(
                        viewer: world.member, rpdID: rpdID, content: RpdContent(title: "Again"))
                } == .notFound)
        }
    }
}
