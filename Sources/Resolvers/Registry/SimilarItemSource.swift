import Clients
import Database
import Foundation
import GraphQL
import Schema
import Workflows

/// The object of `SimilarItem`.
struct SimilarItemSource: ObjectSource {
    typealias Object = SimilarItemType

    let match: ItemSearch.Match

    static let fields = SimilarItemFields<SimilarItemSource>(
        item: { sources, call in try await call.one(sources, { $0.match.itemID }, as: ItemRow.self) },
        similarity: { $0.match.similarity })

    /// The entries of the registry that look like each of the files; none for files that are no checked pictures.
    static func load(
        _ assets: [AssetRow], _ arguments: AssetSimilarItemsArguments, _ call: FieldCall
    ) async throws -> Objects<SimilarItemType> {
        var area: BoundingBox?
        if let input = arguments.area {
            area = BoundingBox(x: input.x, y: input.y, width: input.width, height: input.height)
            if area == nil { throw FieldError("\"area\" lies outside the picture.", code: .badUserInput) }
        }
        let samples = assets.map { asset -> ItemSearch.Sample? in
            // Keys are written by this program only.
            guard let text = asset.pictureKey, let key = try? ObjectKey(text) else { return nil }
            return ItemSearch.Sample(assetID: asset.key, projectID: asset.row.uuid(1), key: key, area: area)
        }
        return try await load(samples, first: arguments.first, call)
    }

    /// The entries of the registry that look like each of the samples; none where there is no sample.
    static func load(
        _ samples: [ItemSearch.Sample?], first: Int32, _ call: FieldCall
    ) async throws -> Objects<SimilarItemType> {
        guard (1...100).contains(first) else {
            throw FieldError("\"first\" is from 1 to 100.", code: .badUserInput)
        }
        let found = try await call.request.services.itemSearch.matches(
            of: samples.compactMap { $0 }, limit: Int(first))
        var next = found.makeIterator()
        return Objects(
            lists: samples.map { sample in
                sample == nil ? [] : (next.next() ?? []).map(SimilarItemSource.init)
            })
    }
}
