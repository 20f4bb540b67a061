// What we read, told by the first bytes and never by a file name or a declared type.

/// An encoding of pictures.
public enum PictureFormat: String, Sendable, Hashable, CaseIterable {
    case png, jpeg, webp, gif, bmp, tiff
    /// Photoshop's documents, small (PSD) and large (PSB).
    case psd
    /// Icons of Windows.
    case ico

    /// Whether browsers, presentation programs and models read it as it is.
    public var isCommon: Bool { [.png, .jpeg, .webp, .gif].contains(self) }

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
        } else if has("8BPS\0", at: 0), head.count > 5, head[5] == 1 || head[5] == 2 {
            self = .psd
        } else if head.starts(with: [0, 0, 1, 0]), head.count > 9, head[4] != 0 || head[5] != 0, head[9] == 0 {
            self = .ico
        } else {
            return nil
        }
    }

    /// The media type that is registered by RFC 6838.
    public var mediaType: String {
        switch self {
        case .psd: "image/vnd.adobe.photoshop"
        case .ico: "image/vnd.microsoft.icon"
        default: "image/\(rawValue)"
        }
    }

    /// The usual file name extension, without a dot.
    public var fileExtension: String { self == .jpeg ? "jpg" : rawValue }
}
