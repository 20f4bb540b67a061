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

    /// Correlates a pattern with one channel of 8 bits; nil when the pattern is larger than the picture.
    init?(of pattern: CorrelationPattern, in picture: VipsImageHandle) throws {
        let template = pattern.brightness
        guard template.width <= picture.width, template.height <= picture.height else { return nil }
        width = picture.width - template.width + 1
        height = picture.height - template.height + 1
        // libvips puts the template's middle on each pixel; what hangs over the edge is left out.
        let inside = PixelRectangle(x: template.width / 2, y: template.height / 2, width: width, height: height)
        if let opacity = pattern.opacity {
            scores = try Self.masked(template, opacity, picture, inside)
        } else {
            let correlated = try picture.withImage { image in
                try template.withImage { reference in
                    try VipsImageHandle.make("correlation") { cvips_spcor(image, reference, $0) }
                }
            }
            scores = try correlated.floats(inside)
        }
    }

    /// The same over the opaque pixels of the template only.
    ///
    /// With weights w (0 or 1) and the template t less its mean, the correlation at a place is
    /// Σ wti / √(Σ wt² · (Σ wi² − (Σ wi)² / Σ w)): three convolutions of the picture i and its square.
    private static func masked(
        _ template: VipsImageHandle, _ opacity: [UInt8], _ picture: VipsImageHandle, _ inside: PixelRectangle
    ) throws -> [Float] {
        let weights = opacity.map { $0 >= 250 ? 1.0 : 0.0 }
        let values = try template.samples().map(Double.init)
        let count = weights.reduce(0, +)
        guard count > 0 else { return [Float](repeating: 0, count: inside.area) }
        let mean = zip(values, weights).reduce(0) { $0 + $1.0 * $1.1 } / count
        let centred = zip(values, weights).map { ($0 - mean) * $1 }
        let energy = centred.reduce(0) { $0 + $1 * $1 }
        let squared = try picture.withImage { image in
            try VipsImageHandle.make("square") { cvips_multiply(image, image, $0) }
        }
        let (columns, rows) = (template.width, template.height)
        let products = try picture.convolved(centred, columns, rows).floats(inside)
        let sums = try picture.convolved(weights, columns, rows).floats(inside)
        let squares = try squared.convolved(weights, columns, rows).floats(inside)
        return products.indices.map { index in
            let sum = Double(sums[index])
            let spread = Double(squares[index]) - sum * sum / count
            // Below one grey level of deviation a place is even: nothing there resembles anything.
            return spread > count && energy > 0 ? Float(Double(products[index]) / (energy * spread).squareRoot()) : 0
        }
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

/// A template at one size, ready to be correlated.
struct CorrelationPattern {
    /// One channel of 8 bits.
    let brightness: VipsImageHandle
    /// One byte per pixel; nil when all of it counts.
    let opacity: [UInt8]?
}

extension VipsImageHandle {
    /// The sum of the pixels under a mask, at every place, as 32-bit floats.
    fileprivate func convolved(_ mask: [Double], _ width: Int, _ height: Int) throws -> VipsImageHandle {
        let kernel = try Self.make("mask") { out in
            out.pointee = mask.withUnsafeBytes {
                vips_image_new_from_memory_copy(
                    $0.baseAddress, $0.count, Int32(width), Int32(height), 1, VIPS_FORMAT_DOUBLE)
            }
            return out.pointee == nil ? -1 : 0
        }
        return try withImage { image in
            try kernel.withImage { mask in
                try Self.make("convolution") { cvips_convolve(image, mask, $0) }
            }
        }
    }

    /// A part of a one-channel image of 32-bit floats.
    fileprivate func floats(_ rectangle: PixelRectangle) throws -> [Float] {
        let part = try applying("crop") {
            cvips_extract_area(
                $0, $1, Int32(rectangle.x), Int32(rectangle.y), Int32(rectangle.width), Int32(rectangle.height))
        }
        return try part.withImage { image in
            var count = 0
            guard let memory = vips_image_write_to_memory(image, &count) else {
                throw ImagingError(.operationFailed, "correlation: \(VipsLibrary.takeErrorMessage())")
            }
            defer { cvips_free(memory) }
            return [Float](UnsafeRawBufferPointer(start: memory, count: count).bindMemory(to: Float.self))
        }
    }
}
