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
                var places = try search.places(of: template, index, in: picture, limit: limit, signal)
                if mirroredToo {
                    places += try search.places(
                        of: template.mirrored(), index, in: picture, limit: limit, signal)
                }
                return places
            }
        }
        return places
    }
}

extension RegionSearch {
    /// The best places of a reference in the searched picture, those that look promising aligned to the pixel.
    func places(
        of template: RegionTemplate, _ reference: Int, in picture: Picture, limit: Int = 1, _ signal: CancellationSignal
    ) throws -> [FoundPlace] {
        try matches(of: template, limit: limit, checkCancellation: signal.check).map { match in
            let isPromising = match.score >= 0.55
            let aligned =
                isPromising
                ? try template.aligned(in: picture, near: match.rectangle, checkCancellation: signal.check) : match
            return try FoundPlace(template, reference: reference, with: picture, at: aligned.rectangle)
        }
    }
}
