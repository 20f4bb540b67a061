// Pictures as directions: those that look alike point the same way, also when they are scaled or recompressed.

/// How a picture looks, as a vector of length 1.
public struct PictureVector: Sendable, Hashable {
    /// Cells of the picture in each direction.
    private static let cells = 8
    /// Steps of each of the three channels.
    private static let steps = 4
    /// How many numbers a vector has: three for each cell, one for each colour.
    public static let dimensions = cells * cells * 3 + steps * steps * steps

    /// The coordinates.
    public let values: [Float]

    /// Takes stored coordinates; nil unless there are as many as a vector has.
    public init?(values: [Float]) {
        guard values.count == Self.dimensions else { return nil }
        self.values = values
    }

    /// Measures a picture: where which colours are, and how much there is of each.
    ///
    /// Computes; call it on the blocking pool.
    public init(of picture: Picture) throws {
        let layout = Self.layout(of: try picture.resized(width: Self.cells, height: Self.cells).bitmap())
        let colors = Self.colors(of: try picture.fitted(into: 64).bitmap())
        values = Self.normalized(Self.normalized(layout) + Self.normalized(colors))
    }

    /// The cosine of the angle to another vector, as far as it is positive: 1 for what looks the same, 0 for what has
    /// nothing in common.
    public func similarity(to other: PictureVector) -> Double {
        var sum: Float = 0
        for index in values.indices { sum += values[index] * other.values[index] }
        return min(max(Double(sum), 0), 1)
    }

    /// The colour of each cell as the eye compares it, around a middle grey: what is equally grey says nothing.
    private static func layout(of bitmap: Bitmap) -> [Float] {
        (0..<(cells * cells)).flatMap { cell in
            let lab = LabColor(bitmap[cell % cells, cell / cells])
            return [Float(lab.lightness - 50), Float(lab.a), Float(lab.b)]
        }
    }

    /// The shares of the colours; their square roots, or the background would be all that counts.
    private static func colors(of bitmap: Bitmap) -> [Float] {
        var counts = [Float](repeating: 0, count: steps * steps * steps)
        for pixel in 0..<(bitmap.width * bitmap.height) {
            if let opacity = bitmap.opacity, opacity[pixel] < 128 { continue }
            var cell = 0
            for channel in 0..<3 { cell = cell * steps + Int(bitmap.samples[pixel * 3 + channel]) * steps / 256 }
            counts[cell] += 1
        }
        return counts.map { $0.squareRoot() }
    }

    private static func normalized(_ values: [Float]) -> [Float] {
        let length = values.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return length > 0 ? values.map { $0 / length } : values
    }
}

extension PictureVector {
    /// The coordinates as 32-bit numbers, little-endian.
    public var bytes: [UInt8] {
        values.flatMap { value in
            let bits = value.bitPattern
            return (0..<4).map { UInt8(truncatingIfNeeded: bits >> ($0 * 8)) }
        }
    }

    /// Reads what `bytes` has written; nil for anything else.
    public init?(bytes: [UInt8]) {
        guard bytes.count == Self.dimensions * 4 else { return nil }
        self.init(
            values: (0..<Self.dimensions).map { index in
                Float(bitPattern: (0..<4).reduce(0) { $0 | UInt32(bytes[index * 4 + $1]) << UInt32($1 * 8) })
            })
    }
}
