// Which names may stand in an archive. The same rule holds for what we write and for what strangers send, so that no
// name can ever lead out of a folder.

enum EntryName {
    /// Throws `unsafeName` for a name that some program may take for a path outside the archive.
    static func check(_ name: String) throws {
        let reason: String? =
            if name.isEmpty {
                "is empty"
            } else if name.utf8.count > 1024 {
                "is longer than 1024 bytes"
            } else if name.hasPrefix("/") {
                "is absolute"
            } else if name.unicodeScalars.contains(where: { $0 == "\\" || $0.value < 0x20 || $0.value == 0x7F }) {
                "holds a backslash or control character"
            } else if name.split(separator: "/", omittingEmptySubsequences: false).contains("..") {
                "leads upwards"
            } else if name.dropFirst().first == ":" {
                "names a drive"
            } else {
                nil
            }
        if let reason { throw ArchiveError(.unsafeName, "The entry name \(name.debugDescription) \(reason).") }
    }
}
