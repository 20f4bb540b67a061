import Imaging

#if canImport(Glibc)
    import Glibc
#endif

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
        for folder in searchPath.split(separator: ":") {
            let program = "\(folder)/tesseract"
            if access(program, X_OK) == 0 { return TextReader(program: program) }
        }
        return nil
    }

    /// The text in a picture; nil when the program failed or took too long. Waits: call it on the blocking pool.
    ///
    /// Small pictures are enlarged: tesseract wants letters of some 30 pixels.
    func read(_ picture: Picture, _ signal: CancellationSignal) throws -> String? {
        var picture = picture
        let longest = max(picture.width, picture.height)
        if longest < 1200 {
            let factor = min(4, 1600 / longest + 1)
            picture = try picture.resized(width: picture.width * factor, height: picture.height * factor)
        }
        let run = ProgramRun(
            program: program, arguments: ["stdin", "stdout", "-l", languages, "--psm", "11"],
            secondsAllowed: secondsAllowed)
        let output = try run.output(input: picture.pngBytes(compression: 1), checkCancellation: signal.check)
        return output.map { String(decoding: $0, as: UTF8.self) }
    }
}
