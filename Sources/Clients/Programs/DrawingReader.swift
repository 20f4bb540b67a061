#if canImport(Glibc)
    import Glibc
#endif

// Drawing SVG files by librsvg's program, in a process of its own: what a hostile file breaks there, breaks there.

/// Makes pictures of drawings (SVG).
public struct DrawingReader: Sendable {
    /// The type of drawings.
    public static let mediaType = "image/svg+xml"
    /// What people are told where the program is missing.
    public static let unavailable = "This server cannot read SVG files: librsvg2-bin is not installed."

    /// The largest picture that is drawn, in bytes.
    private static let maximumOutput = 64 << 20

    private let program: String

    /// The reader of an installed librsvg; nil without one.
    ///
    /// `searchPath` is a list of folders as in the environment's `PATH`. Touches the disk: call it at start.
    public static func installed(searchPath: String) -> DrawingReader? {
        for folder in searchPath.split(separator: ":") {
            let program = "\(folder)/rsvg-convert"
            if access(program, X_OK) == 0 { return DrawingReader(program: program) }
        }
        return nil
    }

    /// The drawing as PNG, in its own size; nil for what is no drawing, or wants too much memory or time.
    ///
    /// The program gets bytes without an address, so it reads no other file and asks no other machine for anything; it runs
    /// no scripts, and has limits of its own for things that refer to each other. Waits: call it on the blocking pool.
    public func png(of bytes: [UInt8], checkCancellation: () throws -> Void) throws -> [UInt8]? {
        let run = ProgramRun(
            program: program, arguments: ["--format", "png"], secondsAllowed: 15, maximumOutput: Self.maximumOutput,
            limits: ProgramRun.Limits(memoryBytes: 2 << 30, processorSeconds: 10))
        return try run.output(input: bytes, checkCancellation: checkCancellation)
    }
}
