// What we read, told by the first bytes and never by a file name or a declared type.

/// An encoding of pictures.
public enum PictureFormat: String, Sendable, Hashable, CaseIterable {
    case png, jpeg, webp, gif, bmp, tiff

    /// Whether browsers, presentation programs and models read it as it is.
    public var isCommon: Bool { self != .bmp && self != .tiff }

    /// How many bytes from the start `init(magicNumber:)` wants to see.
    public static let magicNumberLength = 16

    /// Tells the format from a file's first bytes; nil for everything that we do not read.
    public init?(magicNumber bytes: some Collection<UInt8>) {
        let head = [UInt8](bytes.prefix(Self.magicNumberLength))
        func has(_ text: StaticString, at offset: Int) -> Bool {
            text.withUTF8Buffer { head.dropFirst(offset).starts(with: $0) }
        }
        if head.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
            self = .png
        } else if head.starts(with: [0xFF, 0xD8, 0xFF]) {
            self = .jpeg
        } else if has("RIFF", at: 0), has("WEBP", at: 8) {
            self = .webp
        } else if has("GIF87a", at: 0) || has("GIF89a", at: 0) {
            self = .gif
        } else if has("BM", at: 0), head.count >= 10, head[6..<10].allSatisfy({ $0 == 0 }) {
            self = .bmp
        } else if head.starts(with: [0x49, 0x49, 0x2A, 0x00]) || head.starts(with: [0x4D, 0x4D, 0x00, 0x2A]) {
            self = .tiff
        } else {
            return nil
        }
    }

    /// The media type of RFC 6838.
    public var mediaType: String { "image/\(rawValue)" }

    /// The usual file name extension, without a dot.
    public var fileExtension: String { self == .jpeg ? "jpg" : rawValue }
}
