// Reading videos and recordings by the programs of ffmpeg, each in a process of its own with limits: what a hostile file
// breaks there, breaks there. The arguments are ours alone, the input is a local file, no protocol but that of files is
// allowed, and the demuxer is fixed (see `MediaContainer`). All methods wait: call them on the blocking pool.

/// Measures, checks and shows videos and recordings.
public struct MediaReader: Sendable {
    /// The longest, in seconds: four hours.
    public static let maximumSeconds = 4.0 * 3600

    /// What a run may use: a frame of fifty megapixels with those that it refers to takes a good gigabyte.
    private static let limits = ProgramRun.Limits(memoryBytes: 3 << 30, processorSeconds: 300)

    /// Why a file can never be read.
    public struct Refusal: Error, Sendable, Hashable {
        /// What is wrong.
        public enum Reason: Sendable, Hashable {
            /// The machine has no ffmpeg.
            case unavailable
            /// The bytes are of no container that is read, or have not what such a file has.
            case wrongType
            /// The file is damaged, too long, or has nothing that could be shown or played.
            case unreadable
        }

        /// For programs.
        public let reason: Reason
        /// For people.
        public let message: String

        /// Makes a refusal.
        public init(_ reason: Reason, _ message: String) {
            self.reason = reason
            self.message = message
        }

        /// The machine has no reader.
        public static let unavailable = Refusal(
            .unavailable, "This server cannot read videos and recordings: ffmpeg is not installed.")
        /// The file is damaged.
        static let damaged = Refusal(.unreadable, "The file is damaged or incomplete.")
    }

    /// A video or a recording.
    public struct Media: Sendable, Hashable {
        /// As the bytes are, whatever was announced.
        public let mediaType: String
        /// How long it lasts, in seconds: more than 0, at most `maximumSeconds`.
        public let durationSeconds: Double
        /// What it shows; nil for a recording.
        public let pictures: Pictures?
    }

    /// The moving pictures of a video.
    public struct Pictures: Sendable, Hashable {
        /// In pixels, as shown: turned and stretched as the file asks for.
        public let width: Int
        /// In pixels, as shown.
        public let height: Int
        /// How many there are in a second on average; nil if the file does not say.
        public let frameRate: Double?
    }

    private let folder: String
    private let secondsAllowed: Int

    /// Takes the folder of the programs, and for how long a program may say nothing.
    init(folder: String, secondsAllowed: Int = 60) {
        self.folder = folder
        self.secondsAllowed = secondsAllowed
    }

    /// The reader of an installed ffmpeg; nil without one.
    ///
    /// `searchPath` is a list of folders as in the environment's `PATH`. Touches the disk: call it at start.
    public static func installed(searchPath: String) -> MediaReader? {
        InstalledPrograms.folder(of: ["ffprobe", "ffmpeg"], searchPath: searchPath).map { MediaReader(folder: $0) }
    }

    /// A run of ffprobe over a file.
    func probe(
        _ path: String, _ container: MediaContainer, showing entries: String, _ check: () throws -> Void
    ) throws -> [UInt8] {
        let arguments = ["-print_format", "json", "-show_entries", entries] + input(path, container)
        guard let output = try run("ffprobe", arguments).output(input: [], checkCancellation: check) else {
            throw Refusal.damaged
        }
        return output
    }

    /// A run of ffmpeg over a file, from a moment on; `output` are its arguments behind the input.
    func conversion(
        of path: String, _ container: MediaContainer, from seconds: Double = 0, _ output: [String],
        maximumOutput: Int = 1 << 20, limits: ProgramRun.Limits = limits
    ) -> ProgramRun {
        let start = seconds > 0 ? ["-ss", "\(Int((seconds * 1_000_000).rounded()))us"] : []
        return run(
            "ffmpeg", ["-nostdin", "-threads", "1"] + start + input(path, container) + output,
            maximumOutput: maximumOutput, limits: limits)
    }

    private func input(_ path: String, _ container: MediaContainer) -> [String] {
        ["-protocol_whitelist", "file", "-f", container.demuxer, "-i", "file:\(path)"]
    }

    private func run(
        _ program: String, _ arguments: [String], maximumOutput: Int = 1 << 20, limits: ProgramRun.Limits = limits
    ) -> ProgramRun {
        ProgramRun(
            program: "\(folder)/\(program)", arguments: ["-v", "error"] + arguments, secondsAllowed: secondsAllowed,
            maximumOutput: maximumOutput, limits: limits)
    }
}
