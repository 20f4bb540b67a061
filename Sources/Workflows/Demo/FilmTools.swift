import Clients

/// What the films of the demo data are made with; without it there are none.
public struct FilmTools: Sendable {
    let writer: FilmWriter
    let reader: MediaReader
    /// A folder for films on their way; it has to exist.
    let temporaryFolder: String

    /// The tools of an installed ffmpeg; nil without one.
    ///
    /// `searchPath` is a list of folders as in the environment's `PATH`. Touches the disk: call it at start.
    public static func installed(searchPath: String, temporaryFolder: String) -> FilmTools? {
        guard let writer = FilmWriter.installed(searchPath: searchPath),
            let reader = MediaReader.installed(searchPath: searchPath)
        else { return nil }
        return FilmTools(writer: writer, reader: reader, temporaryFolder: temporaryFolder)
    }
}
