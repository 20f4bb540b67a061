// What a signed URL grants. Who has the URL has the right, until it ends; nothing else is asked.

/// A right to one file or one upload, as it stands in a URL.
public struct SignedURL: Sendable, Hashable {
    /// What may be done.
    public enum Grant: Sendable, Hashable {
        /// `GET /files/<key>`: reading an object, with the type and the file name to answer with.
        case read(ObjectKey, contentType: String?, fileName: String?)
        /// `PUT /uploads/<id>`: sending one file of this type and at most this size, in bytes.
        case upload(id: String, contentType: String, maximumBytes: Int)
    }

    /// What may be done.
    public let grant: Grant
    /// When it ends, in seconds since 1970-01-01 UTC; from this second on it is refused.
    public let expiresAt: Int

    /// Makes a right; `URLSigner` makes it a URL.
    public init(grant: Grant, expiresAt: Int) {
        self.grant = grant
        self.expiresAt = expiresAt
    }

    /// The HTTP method that the right is for; `HEAD` counts as `GET`.
    public var method: String {
        switch grant {
        case .read: "GET"
        case .upload: "PUT"
        }
    }

    /// The URL's path without query.
    var path: String {
        switch grant {
        case .read(let key, _, _): "/files/\(key.text)"
        case .upload(let id, _, _): "/uploads/\(id)"
        }
    }

    /// The query without the signature, in its one order.
    var fields: [(name: String, value: String)] {
        var fields = [("exp", String(expiresAt))]
        switch grant {
        case .read(_, let contentType, let fileName):
            if let contentType { fields.append(("type", contentType)) }
            if let fileName { fields.append(("name", fileName)) }
        case .upload(_, let contentType, let maximumBytes):
            fields.append(("type", contentType))
            fields.append(("max", String(maximumBytes)))
        }
        return fields
    }

    /// Everything that is signed: method, path and each field with its length, so that no two rights have one text.
    var message: [UInt8] {
        var text = "aimage-url-1\n\(method)\n\(path)\n"
        for field in fields { text += "\(field.name) \(field.value.utf8.count) \(field.value)\n" }
        return Array(text.utf8)
    }
}
