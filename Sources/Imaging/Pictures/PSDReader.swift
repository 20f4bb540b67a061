import CVips

// Photoshop's documents (Adobe Photoshop File Formats Specification), read here: the picture that all layers make
// together is a part of its own, as simple as a bitmap. Layers are never looked at.

/// Reads the composite of PSD and PSB files.
struct PSDReader {
    /// How colours are stored; the numbers are those of the format.
    enum Mode: Int {
        case bitmap = 0
        case gray = 1
        case indexed = 2
        case rgb = 3
        case cmyk = 4
        case duotone = 8
        case lab = 9

        /// The channels that make a colour.
        var channels: Int {
            switch self {
            case .bitmap, .gray, .indexed, .duotone: 1
            case .rgb, .lab: 3
            case .cmyk: 4
            }
        }
    }

    /// Columns.
    let width: Int
    /// Rows.
    let height: Int
    let mode: Mode
    /// Bits of a sample: 1, 8, 16 or 32.
    let depth: Int
    /// How many channels are stored, those beside the picture too.
    let channels: Int
    /// Whether it is a PSB, which has longer numbers.
    let isLarge: Bool
    /// All reds, greens and blues of an indexed picture.
    let palette: [UInt8]
    /// What beside the picture says how it looks.
    let hints: PSDHints
    /// Whether the first channel after the colours says how opaque pixels are, and is no selection that somebody has saved.
    let hasOpacity: Bool
    /// Where the composite is.
    let place: Int
    let bytes: PictureBytes

    /// Reads all that stands before the composite.
    ///
    /// - Throws: `ImagingError` with `corruptPicture`, also for colours that nobody looks at a screen with, or
    ///   `missingComposite`.
    init(_ bytes: PictureBytes) throws {
        self.bytes = bytes
        isLarge = try bytes.bigEndian(4, 2) == 2
        channels = try bytes.bigEndian(12, 2)
        height = try bytes.bigEndian(14, 4)
        width = try bytes.bigEndian(18, 4)
        depth = try bytes.bigEndian(22, 2)
        let largest = isLarge ? 300_000 : 30_000
        guard let mode = Mode(rawValue: try bytes.bigEndian(24, 2)), (1...largest).contains(width),
            (1...largest).contains(height), (mode.channels...56).contains(channels),
            Self.depths(of: mode).contains(depth)
        else { throw Self.damaged("\(channels) channels of \(depth) bits") }
        self.mode = mode
        let colors = 26
        let colorsLength = try bytes.bigEndian(colors, 4)
        palette = mode == .indexed ? try bytes.read(colors + 4, 768) : []
        let resources = colors + 4 + colorsLength
        let resourcesLength = try bytes.bigEndian(resources, 4)
        hints = try PSDHints(bytes, resources + 4, resourcesLength)
        if hints.isCompositeMissing {
            throw ImagingError(.missingComposite, "a Photoshop document without its composite")
        }
        let layers = resources + 4 + resourcesLength
        let lengthBytes = isLarge ? 8 : 4
        let layersLength = try bytes.bigEndian(layers, lengthBytes)
        place = layers + lengthBytes + layersLength
        hasOpacity =
            if channels > mode.channels, mode != .indexed {
                try PSDLayers(bytes, layers + lengthBytes, layersLength, isLarge: isLarge).haveOpacity
            } else { false }
    }

    private static func depths(of mode: Mode) -> [Int] {
        switch mode {
        case .bitmap: [1]
        case .indexed, .duotone: [8]
        case .gray, .rgb: [8, 16, 32]
        case .cmyk, .lab: [8, 16]
        }
    }

    static func damaged(_ what: String) -> ImagingError {
        ImagingError(.corruptPicture, "a Photoshop document: \(what)")
    }

    // MARK: The picture

    /// The composite, in the colours in which it is stored, with its colour profile.
    ///
    /// - Throws: `ImagingError` with `tooManyPixels`, or `corruptPicture` when the end is missing.
    func picture(_ limits: PictureLimits) throws -> VipsImageHandle {
        try limits.check(width, height)
        var samples = try composite()
        if hasOpacity, mode != .lab { unblend(&samples) }
        switch mode {
        case .bitmap, .gray, .duotone: return try image(samples, VIPS_INTERPRETATION_B_W)
        case .indexed: return try indexed(samples)
        case .rgb: return try image(samples, VIPS_INTERPRETATION_sRGB)
        case .cmyk:
            // Stored is how much of the paper is left white.
            for index in samples.indices where index % bands < 4 { samples[index] = 255 - samples[index] }
            return try image(samples, VIPS_INTERPRETATION_CMYK)
        case .lab: return try lab(samples)
        }
    }

    /// The channels that are shown.
    var bands: Int { mode.channels + (hasOpacity ? 1 : 0) }

    private func image(_ samples: [UInt8], _ interpretation: VipsInterpretation) throws -> VipsImageHandle {
        let plain = try VipsImageHandle.copying(samples, width, height, bands: bands, interpretation)
        // The profile of 32 bits is about linear light, which our 8 bits no longer are.
        guard let profile = hints.profile, depth != 32 else { return plain }
        return try plain.applying("attaching the profile") { image, out in
            guard cvips_mark(image, out, interpretation) == 0 else { return -1 }
            profile.withUnsafeBytes {
                vips_image_set_blob_copy(out.pointee, cvips_icc_name(), $0.baseAddress, $0.count)
            }
            return 0
        }
    }

    /// Takes out the white with which Photoshop has mixed what is half transparent.
    private func unblend(_ samples: inout [UInt8]) {
        for pixel in stride(from: 0, to: samples.count, by: bands) {
            let opacity = Int(samples[pixel + bands - 1])
            guard opacity > 0, opacity < 255 else { continue }
            for band in pixel..<(pixel + bands - 1) {
                let color = (Int(samples[band]) - 255 + opacity) * 255 / opacity
                samples[band] = UInt8(min(max(color, 0), 255))
            }
        }
    }

    private func indexed(_ samples: [UInt8]) throws -> VipsImageHandle {
        var all: [UInt8] = []
        all.reserveCapacity(samples.count * 4)
        for index in samples {
            for band in 0..<3 { all.append(palette[band * 256 + Int(index)]) }
            all.append(Int(index) == hints.transparentIndex ? 0 : 255)
        }
        return try VipsImageHandle.copying(all, width, height, bands: 4)
    }

    private func lab(_ samples: [UInt8]) throws -> VipsImageHandle {
        var all: [Int16] = []
        all.reserveCapacity(samples.count)
        for (index, sample) in samples.enumerated() {
            switch index % bands {
            // From 0 to 255, and libvips counts to 32767.
            case 0: all.append(Int16(Int(sample) * 32767 / 255))
            case 1, 2: all.append(Int16(Int(sample) - 128) * 256)
            default: all.append(Int16(sample))
            }
        }
        return try all.withUnsafeBytes {
            try VipsImageHandle.copying($0, width, height, bands, VIPS_FORMAT_SHORT, VIPS_INTERPRETATION_LABS)
        }
    }
}
