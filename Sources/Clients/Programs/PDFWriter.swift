// Making PDF files of presentations by LibreOffice. All methods wait: call them on a thread that may.

/// Turns presentations into PDF files.
public struct PDFWriter: Sendable {
    private let office: LibreOffice

    /// Takes the program, and how long a file may take.
    init(program: String, secondsAllowed: Int = 120) {
        office = LibreOffice(program: program, secondsAllowed: secondsAllowed)
    }

    /// The writer of an installed LibreOffice; nil without one.
    ///
    /// `searchPath` is a list of folders as in the environment's `PATH`. Touches the disk: call it at start.
    public static func installed(searchPath: String) -> PDFWriter? {
        LibreOffice.program(searchPath: searchPath).map { PDFWriter(program: $0) }
    }

    /// Makes `NAME.pdf` of the presentation `NAME.pptx` in a folder, and gives its path; nil if that cannot be done.
    ///
    /// The folder is for this run alone. Throws what `checkCancellation` throws.
    public func convert(
        _ name: String, in folder: String, checkCancellation: () throws -> Void
    ) throws -> String? {
        try office.convert(
            "\(name).pptx", to: "pdf:impress_pdf_Export", in: folder, checkCancellation: checkCancellation)
    }
}
