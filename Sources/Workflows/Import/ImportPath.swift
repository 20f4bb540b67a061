/// Where a file lay in the folder that a person has chosen: only names, which nothing is opened by.
struct ImportPath: Sendable, Hashable {
    /// The most folders in each other.
    static let maximumDepth = 32
    /// The longest path of a folder, in characters: a task is named by it.
    static let maximumFolder = 255

    /// The folder's path, with `/` between folders; nil for a file without one.
    let folder: String?
    /// The file's name.
    let name: String

    init(folder: String?, name: String) {
        self.folder = folder
        self.name = name
    }

    /// Reads a path such as `set A/sub/x.png`; nil if it is none, which `check` is told then.
    init?(_ text: String, _ field: [String], _ check: inout InputCheck) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { String($0).trimmedSpaces }
        guard parts.allSatisfy(Self.isName), let name = parts.last else {
            check.fail(field, .invalid, "This is no path inside a folder.")
            return nil
        }
        let folder = parts.dropLast().joined(separator: "/")
        guard name.unicodeScalars.count <= 255, folder.unicodeScalars.count <= Self.maximumFolder,
            parts.count <= Self.maximumDepth
        else {
            check.fail(field, .tooLong, "Names and folders have at most 255 characters, in at most 32 folders.")
            return nil
        }
        self.init(folder: folder.isEmpty ? nil : folder, name: name)
    }

    /// The name without its last extension.
    var stem: String { Self.stem(of: name) }

    static func stem(of name: String) -> String {
        guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return name }
        return String(name[..<dot])
    }

    private static func isName(_ part: String) -> Bool {
        !part.isEmpty && part != "." && part != ".."
            && !part.unicodeScalars.contains { $0 == "\\" || $0.value < 0x20 || $0.value == 0x7F }
    }
}
