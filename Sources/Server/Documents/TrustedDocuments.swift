import Foundation
import Hashing
import JSON
import Synchronization

/// The documents that clients were built with, from a manifest file.
///
/// Shared by all loops; reading the file again replaces all of them at once.
public final class TrustedDocuments: Sendable {
    private struct Contents {
        var byID: [String: [UInt8]] = [:]
        var byHash: [String: [UInt8]] = [:]
        var texts: Set<[UInt8]> = []
    }

    private let path: String
    private let contents: Mutex<Contents>

    /// Reads the manifest: Apollo's `apollo-persisted-query-manifest` of version 1, or Relay's object of id and text.
    ///
    /// Throws when the file can't be read or is neither.
    public init(path: String) throws {
        self.path = path
        contents = Mutex(try Self.read(path))
    }

    /// Reads the file again; if it can't be used, what was known stays.
    public func reload() throws {
        let read = try Self.read(path)
        contents.withLock { $0 = read }
    }

    /// How many documents there are.
    public var count: Int { contents.withLock { $0.byID.count } }

    func text(id: String) -> [UInt8]? {
        contents.withLock { contents in
            if let text = contents.byID[id] { return text }
            // The draft of persisted documents writes the algorithm before the hash.
            guard id.hasPrefix("sha256:") else { return nil }
            return contents.byHash[String(id.dropFirst(7))]
        }
    }

    func text(hash: String) -> [UInt8]? {
        contents.withLock { $0.byHash[hash] }
    }

    func contains(_ text: [UInt8]) -> Bool {
        contents.withLock { $0.texts.contains(text) }
    }

    private static func read(_ path: String) throws -> Contents {
        let bytes = try [UInt8](Data(contentsOf: URL(filePath: path)))
        guard case .object(let manifest) = try JSONReader.read(bytes) else {
            throw TrustedDocumentsError("\(path) is not a JSON object")
        }
        var contents = Contents()
        for (id, text) in try documents(of: manifest, path) {
            let text = Array(text.utf8)
            guard contents.byID.updateValue(text, forKey: id) == nil else {
                throw TrustedDocumentsError("\(path) has the id \(id) twice")
            }
            contents.byHash[Hex.encode(SHA256.hash(text))] = text
            contents.texts.insert(text)
        }
        return contents
    }

    private static func documents(of manifest: JSONObject, _ path: String) throws -> [(id: String, text: String)] {
        guard let format = manifest["format"] else {
            return try manifest.members.map { member in
                guard case .string(let text) = member.value else {
                    throw TrustedDocumentsError("\(path): the value of \(member.key) is no text")
                }
                return (member.key, text)
            }
        }
        guard format.string == "apollo-persisted-query-manifest", manifest["version"]?.int == 1,
            let operations = manifest["operations"]?.array
        else { throw TrustedDocumentsError("\(path) is no apollo-persisted-query-manifest of version 1") }
        return try operations.map { operation in
            guard let id = operation["id"]?.string, let text = operation["body"]?.string else {
                throw TrustedDocumentsError("\(path) has an operation without id or body")
            }
            return (id, text)
        }
    }
}

/// A manifest that can't be used.
public struct TrustedDocumentsError: Error, CustomStringConvertible {
    /// What is wrong with it.
    public let description: String

    init(_ description: String) { self.description = description }
}
