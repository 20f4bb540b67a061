import JSON

/// What a request's `extensions.persistedQuery` says: `{"version": 1, "sha256Hash": "…"}`.
struct PersistedQueryReference {
    /// 64 hexadecimal digits in lower case.
    let hash: String

    init(_ value: JSONValue) throws(OperationRefusal) {
        guard case .object(let object) = value else { throw Self.wrong("\"persistedQuery\" must be an object.") }
        guard object["version"]?.int == 1 else { throw Self.wrong("Unsupported persisted query version") }
        guard case .string(let hash)? = object["sha256Hash"], hash.utf8.count == 64,
            hash.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) })
        else { throw Self.wrong("\"sha256Hash\" must be 64 hexadecimal digits in lower case.") }
        self.hash = hash
    }

    private static func wrong(_ message: String) -> OperationRefusal {
        OperationRefusal(.persistedQueryWrong, message)
    }
}
