// Reading PDF files by the programs of poppler, each in a process of its own: what a hostile file breaks there, breaks
// there. All methods wait: call them on the blocking pool.

/// Counts, reads and draws the pages of PDF files.
public struct PDFReader: Sendable {
    /// The longer side of a page's picture, in pixels: a page of a square kilometre costs no more than another.
    static let longerSide = 1600
    /// The longest list of a page's pictures, in bytes: some eighty thousand, as programs that draw with them make.
    private static let longestList = 8 << 20

    /// Why a file can never be read.
    public struct Refusal: Error, Sendable, Hashable {
        /// For programs.
        public let code: String
        /// For people.
        public let message: String

        /// Makes a refusal.
        public init(code: String, message: String) {
            self.code = code
            self.message = message
        }

        /// The machine has no reader.
        public static let unavailable = Refusal(
            code: "NO_PDF_READER", message: "This server cannot read PDF files: poppler-utils are not installed.")
        /// The file is damaged, or wants a password.
        static let unreadable = Refusal(
            code: "UNREADABLE", message: "The file is damaged or protected by a password.")
    }

    private let folder: String
    private let secondsAllowed: Int

    /// Takes the folder of the programs, and how long one page may take.
    init(folder: String, secondsAllowed: Int = 30) {
        self.folder = folder
        self.secondsAllowed = secondsAllowed
    }

    /// The reader of an installed poppler; nil without one.
    ///
    /// `searchPath` is a list of folders as in the environment's `PATH`. Touches the disk: call it at start.
    public static func installed(searchPath: String) -> PDFReader? {
        let programs = ["pdfinfo", "pdftotext", "pdftoppm", "pdfimages"]
        return InstalledPrograms.folder(of: programs, searchPath: searchPath).map { PDFReader(folder: $0) }
    }

    /// How many pages the file has.
    ///
    /// Throws a `Refusal`, or what `checkCancellation` throws.
    public func pageCount(of path: String, checkCancellation: () throws -> Void) throws -> Int {
        let output = try run("pdfinfo", ["-enc", "UTF-8", path], checkCancellation)
        let lines = String(decoding: output, as: UTF8.self).split(separator: "\n")
        // A title may have lines of its own, which come first.
        let line = lines.last { $0.hasPrefix("Pages:") }
        guard let count = line?.split(separator: " ").last.flatMap({ Int($0) }), count > 0 else {
            throw Refusal.unreadable
        }
        return count
    }

    /// The text of a page, counted from 1.
    public func text(ofPage number: Int, of path: String, checkCancellation: () throws -> Void) throws -> String {
        let output = try run(
            "pdftotext", ["-f", "\(number)", "-l", "\(number)", "-enc", "UTF-8", "-nopgbrk", path, "-"],
            checkCancellation)
        return String(decoding: output, as: UTF8.self)
    }

    /// Draws a page, counted from 1, to a PNG file whose name begins with `stem`, and gives the file's path.
    public func render(
        page number: Int, of path: String, to stem: String, checkCancellation: () throws -> Void
    ) throws -> String {
        _ = try run(
            "pdftoppm",
            [
                "-png", "-f", "\(number)", "-l", "\(number)", "-singlefile", "-scale-to", "\(Self.longerSide)", path,
                stem,
            ], checkCancellation)
        return stem + ".png"
    }

    /// A picture that a page has embedded.
    public struct EmbeddedPicture: Sendable, Hashable {
        /// The number that its file has.
        public let number: Int
        /// Columns.
        public let width: Int
        /// Rows.
        public let height: Int
    }

    /// The pictures embedded in a page, in the order in which they are painted, without masks.
    public func pictures(
        ofPage number: Int, of path: String, checkCancellation: () throws -> Void
    ) throws -> [EmbeddedPicture] {
        let output = try run(
            "pdfimages", ["-list", "-f", "\(number)", "-l", "\(number)", path], checkCancellation,
            maximumOutput: Self.longestList)
        // Two lines of headings, then: page, number, type, width, height, and what concerns nobody here.
        return String(decoding: output, as: UTF8.self).split(separator: "\n").dropFirst(2).compactMap { line in
            let words = line.split(separator: " ")
            guard words.count > 4, words[2] == "image", let number = Int(words[1]), let width = Int(words[3]),
                let height = Int(words[4])
            else { return nil }
            return EmbeddedPicture(number: number, width: width, height: height)
        }
    }

    /// Writes the pictures embedded in a page, masks too, to PNG files: `stem-NNN.png` with the number of each.
    ///
    /// What a page has is written whole, so look at the sizes before.
    public func extractPictures(
        ofPage number: Int, of path: String, to stem: String, checkCancellation: () throws -> Void
    ) throws {
        _ = try run("pdfimages", ["-png", "-f", "\(number)", "-l", "\(number)", path, stem], checkCancellation)
    }

    private func run(
        _ program: String, _ arguments: [String], _ check: () throws -> Void, maximumOutput: Int = 1 << 20
    ) throws -> [UInt8] {
        let run = ProgramRun(
            program: "\(folder)/\(program)", arguments: arguments, secondsAllowed: secondsAllowed,
            maximumOutput: maximumOutput)
        guard let output = try run.output(input: [], checkCancellation: check) else { throw Refusal.unreadable }
        return output
    }
}
