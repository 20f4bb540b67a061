// Making films by ffmpeg, in a process of its own with limits, which is killed with its children. All methods wait: call them
// on the blocking pool.

/// Makes films of pictures.
public struct FilmWriter: Sendable {
    private let program: String
    private let secondsAllowed: Int

    /// Takes the program, and for how long it may say nothing.
    init(program: String, secondsAllowed: Int = 120) {
        self.program = program
        self.secondsAllowed = secondsAllowed
    }

    /// The writer of an installed ffmpeg; nil without one.
    ///
    /// `searchPath` is a list of folders as in the environment's `PATH`. Touches the disk: call it at start.
    public static func installed(searchPath: String) -> FilmWriter? {
        InstalledPrograms.folder(of: ["ffmpeg"], searchPath: searchPath).map { FilmWriter(program: "\($0)/ffmpeg") }
    }

    /// Makes an MP4 file of PNG pictures of one size with even sides, one after the other, each as long as it says.
    ///
    /// The same pictures give the same bytes on one machine. False when this ffmpeg cannot make it, for want of a codec for
    /// example; then there may be a part of a file. Throws what `checkCancellation` throws.
    public func write(
        _ pictures: [[UInt8]], secondsEach: Int, to path: String, checkCancellation: () throws -> Void
    ) throws -> Bool {
        let input = [
            "-f", "image2pipe", "-framerate", "1/\(secondsEach)", "-c:v", "png", "-threads", "1", "-i", "pipe:0",
        ]
        let output = [
            "-vf", "fps=25", "-c:v", "libx264", "-pix_fmt", "yuv420p", "-threads", "1", "-fflags", "+bitexact",
            "-flags:v", "+bitexact", "-movflags", "+faststart", "-f", "mp4", "-y", "file:\(path)",
        ]
        let run = ProgramRun(
            program: program, arguments: ["-v", "error"] + input + output, secondsAllowed: secondsAllowed,
            limits: ProgramRun.Limits(memoryBytes: 3 << 30, processorSeconds: 300))
        return try run.output(input: Array(pictures.joined()), checkCancellation: checkCancellation) != nil
    }
}
