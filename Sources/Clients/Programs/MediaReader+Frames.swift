extension MediaReader {
    /// The largest JPEG file of a frame, in bytes.
    private static let maximumFrameBytes = 64 << 20

    /// The frame that a video shows at a moment, as a JPEG picture of the size that the video has been measured with.
    ///
    /// Behind the last frame, where only sound goes on, it is the last frame. Throws a `Refusal`, or what
    /// `checkCancellation` throws.
    public func frame(
        at seconds: Double, of path: String, width: Int, height: Int, checkCancellation: () throws -> Void
    ) throws -> [UInt8] {
        guard let container = MediaContainer.of(path: path) else { throw Refusal.damaged }
        let pictures = Pictures(width: width, height: height, frameRate: nil)
        // A moment is as good as the next frame after it. A tiny step back finds the frame that begins just then.
        if let frame = try frame(at: max(0, seconds - 0.001), of: path, container, pictures, checkCancellation) {
            return frame
        }
        guard var last = try frame(at: 0, of: path, container, pictures, checkCancellation) else {
            throw Refusal(.unreadable, "The video has nothing to show.")
        }
        // Where the frames end is found by halving.
        var (shown, empty) = (0.0, seconds)
        while empty - shown > Self.shortestFrame {
            let middle = (shown + empty) / 2
            if let frame = try frame(at: middle, of: path, container, pictures, checkCancellation) {
                (last, shown) = (frame, middle)
            } else {
                empty = middle
            }
        }
        return last
    }

    /// No frame that a person could see is shorter, in seconds.
    private static let shortestFrame = 0.005

    /// The first frame from a moment on; nil when there is none.
    func frame(
        at seconds: Double, of path: String, _ container: MediaContainer, _ pictures: Pictures,
        _ checkCancellation: () throws -> Void
    ) throws -> [UInt8]? {
        let output = [
            "-map", "0:v:0", "-frames:v", "1", "-vf", "scale=\(pictures.width):\(pictures.height),setsar=1",
            "-c:v", "mjpeg", "-q:v", "2", "-pix_fmt", "yuvj444p", "-f", "image2pipe", "pipe:1",
        ]
        let frame = try conversion(
            of: path, container, from: seconds, output, maximumOutput: Self.maximumFrameBytes
        ).output(input: [], checkCancellation: checkCancellation)
        return frame?.isEmpty == false ? frame : nil
    }
}
