import JSON

/// Names a file of Google Drive, so that nothing else can get into a URL.
public struct DriveFileID: Sendable, Hashable {
    /// The identifier.
    public let text: String
    /// The key that files shared by link need beside it; nil for most.
    public let resourceKey: String?

    /// Nil for what is no identifier of Drive's: 10 to 128 letters, digits, `_` and `-`.
    public init?(_ text: String, resourceKey: String? = nil) {
        guard (10...128).contains(text.utf8.count), text.utf8.allSatisfy(Self.isAllowed) else { return nil }
        if let resourceKey {
            guard (1...128).contains(resourceKey.utf8.count), resourceKey.utf8.allSatisfy(Self.isAllowed) else {
                return nil
            }
        }
        self.text = text
        self.resourceKey = resourceKey
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}

/// What Drive says of a file with bytes.
public struct DriveFile: Sendable, Hashable {
    /// The file itself, also if it was asked for by a shortcut.
    public let id: DriveFileID
    /// The name that people gave it; anything.
    public let name: String
    /// The media type that Drive takes it for.
    public let mediaType: String
    /// How many bytes it has.
    public let byteCount: Int
    /// The SHA-256 of its bytes, 64 hexadecimal digits; nil if Drive has not made it.
    public let sha256: String?
    /// The MD5 of its bytes, 32 hexadecimal digits; nil if Drive has not made it.
    public let md5: String?

    /// What is asked of Drive.
    static let fields =
        "id,name,mimeType,size,md5Checksum,sha256Checksum,resourceKey,capabilities/canDownload,shortcutDetails"

    /// Where a shortcut leads; nil for what is none.
    static func target(of json: JSONValue) -> DriveFileID? {
        guard let details = json["shortcutDetails"], let id = details["targetId"]?.string else { return nil }
        return DriveFileID(id, resourceKey: details["targetResourceKey"]?.string)
    }

    /// Reads what Drive says of the file `id`.
    init(_ json: JSONValue, id: DriveFileID) throws(DriveError) {
        guard let name = json["name"]?.string, let mediaType = json["mimeType"]?.string else {
            throw DriveError(.invalidResponse, "Google Drive says nothing of the file.")
        }
        guard !mediaType.hasPrefix("application/vnd.google-apps.") else {
            throw DriveError(
                .noFile, "Documents of Google have no file. Download it as PPTX, or save it as such in Drive first.")
        }
        if json["capabilities"]?["canDownload"]?.bool == false {
            throw DriveError(.forbidden, "Its owner lets nobody download the file.")
        }
        // A number as text.
        guard let byteCount = json["size"]?.string.flatMap(Int.init), byteCount >= 0 else {
            throw DriveError(.noFile, "Google Drive has no bytes of the file.")
        }
        self.id = id
        self.name = name
        self.mediaType = mediaType
        self.byteCount = byteCount
        sha256 = json["sha256Checksum"]?.string?.lowercased()
        md5 = json["md5Checksum"]?.string?.lowercased()
    }
}
