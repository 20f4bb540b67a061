#if canImport(Glibc)
    import Glibc
#endif

// Files of Office as it was until 2007 → files as it writes them now, by LibreOffice. All methods wait: call them on the
// blocking pool.

/// A sort of such a file.
public enum OldOfficeKind: Sendable, Hashable, CaseIterable {
    case word, excel, powerPoint

    /// The kind of a media type; nil for all other types.
    public init?(mediaType: String) {
        guard let kind = Self.allCases.first(where: { $0.mediaType == mediaType }) else { return nil }
        self = kind
    }

    /// The media type.
    public var mediaType: String {
        switch self {
        case .word: "application/msword"
        case .excel: "application/vnd.ms-excel"
        case .powerPoint: "application/vnd.ms-powerpoint"
        }
    }

    /// The streams of which such a file has one (MS-DOC, MS-XLS, MS-PPT).
    public var streams: [String] {
        switch self {
        case .word: ["WordDocument"]
        case .excel: ["Workbook", "Book"]
        case .powerPoint: ["PowerPoint Document"]
        }
    }

    /// What people are told where the program is missing.
    public var unavailable: String {
        "This server cannot read .\(endings.old) files: LibreOffice is not installed, or without the part for them."
    }

    /// The endings of the old and of the new file.
    var endings: (old: String, new: String) {
        switch self {
        case .word: ("doc", "docx")
        case .excel: ("xls", "xlsx")
        case .powerPoint: ("ppt", "pptx")
        }
    }

    /// The library of LibreOffice that knows them; each is in a package of its own.
    fileprivate var library: String {
        switch self {
        case .word: "libswlo.so"
        case .excel: "libsclo.so"
        case .powerPoint: "libsdlo.so"
        }
    }
}

/// Makes files of today's Office of old ones.
public struct OldOfficeReader: Sendable {
    private let office: LibreOffice
    private let kinds: Set<OldOfficeKind>

    /// Takes the program, what it knows, and how long a file may take.
    init(program: String, kinds: Set<OldOfficeKind>, secondsAllowed: Int = 120) {
        office = LibreOffice(program: program, secondsAllowed: secondsAllowed)
        self.kinds = kinds
    }

    /// The reader of an installed LibreOffice; nil without one.
    ///
    /// `searchPath` is a list of folders as in the environment's `PATH`. Touches the disk: call it at start.
    public static func installed(searchPath: String) -> OldOfficeReader? {
        guard let program = LibreOffice.program(searchPath: searchPath), let real = realpath(program, nil) else {
            return nil
        }
        defer { free(real) }
        let folder = String(cString: real).split(separator: "/", omittingEmptySubsequences: false).dropLast()
            .joined(separator: "/")
        let kinds = OldOfficeKind.allCases.filter { access("\(folder)/\($0.library)", R_OK) == 0 }
        return kinds.isEmpty ? nil : OldOfficeReader(program: program, kinds: Set(kinds))
    }

    /// Whether there is what it takes for a kind.
    public func reads(_ kind: OldOfficeKind) -> Bool { kinds.contains(kind) }

    /// The name that a file must have in its folder.
    public static func name(of kind: OldOfficeKind) -> String { "document.\(kind.endings.old)" }

    /// Makes a file of today's kind of the one named by `name(of:)` in a folder, and gives its path; nil for a file that is
    /// damaged, protected by a password, or takes too long.
    ///
    /// The folder is for this run alone. Macros are not run and nothing is fetched. Throws what `checkCancellation` throws.
    public func convert(
        _ kind: OldOfficeKind, in folder: String, checkCancellation: () throws -> Void
    ) throws -> String? {
        try office.convert(
            Self.name(of: kind), to: kind.endings.new, in: folder, checkCancellation: checkCancellation)
    }
}
