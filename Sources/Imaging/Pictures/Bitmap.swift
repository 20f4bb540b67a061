import CVips

// Pixels as a Swift value, for measuring and drawing. Small by intention: measures work on reduced pictures.

/// Pixels in memory: three bytes (red, green, blue) each, row by row from the top left.
public struct Bitmap: Sendable, Hashable {
    /// Columns.
    public let width: Int
    /// Rows.
    public let height: Int
    /// Red, green and blue of every pixel; `width * height * 3` bytes.
    public var samples: [UInt8]
    /// How opaque each pixel was before it was laid on white, or nil when all are opaque.
    public let opacity: [UInt8]?

    /// Makes a bitmap from samples; traps when their number does not fit the size.
    public init(width: Int, height: Int, samples: [UInt8], opacity: [UInt8]? = nil) {
        precondition(samples.count == width * height * 3, "Bitmap: samples must be width × height × 3")
        precondition(opacity.map { $0.count == width * height } ?? true, "Bitmap: opacity must be width × height")
        self.width = width
        self.height = height
        self.samples = samples
        self.opacity = opacity
    }

    /// Makes a bitmap of one colour.
    public init(width: Int, height: Int, color: RGBColor) {
        var samples: [UInt8] = []
        samples.reserveCapacity(width * height * 3)
        for _ in 0..<(width * height) { samples += [color.red, color.green, color.blue] }
        self.init(width: width, height: height, samples: samples)
    }

    /// The colour of one pixel; traps outside the bitmap.
    public subscript(x: Int, y: Int) -> RGBColor {
        get {
            let offset = (y * width + x) * 3
            return RGBColor(samples[offset], samples[offset + 1], samples[offset + 2])
        }
        set {
            let offset = (y * width + x) * 3
            samples[offset] = newValue.red
            samples[offset + 1] = newValue.green
            samples[offset + 2] = newValue.blue
        }
    }

    /// The same pixels as they look on white.
    public var withoutOpacity: Bitmap { Bitmap(width: width, height: height, samples: samples) }

    /// The part inside the rectangle; traps when it leaves the bitmap.
    public func cropped(to rectangle: PixelRectangle) -> Bitmap {
        var part: [UInt8] = []
        var partOpacity: [UInt8] = []
        for row in rectangle.y..<(rectangle.y + rectangle.height) {
            let start = row * width + rectangle.x
            part += samples[(start * 3)..<((start + rectangle.width) * 3)]
            if let opacity { partOpacity += opacity[start..<(start + rectangle.width)] }
        }
        return Bitmap(
            width: rectangle.width, height: rectangle.height, samples: part,
            opacity: opacity == nil ? nil : partOpacity)
    }
}

extension Picture {
    /// All pixels as a value, transparent parts laid on white.
    ///
    /// - Throws: `ImagingError` with `operationFailed`.
    public func bitmap() throws -> Bitmap {
        let all = try handle.samples()
        guard hasAlpha else { return Bitmap(width: width, height: height, samples: all) }
        let count = width * height
        var samples = [UInt8](repeating: 255, count: count * 3)
        var opacity = [UInt8](repeating: 255, count: count)
        var isOpaque = true
        all.withUnsafeBufferPointer { all in
            samples.withUnsafeMutableBufferPointer { samples in
                for pixel in 0..<count {
                    let alpha = Int(all[pixel * 4 + 3])
                    opacity[pixel] = UInt8(alpha)
                    if alpha != 255 { isOpaque = false }
                    for band in 0..<3 {
                        let value = Int(all[pixel * 4 + band])
                        samples[pixel * 3 + band] = UInt8((value * alpha + 255 * (255 - alpha) + 127) / 255)
                    }
                }
            }
        }
        return Bitmap(width: width, height: height, samples: samples, opacity: isOpaque ? nil : opacity)
    }

    /// Makes a picture of a bitmap, without alpha.
    ///
    /// - Throws: `ImagingError` with `invalidArgument` for an empty bitmap.
    public init(_ bitmap: Bitmap) throws {
        guard bitmap.width > 0, bitmap.height > 0 else {
            throw ImagingError(.invalidArgument, "a picture without pixels")
        }
        self.init(normalised: try VipsImageHandle.copying(bitmap.samples, bitmap.width, bitmap.height, bands: 3))
    }

    /// Makes a picture with alpha of a bitmap's colours and one byte of opacity per pixel.
    ///
    /// - Throws: `ImagingError` with `invalidArgument` when the sizes differ or are zero.
    public init(_ bitmap: Bitmap, opacity: [UInt8]) throws {
        let count = bitmap.width * bitmap.height
        guard count > 0, opacity.count == count else {
            throw ImagingError(.invalidArgument, "\(opacity.count) opacities for \(count) pixels")
        }
        var all: [UInt8] = []
        all.reserveCapacity(count * 4)
        for pixel in 0..<count {
            all += bitmap.samples[(pixel * 3)..<(pixel * 3 + 3)]
            all.append(opacity[pixel])
        }
        self.init(normalised: try VipsImageHandle.copying(all, bitmap.width, bitmap.height, bands: 4))
    }
}

extension VipsImageHandle {
    /// An image with its own copy of 8-bit samples, interleaved; sRGB unless said otherwise.
    static func copying(
        _ samples: [UInt8], _ width: Int, _ height: Int, bands: Int,
        _ interpretation: VipsInterpretation = VIPS_INTERPRETATION_sRGB
    ) throws -> VipsImageHandle {
        try samples.withUnsafeBytes { try copying($0, width, height, bands, VIPS_FORMAT_UCHAR, interpretation) }
    }

    /// An image with its own copy of samples of any format, interleaved.
    static func copying(
        _ memory: UnsafeRawBufferPointer, _ width: Int, _ height: Int, _ bands: Int, _ format: VipsBandFormat,
        _ interpretation: VipsInterpretation
    ) throws -> VipsImageHandle {
        let copy = try make("copying pixels") { out in
            out.pointee = vips_image_new_from_memory_copy(
                memory.baseAddress, memory.count, Int32(width), Int32(height), Int32(bands), format)
            return out.pointee == nil ? -1 : 0
        }
        return try copy.applying("saying what samples are") { cvips_mark($0, $1, interpretation) }.inMemory()
    }
}
