// The parts of a Photoshop document beside its composite that say how that looks. What is damaged there is passed over:
// the picture can be seen all the same.

/// What the image resources say.
struct PSDHints {
    /// The longest section, in bytes: it has small pictures and descriptions, too.
    private static let maximumLength = 64 << 20

    /// The colour profile (ICC).
    private(set) var profile: [UInt8]?
    /// The entry of the palette that cannot be seen.
    private(set) var transparentIndex: Int?
    /// Whether the document was saved without a composite.
    private(set) var isCompositeMissing = false

    /// Reads the section from a place on.
    ///
    /// - Throws: `ImagingError` with `corruptPicture` for a section that is not there or longer than any.
    init(_ bytes: PictureBytes, _ place: Int, _ length: Int) throws {
        guard length <= Self.maximumLength else { throw PSDReader.damaged("resources of \(length) bytes") }
        let section = PictureBytes(try bytes.read(place, length))
        var next = 0
        // A signature, a number, a name with its length in front, a length.
        while next + 12 <= section.count {
            let number = try section.bigEndian(next + 4, 2)
            // The name with its length is filled up to an even number of bytes.
            let data = next + 6 + (try section.bigEndian(next + 6, 1) + 2) / 2 * 2 + 4
            guard data <= section.count, case let size = try section.bigEndian(data - 4, 4),
                size <= section.count - data
            else { return }
            read(number, try section.read(data, size))
            next = data + (size + 1) / 2 * 2
        }
    }

    private mutating func read(_ number: Int, _ data: [UInt8]) {
        switch number {
        case 1039: profile = data
        case 1047 where data.count == 2: transparentIndex = Int(data[0]) << 8 | Int(data[1])
        // A version, then whether there is a composite.
        case 1057 where data.count > 4: isCompositeMissing = data[4] == 0
        default: break
        }
    }
}

/// What the section of layers says about the composite.
struct PSDLayers {
    /// The most blocks that are looked at.
    private static let maximumBlocks = 1000
    /// The blocks whose lengths have eight bytes in a PSB.
    private static let longBlocks = [
        "LMsk", "Lr16", "Lr32", "Layr", "Mt16", "Mt32", "Mtrn", "Alph", "FMsk", "lnk2", "FEid", "FXid", "PxSD",
    ]

    /// Whether the first channel after the colours of the composite is its opacity.
    let haveOpacity: Bool

    /// Looks through the section from a place on.
    init(_ bytes: PictureBytes, _ place: Int, _ length: Int, isLarge: Bool) throws {
        let end = place + length
        let lengthBytes = isLarge ? 8 : 4
        guard length >= lengthBytes else {
            haveOpacity = false
            return
        }
        let layersLength = try bytes.bigEndian(place, lengthBytes)
        var next = place + lengthBytes
        // A negative number of layers says it.
        if layersLength >= 2, try bytes.bigEndian(next, 2) >= 0x8000 {
            haveOpacity = true
            return
        }
        next += layersLength
        guard next + 4 <= end else {
            haveOpacity = false
            return
        }
        next += 4 + (try bytes.bigEndian(next, 4))
        haveOpacity = try Self.blocksSayOpacity(bytes, next, end, isLarge: isLarge)
    }

    /// With 16 and 32 bits the layers are in blocks after the section for those of 8.
    private static func blocksSayOpacity(
        _ bytes: PictureBytes, _ place: Int, _ end: Int, isLarge: Bool
    ) throws -> Bool {
        var next = place
        for _ in 0..<maximumBlocks where next + 12 <= end {
            let head = String(decoding: try bytes.read(next, 8), as: UTF8.self)
            let key = String(head.suffix(4))
            if ["Mtrn", "Mt16", "Mt32"].contains(key) { return true }
            let isLong = head.hasPrefix("8B64") || (isLarge && longBlocks.contains(key))
            let length = try bytes.bigEndian(next + 8, isLong ? 8 : 4)
            let data = next + (isLong ? 16 : 12)
            if ["Layr", "Lr16", "Lr32"].contains(key), length >= 2, try bytes.bigEndian(data, 2) >= 0x8000 {
                return true
            }
            next = data + (length + 3) / 4 * 4
        }
        return false
    }
}
