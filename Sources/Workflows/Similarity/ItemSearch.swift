public import Clients
public import Database
public import EventLoop
public import FoundationEssentials
import Imaging

/// Finds the reference pictures of a project that look like another picture of it.
///
/// An exact search over the project's vectors: some ten thousand take a few milliseconds.
public struct ItemSearch: Sendable {
    private let pool: ConnectionPool
    private let objects: any ObjectStore
    private let blocking: BlockingPool

    /// Makes a search over a pool and a place for files.
    public init(pool: ConnectionPool, objects: any ObjectStore, blocking: BlockingPool = .shared) {
        self.pool = pool
        self.objects = objects
        self.blocking = blocking
    }

    /// A picture to which others are to be like; the viewer is known to see it.
    public struct Sample: Sendable, Hashable {
        /// The file.
        public let assetID: UUID
        /// Its project, in which is searched.
        public let projectID: UUID
        /// Where its bytes are.
        public let key: ObjectKey
        /// The part of the picture that counts; nil for the whole.
        public let area: BoundingBox?

        /// Makes a sample.
        public init(assetID: UUID, projectID: UUID, key: ObjectKey, area: BoundingBox? = nil) {
            self.assetID = assetID
            self.projectID = projectID
            self.key = key
            self.area = area
        }
    }

    /// An entry of the registry that looks like the sample.
    public struct Match: Sendable, Hashable {
        /// The entry.
        public let itemID: UUID
        /// From 0 to 1.
        public let similarity: Double
    }

    /// The entries that are most alike to each of the samples, the most similar first; by two statements for all of them.
    public func matches(of samples: [Sample], limit: Int) async throws -> [[Match]] {
        let wholes = samples.filter { $0.area == nil }.map(\.assetID)
        let known = wholes.isEmpty ? [:] : try await vectors(of: wholes)
        let measured = try await measured(samples.filter { $0.area != nil || known[$0.assetID] == nil })
        let entries = try await entries(of: samples.map(\.projectID))
        var result: [[Match]] = []
        for sample in samples {
            let stored = sample.area == nil ? known[sample.assetID] : nil
            guard let vector = stored ?? measured[sample] else {
                throw WorkflowError(.inconsistentData, "A sample has not been measured.")
            }
            let others = (entries[sample.projectID] ?? []).filter { $0.assetID != sample.assetID }
            result.append(
                try await blocking.run("comparing pictures") {
                    let all = others.map { Match(itemID: $0.itemID, similarity: vector.similarity(to: $0.vector)) }
                    return Array(all.sorted { $0.similarity > $1.similarity }.prefix(limit))
                })
        }
        return result
    }

    /// Measures samples of which nothing is stored; a picture of which many parts are wanted is read once.
    private func measured(_ samples: [Sample]) async throws -> [Sample: PictureVector] {
        var result: [Sample: PictureVector] = [:]
        for (key, parts) in Dictionary(grouping: samples, by: \.key) {
            let vectors = try await VectorRun.vectors(of: key, areas: parts.map(\.area), objects, blocking)
            for (part, vector) in zip(parts, vectors) { result[part] = vector }
        }
        return result
    }

    /// What can be found.
    private struct Entry: Sendable {
        let itemID: UUID
        let assetID: UUID
        let vector: PictureVector
    }

    private func entries(of projectIDs: [UUID]) async throws -> [UUID: [Entry]] {
        let rows = try await pool.query(
            """
            select items.project_id, items.id, items.asset_id, vectors.vector
            from items
            join asset_vectors as vectors on vectors.asset_id = items.asset_id
            where items.project_id = any(\(projectIDs))
            and items.deleted_at is null
            order by items.created_at desc, items.id desc
            """)
        var entries: [UUID: [Entry]] = [:]
        for row in rows {
            guard let vector = PictureVector(bytes: row.bytes(3)) else { continue }
            entries[row.uuid(0), default: []].append(
                Entry(itemID: row.uuid(1), assetID: row.uuid(2), vector: vector))
        }
        return entries
    }

    private func vectors(of assetIDs: [UUID]) async throws -> [UUID: PictureVector] {
        let rows = try await pool.query(
            "select asset_id, vector from asset_vectors where asset_id = any(\(assetIDs))")
        var vectors: [UUID: PictureVector] = [:]
        for row in rows { vectors[row.uuid(0)] = PictureVector(bytes: row.bytes(1)) }
        return vectors
    }
}
