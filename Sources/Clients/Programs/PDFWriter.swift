#if canImport(Glibc)
    import Glibc
#endif

// Making PDF files of presentations by LibreOffice, in a process of its own, which is killed with its children. All
// methods wait: call them on a thread that may.

/// Turns presentations into PDF files.
public struct PDFWriter: Sendable {
    private let program: String
    private let secondsAllowed: Int

    /// Takes the program, and how long a file may take.
    init(program: String, secondsAllowed: Int = 120) {
        self.program = program
        self.secondsAllowed = secondsAllowed
    }

    /// The writer of an installed LibreOffice; nil without one.
    ///
    /// `searchPath` is a list of folders as in the environment's `PATH`. Touches the disk: call it at start.
    public static func installed(searchPath: String) -> PDFWriter? {
        let programs = searchPath.split(separator: ":").map { "\($0)/soffice" }
        return programs.first { access($0, X_OK) == 0 }.map { PDFWriter(program: $0) }
    }

    /// Makes `NAME.pdf` of the presentation `NAME.pptx` in a folder, and gives its path; nil if that cannot be done.
    ///
    /// The folder is for this run alone: LibreOffice keeps its profile there, so that no other run is in its way. Throws
    /// what `checkCancellation` throws.
    public func convert(
        _ name: String, in folder: String, checkCancellation: () throws -> Void
    ) throws -> String? {
        let run = ProgramRun(
            program: program,
            arguments: [
                "-env:UserInstallation=\(Self.fileURL("\(folder)/profile"))", "--headless", "--norestore",
                "--nolockcheck", "--convert-to", "pdf:impress_pdf_Export", "--outdir", folder, "\(folder)/\(name).pptx",
            ], secondsAllowed: secondsAllowed, environment: ["HOME=\(folder)", "PATH=/usr/local/bin:/usr/bin:/bin"])
        guard try run.output(input: [], checkCancellation: checkCancellation) != nil else { return nil }
        // It ends well after some failures, too.
        let path = "\(folder)/\(name).pdf"
        return access(path, R_OK) == 0 ? path : nil
    }

    /// A path as a URL, with all but the plainest bytes escaped.
    static func fileURL(_ path: String) -> String {
        var url = "file://"
        for byte in path.utf8 {
            let scalar = UnicodeScalar(byte)
            let isPlain = byte < 0x80 && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
            if isPlain || "/-_.".unicodeScalars.contains(scalar) {
                url.unicodeScalars.append(scalar)
            } else {
                url += (byte < 16 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
            }
        }
        return url
    }
}
