import Foundation
import JSON
import Testing

/// What an operation gave before, beside it in the repository.
///
/// `UPDATE_GOLDEN=1` writes it anew.
enum GoldenFile {
    /// The folder with the operations.
    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Operations")

    private static let isUpdating = ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1"

    /// The names of the operations in the folder.
    static func operations() -> [String] {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path())) ?? []
        return files.filter { $0.hasSuffix(".graphql") }.map { String($0.dropLast(8)) }.sorted()
    }

    static func read(_ name: String) throws -> String {
        try String(contentsOf: folder.appending(path: name), encoding: .utf8)
    }

    /// Compares a text with what is kept.
    static func check(_ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
        if isUpdating { try text.write(to: folder.appending(path: name), atomically: true, encoding: .utf8) }
        #expect(
            try read(name) == text, "\(name) has changed; UPDATE_GOLDEN=1 writes it anew",
            sourceLocation: sourceLocation)
    }
}

extension JSONValue {
    /// JSON with one member or element on a line; empty and plain lists stay on theirs.
    func pretty(_ indent: String = "") -> String {
        let inner = indent + "  "
        switch self {
        case .object(let object) where !object.isEmpty:
            let lines = object.members.map { "\(inner)\(JSONValue.string($0.key)): \($0.value.pretty(inner))" }
            return "{\n" + lines.joined(separator: ",\n") + "\n\(indent)}"
        case .array(let elements) where elements.contains { $0.object != nil || $0.array != nil }:
            return "[\n" + elements.map { inner + $0.pretty(inner) }.joined(separator: ",\n") + "\n\(indent)]"
        default: return description
        }
    }
}
