// Limits are part of the decoder: checked from the header, before memory is spent.

/// How much a picture may cost to decode.
public struct PictureLimits: Sendable, Hashable {
    /// The largest width × height, in pixels; one pixel costs four bytes.
    public var maximumPixels: Int
    /// The largest encoded size, in bytes.
    public var maximumBytes: Int

    /// Makes limits; the defaults are 100 megapixels and 256 MiB.
    public init(maximumPixels: Int = 100_000_000, maximumBytes: Int = 256 << 20) {
        self.maximumPixels = maximumPixels
        self.maximumBytes = maximumBytes
    }

    /// The default limits.
    public static let standard = PictureLimits()

    /// Refuses a picture with too many pixels.
    ///
    /// - Throws: `ImagingError` with `tooManyPixels`.
    func check(_ width: Int, _ height: Int) throws {
        let pixels = width.multipliedReportingOverflow(by: height)
        guard !pixels.overflow, pixels.partialValue <= maximumPixels else {
            throw ImagingError(.tooManyPixels, "\(width) × \(height) pixels, the limit is \(maximumPixels)")
        }
    }
}
