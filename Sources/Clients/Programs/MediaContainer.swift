#if canImport(Glibc)
    import Glibc
#endif

/// What a file of moving pictures or of sound is by its first bytes.
///
/// The name and the sender's word decide nothing. Each container is read by one demuxer of ffmpeg, which is told to it: one
/// that is left to guess would follow the references of a playlist that calls itself a video.
public enum MediaContainer: Sendable, Hashable {
    /// ISO/IEC 14496-12 and what it came from: MP4, M4A, QuickTime.
    case isoMedia(isQuickTime: Bool)
    /// The part of Matroska that browsers play.
    case webM
    case mp3
    case wave
    case ogg
    case flac

    /// How many bytes decide.
    static let decisiveBytes = 64

    /// The container that begins so; nil for anything else.
    init?(beginning: [UInt8]) {
        let bytes = Array(beginning.prefix(Self.decisiveBytes))
        func has(_ text: String, at offset: Int) -> Bool { bytes.dropFirst(offset).starts(with: Array(text.utf8)) }
        if has("ftyp", at: 4) {
            self = .isoMedia(isQuickTime: has("qt  ", at: 8))
        } else if bytes.starts(with: [0x1A, 0x45, 0xDF, 0xA3]), Self.docType(bytes) == Array("webm".utf8) {
            self = .webM
        } else if has("RIFF", at: 0), has("WAVE", at: 8) {
            self = .wave
        } else if has("OggS", at: 0) {
            self = .ogg
        } else if has("fLaC", at: 0) {
            self = .flac
        } else if has("ID3", at: 0) || Self.isLayer3(bytes) {
            self = .mp3
        } else {
            return nil
        }
    }

    /// The container of a file; nil for anything else, and for a file that cannot be read.
    static func of(path: String) -> MediaContainer? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: decisiveBytes)
        let count = pread(descriptor, &bytes, bytes.count, 0)
        return count > 0 ? MediaContainer(beginning: Array(bytes[..<count])) : nil
    }

    /// The name of ffmpeg's demuxer.
    var demuxer: String {
        switch self {
        case .isoMedia: "mov"
        case .webM: "matroska"
        case .mp3: "mp3"
        case .wave: "wav"
        case .ogg: "ogg"
        case .flac: "flac"
        }
    }

    /// The media type of a file of this container; nil when it cannot have what it has.
    func mediaType(hasPictures: Bool) -> String? {
        switch (self, hasPictures) {
        case (.isoMedia(let isQuickTime), true): isQuickTime ? "video/quicktime" : "video/mp4"
        case (.isoMedia, false): "audio/mp4"
        case (.webM, true): "video/webm"
        case (.mp3, false): "audio/mpeg"
        case (.wave, false): "audio/wav"
        case (.ogg, false): "audio/ogg"
        case (.flac, false): "audio/flac"
        case (.webM, false), (.mp3, true), (.wave, true), (.ogg, true), (.flac, true): nil
        }
    }

    /// The element DocType (RFC 8794, 11.2.4) of a header that is as short as headers are.
    private static func docType(_ bytes: [UInt8]) -> [UInt8]? {
        for index in 4..<max(4, bytes.count - 3) where bytes[index] == 0x42 && bytes[index + 1] == 0x82 {
            let length = Int(bytes[index + 2] & 0x7F)
            return Array(bytes.dropFirst(index + 3).prefix(length))
        }
        return nil
    }

    /// Whether a frame of MPEG audio, layer III begins here: eleven bits are set, then come version and layer.
    private static func isLayer3(_ bytes: [UInt8]) -> Bool {
        bytes.count > 1 && bytes[0] == 0xFF && bytes[1] & 0xE0 == 0xE0 && bytes[1] & 0x06 == 0x02
    }
}
