import CVips

// The decoded picture: 8-bit sRGB with or without alpha, upright, wholly in memory.
// All functions here compute or read files: call them on the blocking pool, never on a loop.

/// A decoded picture.
///
/// Immutable and cheap to copy (copies share the pixels). Always 8-bit sRGB in three channels, or four with alpha, turned
/// upright by its EXIF orientation, and independent of the bytes or file it came from.
public struct Picture: Sendable {
    let handle: VipsImageHandle

    /// The handle must already be normalised.
    init(normalised handle: VipsImageHandle) { self.handle = handle }

    /// Columns.
    public var width: Int { handle.width }
    /// Rows.
    public var height: Int { handle.height }
    /// True when the picture has an alpha channel, even if all of it is opaque.
    public var hasAlpha: Bool { handle.bands == 4 }

    /// Decodes a picture; of an animation the first frame.
    ///
    /// - Throws: `ImagingError` with `unsupportedFormat`, `tooManyBytes`, `tooManyPixels`, `corruptPicture` (also when the
    ///   end is missing) or `unreadableFile`.
    public static func decode(_ source: PictureSource, limits: PictureLimits = .standard) throws -> Picture {
        try source.withOpened(limits) { _, opened in
            let upright = try opened.applying("turning upright", failing: .corruptPicture, cvips_autorot)
            return Picture(normalised: try upright.inSRGBSamples().inMemory(failing: .corruptPicture))
        }
    }

    /// Decodes straight to a small size, which for large JPEGs costs a fraction of `decode`.
    ///
    /// The result fits into `maximumSide` × `maximumSide` with its shape kept; smaller pictures keep their size.
    ///
    /// - Throws: as `decode`.
    public static func thumbnail(
        of source: PictureSource, maximumSide: Int, limits: PictureLimits = .standard
    ) throws -> Picture {
        guard maximumSide > 0 else { throw ImagingError(.invalidArgument, "a thumbnail of \(maximumSide) pixels") }
        let (format, longest) = try source.withOpened(limits) { ($0, max($1.width, $1.height)) }
        var shrink: Int32 = 1
        while format == .jpeg, shrink < 8, longest / (Int(shrink) * 2) >= maximumSide { shrink *= 2 }
        return try source.withOpened(limits, shrink: shrink) { _, opened in
            let upright = try opened.applying("turning upright", failing: .corruptPicture, cvips_autorot)
            let scale = min(1, Double(maximumSide) / Double(max(upright.width, upright.height)))
            let small = try upright.inSRGBSamples().scaled(
                to: max(1, Int((Double(upright.width) * scale).rounded())),
                max(1, Int((Double(upright.height) * scale).rounded())))
            return Picture(normalised: try small.inMemory(failing: .corruptPicture))
        }
    }
}

extension VipsImageHandle {
    /// 8-bit sRGB with three or four channels, not yet computed.
    fileprivate func inSRGBSamples() throws -> VipsImageHandle {
        var result = try inSRGB()
        if result.bands > 4 || (result.bands == 4 && !result.hasAlpha) {
            result = try result.applying("dropping extra channels") { cvips_extract_bands($0, $1, 0, 3) }
        }
        guard result.bands == 3 || result.bands == 4 else {
            throw ImagingError(.corruptPicture, "\(result.bands) channels after conversion to sRGB")
        }
        return try result.applying("8 bits", cvips_cast_uchar)
    }

    /// Uses the embedded colour profile when there is one that fits; a broken profile falls back to the plain conversion.
    private func inSRGB() throws -> VipsImageHandle {
        if withImage({ vips_image_get_typeof($0, cvips_icc_name()) }) != 0 {
            do {
                return try applying("embedded profile", cvips_icc_to_srgb)
            } catch {
                // Decoders ignore a profile that does not match its picture, and so do we: the colours stay as stored.
            }
        }
        return try applying("to sRGB", failing: .corruptPicture, cvips_to_srgb)
    }
}
