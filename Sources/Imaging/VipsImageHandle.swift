import CVips

// The owner of a VipsImage. No other file frees one, and the pointer leaves only inside a closure.

/// One reference to a libvips image.
///
/// libvips images never change after they are made and their reference count is atomic, so a handle may be used from
/// several threads at once.
final class VipsImageHandle: @unchecked Sendable {  // Reason: a pointer to an immutable, atomically counted object.
    private let image: UnsafeMutablePointer<VipsImage>

    /// Takes over the caller's reference; it is dropped in `deinit`.
    init(takingOwnership image: UnsafeMutablePointer<VipsImage>) { self.image = image }

    deinit { cvips_unref(image) }

    /// Columns.
    var width: Int { Int(vips_image_get_width(image)) }
    /// Rows.
    var height: Int { Int(vips_image_get_height(image)) }
    /// Channels, alpha included.
    var bands: Int { Int(vips_image_get_bands(image)) }
    /// True when the last channel is alpha.
    var hasAlpha: Bool { vips_image_hasalpha(image) != 0 }

    /// Lends the pointer; it must not outlive the closure.
    func withImage<Value>(_ body: (UnsafeMutablePointer<VipsImage>) throws -> Value) rethrows -> Value {
        try withExtendedLifetime(self) { try body(image) }
    }

    /// An operation of libvips: fills the result and returns 0, or returns -1 and leaves a message.
    typealias Operation = (UnsafeMutablePointer<UnsafeMutablePointer<VipsImage>?>) -> Int32

    /// Runs an operation that makes an image.
    static func make(
        _ what: StaticString, failing code: ImagingError.Code = .operationFailed, _ operation: Operation
    ) throws -> VipsImageHandle {
        try VipsLibrary.start()
        var out: UnsafeMutablePointer<VipsImage>?
        guard operation(&out) == 0, let out else {
            throw ImagingError(code, "\(what): \(VipsLibrary.takeErrorMessage())")
        }
        return VipsImageHandle(takingOwnership: out)
    }

    /// Runs an operation of one image that makes another.
    func applying(
        _ what: StaticString, failing code: ImagingError.Code = .operationFailed,
        _ operation: (UnsafeMutablePointer<VipsImage>, UnsafeMutablePointer<UnsafeMutablePointer<VipsImage>?>) -> Int32
    ) throws -> VipsImageHandle {
        try withImage { image in try Self.make(what, failing: code) { operation(image, $0) } }
    }

    /// Computes all pixels now and keeps them, so that nothing refers to the source any more.
    ///
    /// libvips is lazy: this is where a truncated or corrupt file shows itself.
    func inMemory(failing code: ImagingError.Code = .operationFailed) throws -> VipsImageHandle {
        try applying("computing pixels", failing: code) { image, out in
            out.pointee = vips_image_copy_memory(image)
            return out.pointee == nil ? -1 : 0
        }
    }

    /// All samples, row by row, channels interleaved; the image must be of 8-bit samples.
    func samples() throws -> [UInt8] {
        try withImage { image in
            var count = 0
            guard let memory = vips_image_write_to_memory(image, &count) else {
                throw ImagingError(.operationFailed, "reading pixels: \(VipsLibrary.takeErrorMessage())")
            }
            defer { cvips_free(memory) }
            return [UInt8](UnsafeRawBufferPointer(start: memory, count: count))
        }
    }
}
