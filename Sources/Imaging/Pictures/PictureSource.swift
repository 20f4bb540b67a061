import CVips

#if canImport(Glibc)
    import Glibc
#endif

// Where encoded pictures come from. The magic number decides the loader; the loader is called by name.

/// An encoded picture, in memory or in a file.
public enum PictureSource: Sendable, Hashable {
    /// The encoded bytes.
    case bytes([UInt8])
    /// The path of a file on this machine.
    case file(String)

    /// Checks size and magic number, and returns the format.
    ///
    /// - Throws: `ImagingError` with `tooManyBytes`, `unsupportedFormat` or `unreadableFile`.
    public func checkedFormat(_ limits: PictureLimits) throws -> PictureFormat {
        let (count, head) = try sizeAndHead()
        guard count <= limits.maximumBytes else {
            throw ImagingError(.tooManyBytes, "\(count) bytes, the limit is \(limits.maximumBytes)")
        }
        guard let format = PictureFormat(magicNumber: head) else {
            throw ImagingError(
                .unsupportedFormat,
                "the first bytes are not of a PNG, JPEG, WebP, GIF, BMP, TIFF, Photoshop or ICO picture")
        }
        return format
    }

    /// Opens the picture with the loader of its format, checks the pixel limit, and hands it to the closure.
    ///
    /// Only the header is read here. The image refers to the source, so it must not leave the closure. `shrink` (1, 2, 4
    /// or 8) lets the JPEG decoder leave out detail, for which it then needs a fraction of the time.
    func withOpened<Value>(
        _ limits: PictureLimits, shrink: Int32 = 1, _ body: (PictureFormat, VipsImageHandle) throws -> Value
    ) throws -> Value {
        let format = try checkedFormat(limits)
        func checked(_ handle: VipsImageHandle) throws -> Value {
            try limits.check(handle.width, handle.height)
            return try body(format, handle)
        }
        switch format {
        case .bmp: return try checked(try bitmap(limits))
        case .psd: return try checked(try withBytes { try PSDReader($0).picture(limits) })
        case .ico: return try icon(limits) { try body(.ico, $0) }
        default: break
        }
        switch self {
        case .file(let path):
            return try checked(
                VipsImageHandle.make("opening a picture", failing: .corruptPicture) {
                    format.load(file: path, shrink, $0)
                })
        case .bytes(let bytes):
            return try bytes.withUnsafeBytes { buffer in
                try checked(
                    VipsImageHandle.make("opening a picture", failing: .corruptPicture) {
                        format.load(buffer: buffer, shrink, $0)
                    })
            }
        }
    }

    /// Hands on the largest picture of a Windows icon, which is a PNG or a bitmap.
    private func icon<Value>(_ limits: PictureLimits, _ body: (VipsImageHandle) throws -> Value) throws -> Value {
        switch try withBytes({ try ICOReader($0, maximumBytes: limits.maximumBytes) }).picture {
        case .png(let bytes): return try Self.bytes(bytes).withOpened(limits) { try body($1) }
        case .bitmap(let reader):
            try limits.check(reader.width, reader.height)
            return try body(try VipsImageHandle.copying(try reader.samples(), reader.width, reader.height, bands: 4))
        }
    }

    /// The pixels of a Windows bitmap, which are as good as its bytes.
    private func bitmap(_ limits: PictureLimits) throws -> VipsImageHandle {
        let reader = try BMPReader(try withBytes { try $0.read(0, $0.count) })
        try limits.check(reader.width, reader.height)
        let all = try VipsImageHandle.copying(try reader.samples(), reader.width, reader.height, bands: 4)
        return reader.hasAlpha ? all : try all.applying("dropping opacity") { cvips_extract_bands($0, $1, 0, 3) }
    }

    private func sizeAndHead() throws -> (count: Int, head: [UInt8]) {
        try withBytes { ($0.count, try $0.read(0, min($0.count, PictureFormat.magicNumberLength))) }
    }

    /// Lends the bytes; they must not outlive the closure.
    private func withBytes<Value>(_ body: (PictureBytes) throws -> Value) throws -> Value {
        switch self {
        case .bytes(let bytes): return try body(PictureBytes(bytes))
        case .file(let path):
            let descriptor = open(path, O_RDONLY | O_CLOEXEC)
            guard descriptor >= 0 else { throw ImagingError(.unreadableFile, "cannot open the file, errno \(errno)") }
            defer { close(descriptor) }
            return try body(try PictureBytes(descriptor: descriptor))
        }
    }
}

extension PictureFormat {
    fileprivate typealias Slot = UnsafeMutablePointer<UnsafeMutablePointer<VipsImage>?>

    fileprivate func load(file path: String, _ shrink: Int32, _ out: Slot) -> Int32 {
        switch self {
        case .png: cvips_pngload(path, out)
        case .jpeg: cvips_jpegload(path, shrink, out)
        case .webp: cvips_webpload(path, out)
        case .gif: cvips_gifload(path, out)
        case .tiff: cvips_tiffload(path, out)
        case .bmp, .psd, .ico: preconditionFailure("They are read without libvips")
        }
    }

    fileprivate func load(buffer: UnsafeRawBufferPointer, _ shrink: Int32, _ out: Slot) -> Int32 {
        switch self {
        case .png: cvips_pngload_buffer(buffer.baseAddress, buffer.count, out)
        case .jpeg: cvips_jpegload_buffer(buffer.baseAddress, buffer.count, shrink, out)
        case .webp: cvips_webpload_buffer(buffer.baseAddress, buffer.count, out)
        case .gif: cvips_gifload_buffer(buffer.baseAddress, buffer.count, out)
        case .tiff: cvips_tiffload_buffer(buffer.baseAddress, buffer.count, out)
        case .bmp, .psd, .ico: preconditionFailure("They are read without libvips")
        }
    }
}
