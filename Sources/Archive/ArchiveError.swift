// What can go wrong with a ZIP file.

/// Why an archive could not be read or written.
public struct ArchiveError: Error, Sendable, Hashable {
    /// The kind of failure; new kinds may appear.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        private enum Known: String, Sendable {
            case cannotOpen, cannotWrite, unsafeName, duplicateName, tooManyEntries, tooLarge, suspiciousRatio
            case encrypted, damaged, noSuchEntry
        }

        private let known: Known

        /// The file is no ZIP archive or cannot be opened.
        public static let cannotOpen = Code(known: .cannotOpen)
        /// The archive, or the file of an entry, cannot be written: disk, memory or a source that cannot be read.
        public static let cannotWrite = Code(known: .cannotWrite)
        /// An entry's name is empty, absolute, leads upwards, or holds a backslash or control character.
        public static let unsafeName = Code(known: .unsafeName)
        /// Two entries have the same name.
        public static let duplicateName = Code(known: .duplicateName)
        /// The archive has more entries than the limit.
        public static let tooManyEntries = Code(known: .tooManyEntries)
        /// The entries would inflate to more bytes than the limit.
        public static let tooLarge = Code(known: .tooLarge)
        /// An entry inflates to more times its compressed size than the limit: a ZIP bomb.
        public static let suspiciousRatio = Code(known: .suspiciousRatio)
        /// An entry is encrypted.
        public static let encrypted = Code(known: .encrypted)
        /// An entry's bytes do not inflate, or not to the size and checksum that the archive states.
        public static let damaged = Code(known: .damaged)
        /// The archive has no entry of that name.
        public static let noSuchEntry = Code(known: .noSuchEntry)

        /// The name of the code.
        public var description: String { known.rawValue }
    }

    /// The kind of failure.
    public let code: Code
    /// What failed, with libzip's reason where it gave one.
    public let message: String

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }
}

extension ArchiveError: CustomStringConvertible {
    /// The code and the message.
    public var description: String { "\(code): \(message)" }
}
