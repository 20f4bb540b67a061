// Making pictures of drawings by programs, each in a process of its own with bounds: what a hostile file breaks there,
// breaks there. The programs get bytes without an address, so they read no other file and ask no other machine.

/// Makes pictures of drawings: SVG, AI and EPS files.
public struct DrawingReader: Sendable {
    /// Why nothing can be seen of a file.
    public struct Refusal: Error, Sendable, Hashable {
        /// For people.
        public let message: String

        /// Illustrator writes a PDF only if it is told to; what there was before it is PostScript for Illustrator alone.
        public static let noPages = Refusal(
            message: "The AI file was saved without PDF. Save it again with \u{201C}Create PDF Compatible File\u{201D}."
        )
    }

    /// The largest picture that is drawn, in bytes.
    private static let maximumOutput = 64 << 20
    /// The largest picture that is drawn of what has no size in pixels: 20 megapixels, and a side that programs can draw.
    private static let maximumPixels = 20_000_000.0
    private static let maximumSide = 16_000.0
    /// Pixels of an inch of paper, if they are not too many.
    private static let resolution = 150.0

    /// The folder of each kind's programs; only kinds whose programs are there.
    private let folders: [DrawingKind: String]
    /// What a program may use.
    private let limits: ProgramRun.Limits

    /// The reader of what is installed; nil without any program.
    ///
    /// `searchPath` is a list of folders as in the environment's `PATH`, and `processorSeconds` how much of the processor a
    /// drawing may take. Touches the disk: call it at start.
    public static func installed(searchPath: String, processorSeconds: Int = 10) -> DrawingReader? {
        var folders: [DrawingKind: String] = [:]
        for kind in DrawingKind.allCases {
            folders[kind] = InstalledPrograms.folder(of: kind.programs, searchPath: searchPath)
        }
        if folders.isEmpty { return nil }
        return DrawingReader(
            folders: folders,
            limits: ProgramRun.Limits(memoryBytes: 2 << 30, processorSeconds: processorSeconds, fileBytes: 0))
    }

    /// Whether the program for a kind is there.
    public func reads(_ kind: DrawingKind) -> Bool { folders[kind] != nil }

    /// The drawing as PNG: an SVG in its own size, paper with 150 pixels to the inch or fewer if that is too large.
    ///
    /// Throws a `Refusal` for what is no such drawing, or wants too much memory or time. Waits: call it on the blocking
    /// pool.
    public func png(
        of bytes: [UInt8], _ kind: DrawingKind, checkCancellation: () throws -> Void
    ) throws -> [UInt8] {
        guard let folder = folders[kind] else { throw Refusal(message: kind.unavailable) }
        switch kind {
        case .svg:
            guard let png = try run("\(folder)/rsvg-convert", ["--format", "png"], bytes, checkCancellation) else {
                throw Refusal(message: "The bytes are no SVG drawing, or it is damaged, too large or too intricate.")
            }
            return png
        case .illustrator: return try page(of: bytes, folder, checkCancellation)
        case .postScript: return try postScript(bytes, folder, checkCancellation)
        }
    }

    // MARK: AI

    /// The first page, as much of it as Illustrator's artboard is.
    private func page(of bytes: [UInt8], _ folder: String, _ check: () throws -> Void) throws -> [UInt8] {
        let damaged = Refusal(
            message: "The AI file is damaged or protected by a password, too large or too intricate.")
        let first = ["-f", "1", "-l", "1"]
        guard let facts = try run("\(folder)/pdfinfo", first + ["-"], bytes, check),
            let size = Self.pageSize(in: String(decoding: facts, as: UTF8.self)),
            let text = try run("\(folder)/pdftotext", first + ["-enc", "UTF-8", "-", "-"], bytes, check)
        else { throw damaged }
        // What Illustrator writes on the page instead of the drawing.
        let words = String(decoding: text, as: UTF8.self).split(whereSeparator: \.isWhitespace).joined(separator: " ")
        if words.contains("was saved without PDF Content") { throw Refusal.noPages }
        let png = try run(
            "\(folder)/pdftocairo",
            ["-png", "-singlefile", "-cropbox", "-transp"] + first
                + ["-r", "\(Self.resolution(width: size.width, height: size.height))", "-", "-"], bytes, check)
        guard let png else { throw damaged }
        return png
    }

    /// The size in the line `Page    1 size:  595 x 842 pts (A4)`.
    private static func pageSize(in facts: String) -> (width: Double, height: Double)? {
        for line in facts.split(separator: "\n") where line.hasPrefix("Page ") {
            let words = line.split(separator: " ")
            guard words.count > 6, words[2] == "size:", words[4] == "x", let width = Double(words[3]),
                let height = Double(words[5]), width > 0, height > 0
            else { continue }
            return (width, height)
        }
        return nil
    }

    // MARK: EPS

    private func postScript(_ bytes: [UInt8], _ folder: String, _ check: () throws -> Void) throws -> [UInt8] {
        guard let drawing = EncapsulatedPostScript(bytes) else {
            throw Refusal(message: "The file is no EPS: it does not say which part of the paper it paints.")
        }
        let resolution = Self.resolution(width: drawing.size.width, height: drawing.size.height)
        func pixels(_ points: Double) -> Int { max(1, Int((points * resolution / 72).rounded(.up))) }
        let setup = """
            <</Install{\(-drawing.origin.x) \(-drawing.origin.y) translate}>>setpagedevice \
            /showpage{systemdict/showpage get exec quit}def
            """
        let png = try run(
            "\(folder)/gs",
            [
                "-q", "-dSAFER", "-dBATCH", "-dNOPAUSE", "-dNOPROMPT", "-dFIXEDMEDIA", "-sDEVICE=pngalpha",
                "-r\(resolution)", "-g\(pixels(drawing.size.width))x\(pixels(drawing.size.height))",
                // In memory whatever its size, and smooth.
                "-dMaxBitmap=500000000", "-dTextAlphaBits=4", "-dGraphicsAlphaBits=4",
                // What the drawing prints is not the picture.
                "-sstdout=%stderr", "-sOutputFile=%stdout",
                // The first page ends the run; a drawing that shows none is shown at its end.
                "-c", setup, "-f", "-", "-c", "showpage",
            ], Array(drawing.program), check,
            // SAFER lets programs use the folder for temporary files, so there is none.
            environment: ["TMPDIR=/nonexistent", "TEMP=/nonexistent"])
        guard let png else {
            throw Refusal(message: "The EPS file is damaged, too large or too intricate, or wants more than to draw.")
        }
        return png
    }

    // MARK: Programs

    private static func resolution(width: Double, height: Double) -> Double {
        let fitting = (maximumPixels / (width / 72 * (height / 72))).squareRoot()
        return min(resolution, fitting, maximumSide / (max(width, height) / 72))
    }

    private func run(
        _ program: String, _ arguments: [String], _ bytes: [UInt8], _ check: () throws -> Void,
        environment: [String] = []
    ) throws -> [UInt8]? {
        let run = ProgramRun(
            program: program, arguments: arguments, secondsAllowed: 15, maximumOutput: Self.maximumOutput,
            limits: limits, environment: environment)
        return try run.output(input: bytes, checkCancellation: check)
    }
}
