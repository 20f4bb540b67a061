import Imaging

// Reading text in pictures by the program tesseract, when it is installed.

/// A reader of text in pictures.
public struct TextReader: Sendable {
    private let program: String
    private let languages: String
    private let secondsAllowed: Int

    /// Takes the path of tesseract and the languages to read, joined by `+` and installed with it.
    public init(program: String, languages: String = "eng", secondsAllowed: Int = 20) {
        self.program = program
        self.languages = languages
        self.secondsAllowed = secondsAllowed
    }

    /// The reader of an installed tesseract; nil without one.
    ///
    /// `searchPath` is a list of folders as in the environment's `PATH`. Touches the disk: call it at start.
    public static func installed(searchPath: String) -> TextReader? {
        InstalledPrograms.folder(of: ["tesseract"], searchPath: searchPath).map {
            TextReader(program: "\($0)/tesseract")
        }
    }

    /// How the text lies in a picture.
    enum Layout: Sendable {
        /// One block of text, and nothing else.
        case block
        /// Some text somewhere in a picture.
        case scattered
    }

    /// The text in a picture; nil when the program failed or took too long.
    ///
    /// Waits: call it on the blocking pool.
    func read(_ picture: Picture, _ layout: Layout, _ signal: CancellationSignal) throws -> String? {
        let run = ProgramRun(
            program: program,
            arguments: ["stdin", "stdout", "-l", languages, "--psm", layout == .block ? "6" : "11"],
            secondsAllowed: secondsAllowed)
        let enlarged = try Self.enlarged(picture, layout)
        let output = try run.output(input: enlarged.pngBytes(compression: 1), checkCancellation: signal.check)
        return output.map { String(decoding: $0, as: UTF8.self) }
    }

    /// Tesseract wants letters of some 30 pixels: small pictures are enlarged up to six times.
    private static func enlarged(_ picture: Picture, _ layout: Layout) throws -> Picture {
        let wanted = layout == .block ? 96.0 / Double(picture.height) : 1800.0 / Double(picture.width)
        let factor = min(6, max(1, wanted))
        return try picture.resized(
            width: Int((Double(picture.width) * factor).rounded()),
            height: Int((Double(picture.height) * factor).rounded()))
    }
}
