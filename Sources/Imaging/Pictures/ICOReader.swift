// Icons of Windows: one picture in several sizes, each a PNG or a bitmap without its file header.

/// Finds the largest picture of an ICO file.
struct ICOReader {
    /// What is there.
    enum Content {
        /// The bytes of a PNG file.
        case png([UInt8])
        /// Pixels with opacity.
        case bitmap(ICOBitmap)
    }

    /// The largest picture; of those as large, the one with the most colours.
    let picture: Content

    /// Reads the list of pictures and the largest of them.
    ///
    /// - Throws: `ImagingError` with `corruptPicture`.
    init(_ bytes: PictureBytes, maximumBytes: Int) throws {
        let entries = try (0..<(try bytes.littleEndian(4, 2))).map { try Entry(bytes, at: 6 + $0 * 16) }
        guard let entry = entries.max(by: { ($0.area, $0.bits) < ($1.area, $1.bits) }), entry.length <= maximumBytes
        else { throw ImagingError(.corruptPicture, "an icon without pictures") }
        let content = try bytes.read(entry.place, entry.length)
        picture =
            PictureFormat(magicNumber: content) == .png ? .png(content) : .bitmap(try ICOBitmap(PictureBytes(content)))
    }

    private struct Entry {
        let area: Int
        let bits: Int
        let length: Int
        let place: Int

        init(_ bytes: PictureBytes, at start: Int) throws {
            // A byte cannot say 256.
            area = try bytes.read(start, 2).reduce(1) { $0 * ($1 == 0 ? 256 : Int($1)) }
            bits = try bytes.littleEndian(start + 6, 2)
            length = try bytes.littleEndian(start + 8, 4)
            place = try bytes.littleEndian(start + 12, 4)
        }
    }
}

/// A bitmap of an icon: colours, and behind them a mask of what is not there.
struct ICOBitmap {
    private static let headerLength = 40

    private let colors: BMPReader
    private let bytes: [UInt8]
    private let bits: Int
    /// Where the colours begin.
    private let start: Int

    /// Columns.
    var width: Int { colors.width }
    /// Rows.
    var height: Int { colors.height }

    /// Reads the header.
    ///
    /// - Throws: `ImagingError` with `corruptPicture`.
    init(_ content: PictureBytes) throws {
        let header = Self.headerLength
        bits = try content.littleEndian(14, 2)
        let stored = try content.littleEndian(32, 4)
        let colorCount = bits > 8 ? 0 : stored > 0 ? min(stored, 1 << bits) : 1 << bits
        guard try content.littleEndian(0, 4) == header, try content.littleEndian(16, 4) == 0 else {
            throw ImagingError(.corruptPicture, "a picture of an icon with an unknown header")
        }
        // Bitmaps say by masks that opacity is stored, and icons do not.
        let masks: [UInt8] = bits == 32 ? [0, 0, 255, 0, 0, 255, 0, 0, 255, 0, 0, 0, 0, 0, 0, 255] : []
        var fields = try content.read(0, header)
        // The height counts both parts.
        fields.replaceSubrange(8..<12, with: Self.long(try content.littleEndian(8, 4) / 2))
        if bits == 32 { fields.replaceSubrange(16..<20, with: Self.long(6)) }
        start = 14 + header + masks.count + colorCount * 4
        bytes =
            Array("BM".utf8) + Self.long(0) + Self.long(0) + Self.long(start) + fields + masks
            + (try content.read(header, content.count - header))
        colors = try BMPReader(bytes)
    }

    /// All pixels, from the upper left: red, green, blue and opacity of each.
    ///
    /// Check the size before.
    ///
    /// - Throws: `ImagingError` with `corruptPicture` when the end is missing.
    func samples() throws -> [UInt8] {
        var samples = try colors.samples()
        let mask = start + (width * bits + 31) / 32 * 4 * height
        let rowBytes = (width + 31) / 32 * 4
        let isComplete = bytes.count - mask >= rowBytes * height
        if bits == 32 {
            // With opacity in the pixels, the mask is for programs that know none, and may be missing.
            let isOpaque = stride(from: 3, to: samples.count, by: 4).allSatisfy { samples[$0] == 255 }
            if !isOpaque || !isComplete { return samples }
        }
        guard isComplete else { throw ImagingError(.corruptPicture, "an icon: the mask's end is missing") }
        for row in 0..<height {
            let place = mask + (height - 1 - row) * rowBytes
            for column in 0..<width where bytes[place + column / 8] >> UInt8(7 - column % 8) & 1 == 1 {
                samples[(row * width + column) * 4 + 3] = 0
            }
        }
        return samples
    }

    private static func long(_ value: Int) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
    }
}
