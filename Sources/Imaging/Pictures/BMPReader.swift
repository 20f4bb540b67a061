// Windows bitmaps, read here: libvips has no loader of its own for them, and ImageMagick's reads too much else.

/// Reads uncompressed BMP files of 1, 4, 8, 16, 24 or 32 bits per pixel.
struct BMPReader {
    /// Columns.
    let width: Int
    /// Rows.
    let height: Int

    private let bytes: [UInt8]
    private let isTopDown: Bool
    private let bits: Int
    private let pixels: Int
    /// The colours by index; empty for more than 8 bits.
    private let palette: [RGBColor]
    /// Which bits of a pixel are red, green, blue and opacity.
    private let masks: [UInt32]

    /// Reads the header.
    ///
    /// - Throws: `ImagingError` with `corruptPicture`, also for compressed files, which nobody writes.
    init(_ bytes: [UInt8]) throws {
        self.bytes = bytes
        let headerSize = try Self.number(bytes, at: 14)
        guard headerSize == 12 || (40...124).contains(headerSize) else {
            throw Self.damaged("its header has \(headerSize) bytes")
        }
        let isOld = headerSize == 12
        let size = isOld ? try Self.oldSize(bytes) : try Self.size(bytes)
        width = size.width
        height = abs(size.height)
        isTopDown = size.height < 0
        bits = Int(try Self.short(bytes, at: isOld ? 24 : 28))
        let compression = isOld ? 0 : try Self.number(bytes, at: 30)
        // 3 and 6 say where in a pixel the colours are.
        let hasMasks = compression == 3 || compression == 6
        guard width > 0, height > 0, [1, 4, 8, 16, 24, 32].contains(bits), compression == 0 || hasMasks,
            !hasMasks || bits == 16 || bits == 32
        else { throw Self.damaged("\(width) × \(height) pixels of \(bits) bits, compression \(compression)") }
        pixels = try Self.number(bytes, at: 10)
        masks = try Self.masks(bytes, bits, headerSize: headerSize, isGiven: hasMasks, compression)
        let stored = isOld ? 0 : try Self.number(bytes, at: 46)
        palette =
            bits > 8
            ? []
            : try Self.palette(
                bytes, at: 14 + headerSize, count: stored > 0 ? min(stored, 1 << bits) : 1 << bits, entry: isOld ? 3 : 4
            )
    }

    /// All pixels, from the upper left: red, green, blue and opacity of each.
    ///
    /// - Throws: `ImagingError` with `corruptPicture` when the end is missing.
    func samples() throws -> [UInt8] {
        let rowBytes = (width * bits + 31) / 32 * 4
        guard pixels >= 14, pixels <= bytes.count, (bytes.count - pixels) / rowBytes >= height else {
            throw Self.damaged("its end is missing")
        }
        var samples = [UInt8](repeating: 255, count: width * height * 4)
        for row in 0..<height {
            let start = pixels + (isTopDown ? row : height - 1 - row) * rowBytes
            for column in 0..<width { write(column, of: start, to: &samples, at: (row * width + column) * 4) }
        }
        // Many programs leave the fourth byte zero where nothing is transparent.
        if masks[3] != 0, stride(from: 3, to: samples.count, by: 4).allSatisfy({ samples[$0] == 0 }) {
            for index in stride(from: 3, to: samples.count, by: 4) { samples[index] = 255 }
        }
        return samples
    }

    /// Whether pixels may be transparent.
    var hasAlpha: Bool { masks[3] != 0 }

    private func write(_ column: Int, of start: Int, to samples: inout [UInt8], at place: Int) {
        switch bits {
        case 1, 4, 8:
            let perByte = 8 / bits
            let shift = (perByte - 1 - column % perByte) * bits
            let index = Int(bytes[start + column / perByte] >> UInt8(shift)) & (1 << bits - 1)
            // An index without a colour is black, as everywhere.
            let color = index < palette.count ? palette[index] : RGBColor(0, 0, 0)
            samples[place] = color.red
            samples[place + 1] = color.green
            samples[place + 2] = color.blue
        case 24:
            samples[place] = bytes[start + column * 3 + 2]
            samples[place + 1] = bytes[start + column * 3 + 1]
            samples[place + 2] = bytes[start + column * 3]
        default:
            var pixel: UInt32 = 0
            for byte in 0..<(bits / 8) { pixel |= UInt32(bytes[start + column * bits / 8 + byte]) << UInt32(byte * 8) }
            for (band, mask) in masks.enumerated() where mask != 0 {
                let largest = mask >> UInt32(mask.trailingZeroBitCount)
                let value = (pixel & mask) >> UInt32(mask.trailingZeroBitCount)
                samples[place + band] = UInt8(UInt64(value) * 255 / UInt64(largest))
            }
        }
    }

    private static func masks(
        _ bytes: [UInt8], _ bits: Int, headerSize: Int, isGiven: Bool, _ compression: Int
    ) throws -> [UInt32] {
        guard isGiven else {
            return bits == 16 ? [0x7C00, 0x03E0, 0x001F, 0] : [0xFF_0000, 0xFF00, 0xFF, 0]
        }
        // They follow the small header and are a part of the larger ones: the same place.
        let hasOpacity = headerSize >= 56 || compression == 6
        return try (0..<4).map { band in
            band < 3 || hasOpacity ? UInt32(truncatingIfNeeded: try number(bytes, at: 54 + band * 4)) : 0
        }
    }

    private static func palette(_ bytes: [UInt8], at start: Int, count: Int, entry: Int) throws -> [RGBColor] {
        guard bytes.count >= start + count * entry else { throw damaged("its end is missing") }
        return (0..<count).map { index in
            let place = start + index * entry
            return RGBColor(bytes[place + 2], bytes[place + 1], bytes[place])
        }
    }

    private static func size(_ bytes: [UInt8]) throws -> (width: Int, height: Int) {
        (
            Int(Int32(truncatingIfNeeded: try number(bytes, at: 18))),
            // A negative height says that the upper row comes first.
            Int(Int32(truncatingIfNeeded: try number(bytes, at: 22)))
        )
    }

    private static func oldSize(_ bytes: [UInt8]) throws -> (width: Int, height: Int) {
        (Int(try short(bytes, at: 18)), Int(try short(bytes, at: 20)))
    }

    private static func short(_ bytes: [UInt8], at place: Int) throws -> UInt16 {
        guard bytes.count >= place + 2 else { throw damaged("its end is missing") }
        return UInt16(bytes[place]) | UInt16(bytes[place + 1]) << 8
    }

    private static func number(_ bytes: [UInt8], at place: Int) throws -> Int {
        Int(try short(bytes, at: place)) | Int(try short(bytes, at: place + 2)) << 16
    }

    private static func damaged(_ what: String) -> ImagingError {
        ImagingError(.corruptPicture, "a BMP picture: \(what)")
    }
}
