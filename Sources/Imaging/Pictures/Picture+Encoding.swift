import CVips

// A picture as bytes of a file. Metadata (camera, place, profile) never goes into what we write.

extension Picture {
    /// The picture as PNG, at a zlib level from 0 (fast) to 9 (small).
    ///
    /// - Throws: `ImagingError` with `operationFailed`.
    public func pngBytes(compression: Int = 6) throws -> [UInt8] {
        let level = Int32(min(max(compression, 0), 9))
        return try encoded("PNG", handle) { cvips_pngsave_buffer($0, $1, $2, level) }
    }

    /// The picture as JPEG at a quality from 1 to 100, transparent parts on white.
    ///
    /// - Throws: `ImagingError` with `operationFailed`.
    public func jpegBytes(quality: Int = 85) throws -> [UInt8] {
        let quality = Int32(min(max(quality, 1), 100))
        let opaque = hasAlpha ? try Picture(bitmap().withoutOpacity) : self
        return try encoded("JPEG", opaque.handle) { cvips_jpegsave_buffer($0, $1, $2, quality) }
    }

    private func encoded(
        _ what: String, _ handle: VipsImageHandle,
        _ save: (
            UnsafeMutablePointer<VipsImage>, UnsafeMutablePointer<UnsafeMutableRawPointer?>,
            UnsafeMutablePointer<Int>
        ) -> Int32
    ) throws -> [UInt8] {
        var memory: UnsafeMutableRawPointer?
        var count = 0
        let status = handle.withImage { save($0, &memory, &count) }
        defer { if let memory { cvips_free(memory) } }
        guard status == 0, let memory else {
            throw ImagingError(.operationFailed, "\(what): \(VipsLibrary.takeErrorMessage())")
        }
        return [UInt8](UnsafeRawBufferPointer(start: memory, count: count))
    }
}
