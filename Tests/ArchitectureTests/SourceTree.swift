import Foundation
import Glibc

// Reads the package's own Swift files, so that rules about the source can be tests.

/// One Swift file: where it is, and its lines with and without comments and string contents.
struct SourceFile: Sendable {
    /// Path from the package's root, for example `Sources/JSON/JSONValue.swift`.
    let path: String
    /// The lines as written.
    let lines: [String]
    /// The same number of lines, with comments and the contents of string literals removed.
    let codeLines: [String]

    init(path: String, text: String) {
        self.path = path
        self.lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        self.codeLines = CodeScanner.codeLines(of: text)
    }

    /// The folder under `Sources/` or `Tests/`: the target that the file belongs to.
    var target: String {
        let parts = path.split(separator: "/")
        return parts.count > 1 ? String(parts[1]) : ""
    }

    /// `path:line`, counted from 1, as compilers write it.
    func place(_ lineIndex: Int) -> String { "\(path):\(lineIndex + 1)" }
}

/// The Swift files under a folder of the package.
enum SourceTree {
    /// The package's root, found from where this file is.
    static let root = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
        .deletingLastPathComponent()
        .deletingLastPathComponent()

    /// Every Swift file under `Sources/`.
    static func sources() throws -> [SourceFile] { try read.get() }

    // Read once: several tests look at all of it.
    private static let read = Result { try files(under: "Sources") }

    /// Every Swift file under `folder`, in the order of their paths.
    static func files(under folder: String) throws -> [SourceFile] {
        let base = root.appending(path: folder)
        guard let walker = FileManager.default.enumerator(atPath: base.path) else { return [] }
        let paths = walker.compactMap { $0 as? String }.filter { $0.hasSuffix(".swift") }.sorted()
        return try paths.map { path in
            let text = try String(contentsOf: base.appending(path: path), encoding: .utf8)
            return SourceFile(path: "\(folder)/\(path)", text: text)
        }
    }
}

extension String {
    /// Whether these characters are somewhere in the text: what a debug build can afford to ask of every line before it
    /// looks closely.
    func mentions(_ part: String) -> Bool { strstr(self, part) != nil }
}
