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
    func checkedFormat(_ limits: PictureLimits) throws -> PictureFormat {
        let (count, head) = try sizeAndHead()
        guard count <= limits.maximumBytes else {
            throw ImagingError(.tooManyBytes, "\(count) bytes, the limit is \(limits.maximumBytes)")
        }
        guard let format = PictureFormat(magicNumber: head) else {
            throw ImagingError(
                .unsupportedFormat, "the first bytes are not of a PNG, JPEG, WebP, GIF, BMP or TIFF picture")
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
            try Self.check(handle.width, handle.height, limits)
            return try body(format, handle)
        }
        if format == .bmp { return try checked(try bitmap(limits)) }
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

    /// The pixels of a Windows bitmap, which are as good as its bytes.
    private func bitmap(_ limits: PictureLimits) throws -> VipsImageHandle {
        let reader = try BMPReader(try allBytes())
        try Self.check(reader.width, reader.height, limits)
        let all = try VipsImageHandle.copying(try reader.samples(), reader.width, reader.height, bands: 4)
        return reader.hasAlpha ? all : try all.applying("dropping opacity") { cvips_extract_bands($0, $1, 0, 3) }
    }

    private static func check(_ width: Int, _ height: Int, _ limits: PictureLimits) throws {
        let pixels = width.multipliedReportingOverflow(by: height)
        guard !pixels.overflow, pixels.partialValue <= limits.maximumPixels else {
            throw ImagingError(.tooManyPixels, "\(width) × \(height) pixels, the limit is \(limits.maximumPixels)")
        }
    }

    private func allBytes() throws -> [UInt8] {
        switch self {
        case .bytes(let bytes): return bytes
        case .file(let path):
            guard let file = fopen(path, "rbe") else {
                throw ImagingError(.unreadableFile, "cannot open the file, errno \(errno)")
            }
            defer { fclose(file) }
            var bytes: [UInt8] = []
            var buffer = [UInt8](repeating: 0, count: 1 << 16)
            while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { bytes += buffer[..<count] }
            guard ferror(file) == 0 else { throw ImagingError(.unreadableFile, "cannot read the file, errno \(errno)") }
            return bytes
        }
    }

    private func sizeAndHead() throws -> (count: Int, head: [UInt8]) {
        switch self {
        case .bytes(let bytes):
            return (bytes.count, [UInt8](bytes.prefix(PictureFormat.magicNumberLength)))
        case .file(let path):
            let descriptor = open(path, O_RDONLY | O_CLOEXEC)
            guard descriptor >= 0 else { throw ImagingError(.unreadableFile, "cannot open the file, errno \(errno)") }
            defer { close(descriptor) }
            var status = stat()
            var head = [UInt8](repeating: 0, count: PictureFormat.magicNumberLength)
            guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
                throw ImagingError(.unreadableFile, "not a regular file")
            }
            let count = read(descriptor, &head, head.count)
            guard count >= 0 else { throw ImagingError(.unreadableFile, "cannot read the file, errno \(errno)") }
            return (Int(status.st_size), [UInt8](head.prefix(count)))
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
        case .bmp: preconditionFailure("Bitmaps are read without libvips")
        }
    }

    fileprivate func load(buffer: UnsafeRawBufferPointer, _ shrink: Int32, _ out: Slot) -> Int32 {
        switch self {
        case .png: cvips_pngload_buffer(buffer.baseAddress, buffer.count, out)
        case .jpeg: cvips_jpegload_buffer(buffer.baseAddress, buffer.count, shrink, out)
        case .webp: cvips_webpload_buffer(buffer.baseAddress, buffer.count, out)
        case .gif: cvips_gifload_buffer(buffer.baseAddress, buffer.count, out)
        case .tiff: cvips_tiffload_buffer(buffer.baseAddress, buffer.count, out)
        case .bmp: preconditionFailure("Bitmaps are read without libvips")
        }
    }
}
