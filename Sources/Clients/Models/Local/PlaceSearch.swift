import Imaging

// Looking for references in the picture: one stage on the pool per reference, so that cancelling is quick and other
// work gets its turn.

extension LocalRun {
    /// The best places of every reference that has structure, in the order of the references.
    func search(
        _ templates: [RegionTemplate], in picture: Picture, limit: Int = 1, mirroredToo: Bool = false
    ) async throws -> [FoundPlace] {
        let search = try await stage("preparing a picture for search") { try RegionSearch(in: picture) }
        var places: [FoundPlace] = []
        for (index, template) in templates.enumerated() where template.hasStructure {
            places += try await stage("searching a reference picture") { [signal] in
                var places = try Self.places(of: template, index, search, picture, limit, signal)
                if mirroredToo {
                    places += try Self.places(of: template.mirrored(), index, search, picture, limit, signal)
                }
                return places
            }
        }
        return places
    }

    private static func places(
        of template: RegionTemplate, _ index: Int, _ search: RegionSearch, _ picture: Picture, _ limit: Int,
        _ signal: CancellationSignal
    ) throws -> [FoundPlace] {
        try search.matches(of: template, limit: limit, checkCancellation: signal.check).map { match in
            let isPromising = match.score >= 0.55
            let aligned =
                isPromising
                ? try template.aligned(in: picture, near: match.rectangle, checkCancellation: signal.check) : match
            return try FoundPlace(template, reference: index, with: picture, at: aligned.rectangle)
        }
    }
}
