import CVips

// Normalised correlation of a small picture with every place of a larger one, by libvips.

/// How well a template fits at every place of a picture; places are those of the template's top left corner.
struct CorrelationMap {
    /// A place and its correlation.
    struct Peak {
        let x: Int
        let y: Int
        let score: Double
    }

    private let width: Int
    private let height: Int
    private let scores: [Float]

    /// Correlates brightness; nil when the template is larger than the picture.
    ///
    /// Both must have one channel of 8 bits.
    init?(of template: VipsImageHandle, in picture: VipsImageHandle) throws {
        guard template.width <= picture.width, template.height <= picture.height else { return nil }
        let correlated = try picture.withImage { image in
            try template.withImage { reference in
                try VipsImageHandle.make("correlation") { cvips_spcor(image, reference, $0) }
            }
        }
        width = picture.width - template.width + 1
        height = picture.height - template.height + 1
        // libvips puts the template's middle on each pixel, and what hangs over the edge is left out here.
        let part = try correlated.applying("crop") { [width, height] in
            cvips_extract_area(
                $0, $1, Int32(template.width / 2), Int32(template.height / 2), Int32(width), Int32(height))
        }
        scores = try part.floats()
    }

    /// The best places, best first, each at least half the given size away from all better ones.
    func peaks(limit: Int, apart width: Int, _ height: Int) -> [Peak] {
        var peaks: [Peak] = []
        for index in localMaxima().sorted(by: { (scores[$0], $1) > (scores[$1], $0) }) {
            let x = index % self.width
            let y = index / self.width
            let isNear = peaks.contains { abs($0.x - x) * 2 < width && abs($0.y - y) * 2 < height }
            if isNear { continue }
            peaks.append(Peak(x: x, y: y, score: Double(scores[index])))
            if peaks.count == limit { break }
        }
        return peaks
    }

    /// Places that no direct neighbour beats, among those that are worth a second look.
    private func localMaxima() -> [Int] {
        guard let best = scores.max() else { return [] }
        let worthwhile = max(0, best * 0.6)
        return scores.indices.filter { index in
            let score = scores[index]
            guard score >= worthwhile else { return false }
            let x = index % width
            let y = index / width
            for row in max(0, y - 1)...min(height - 1, y + 1) {
                for column in max(0, x - 1)...min(width - 1, x + 1) where scores[row * width + column] > score {
                    return false
                }
            }
            return true
        }
    }
}

extension VipsImageHandle {
    /// All samples of a one-channel image of 32-bit floats.
    fileprivate func floats() throws -> [Float] {
        try withImage { image in
            var count = 0
            guard let memory = vips_image_write_to_memory(image, &count) else {
                throw ImagingError(.operationFailed, "correlation: \(VipsLibrary.takeErrorMessage())")
            }
            defer { cvips_free(memory) }
            return [Float](UnsafeRawBufferPointer(start: memory, count: count).bindMemory(to: Float.self))
        }
    }
}
