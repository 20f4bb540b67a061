import Clients
import Database
import FoundationEssentials
import Imaging
import TestSupport
import Testing

@testable import Workflows

@Suite("Similar items", .timeLimit(.minutes(15)))
struct ItemSearchTests {
    @Test("rule 30: entries of the project come ordered by similarity, and go when they are deleted")
    func order() async throws {
        try await withRegistry { stage in
            let red = try await stage.enter("red", RGBColor(200, 20, 30))
            let pink = try await stage.enter("pink", RGBColor(230, 90, 110))
            let green = try await stage.enter("green", RGBColor(20, 180, 40))
            let sample = try await stage.picture("sample", RGBColor(205, 25, 35))
            let found = try await stage.search(sample)
            #expect(found.map(\.itemID) == [red, pink, green])
            #expect(found.map(\.similarity) == found.map(\.similarity).sorted(by: >))
            #expect(try #require(found.first).similarity > 0.9)
            #expect(try await stage.search(sample, limit: 1).map(\.itemID) == [red])
            let (pool, viewer) = (stage.world.pool, stage.world.member)
            try await ItemStore(pool: pool).delete(viewer: viewer, itemID: red)
            #expect(try await stage.search(sample).map(\.itemID) == [pink, green])
            try await ItemStore(pool: pool).restore(viewer: viewer, itemID: red)
            #expect(try await stage.search(sample).map(\.itemID) == [red, pink, green])
            // With an entry that goes for good goes its file, and with the file its vector.
            try await ItemStore(pool: pool).delete(viewer: viewer, itemID: red)
            _ = try await Purge(pool: pool, retention: .zero).run()
            #expect(try await stage.world.count("select count(*) from asset_vectors") == 2)
            #expect(try await stage.world.count("select count(*) from assets where object_key = 'red'") == 0)
        }
    }

    @Test("rule 30: an entry with another picture is found by that one, and a part of a picture by itself")
    func editing() async throws {
        try await withRegistry { stage in
            let item = try await stage.enter("red", RGBColor(200, 20, 30))
            let other = try await stage.picture("green", RGBColor(20, 180, 40))
            try await ItemStore(pool: stage.world.pool).update(
                viewer: stage.world.member, itemID: item, assetID: other.assetID, description: nil, tags: nil,
                expectedUpdatedAt: nil)
            try await stage.measure()
            let green = try await stage.picture("sample", RGBColor(25, 175, 45), right: RGBColor(200, 20, 30))
            let left = BoundingBox(x: 0, y: 0, width: 0.5, height: 1)
            let right = BoundingBox(x: 0.5, y: 0, width: 0.5, height: 1)
            #expect(try #require(try await stage.search(green, area: left).first).similarity > 0.95)
            #expect(try #require(try await stage.search(green, area: right).first).similarity < 0.6)
        }
    }

    @Test("rule 30: nothing of another project is ever found")
    func otherProjects() async throws {
        try await withRegistry { stage in
            _ = try await stage.enter("red", RGBColor(200, 20, 30))
            let foreign = ItemSearch.Sample(
                assetID: UUID(), projectID: stage.world.otherProjectID, key: try ObjectKey("red"))
            #expect(try await stage.search(foreign).isEmpty)
        }
    }
}

/// A registry whose pictures are measured as they are entered.
private struct RegistryStage: Sendable {
    let world: World
    let objects: DirectoryObjectStore

    func picture(_ key: String, _ color: RGBColor, right: RGBColor? = nil) async throws -> ItemSearch.Sample {
        var bitmap = Bitmap(width: 64, height: 32, color: color)
        if let right { for y in 0..<32 { for x in 32..<64 { bitmap[x, y] = right } } }
        try await objects.put(.bytes(try Picture(bitmap).pngBytes()), at: try ObjectKey(key))
        return ItemSearch.Sample(
            assetID: try await world.picture(key: key, width: 64, height: 32), projectID: world.projectID,
            key: try ObjectKey(key))
    }

    func enter(_ key: String, _ color: RGBColor) async throws -> UUID {
        let item = try await ItemStore(pool: world.pool).create(
            viewer: world.member, projectID: world.projectID, assetID: try await picture(key, color).assetID,
            description: "", tags: [])
        try await measure()
        return item
    }

    /// Does the jobs that wait.
    func measure() async throws {
        let jobs = try await JobStore(pool: world.pool).claim(
            kinds: [.vector], worker: "test/1", lease: .seconds(60), limit: 9)
        for job in jobs { try await VectorRun(pool: world.pool, objects: objects).run(job) }
    }

    func search(
        _ sample: ItemSearch.Sample, area: BoundingBox? = nil, limit: Int = 20
    ) async throws -> [ItemSearch.Match] {
        let part = ItemSearch.Sample(
            assetID: sample.assetID, projectID: sample.projectID, key: sample.key, area: area)
        let found = try await ItemSearch(pool: world.pool, objects: objects).matches(of: [part], limit: limit)
        return try #require(found.first)
    }
}

private func withRegistry(_ body: @escaping @Sendable (RegistryStage) async throws -> Void) async throws {
    try await withTestDatabase { pool in
        try await withObjects { objects in
            try await body(RegistryStage(world: try await World.make(pool), objects: objects))
        }
    }
}
