extension MediaReader {
    /// When the frames of a video begin, and how much each differs from the one before.
    public struct Differences: Sendable, Hashable {
        /// In seconds from the video's beginning, rising.
        public private(set) var moments: [Double] = []
        /// The mean distance of lightness and colour from the frame before, from 0 to 255; 0 for the first frame.
        public private(set) var distances: [Float] = []

        /// No frames.
        public init() {}

        /// Adds a frame; one that does not come after the last is left out.
        public mutating func append(at seconds: Double, distance: Float) {
            guard seconds >= 0, moments.last.map({ seconds > $0 }) ?? true else { return }
            moments.append(seconds)
            distances.append(distance)
        }
    }

    /// The most frames of a video: four hours at 120 frames a second are fewer.
    static let maximumFrames = 2_000_000

    /// What all frames together may use of the processor, in seconds.
    private static let comparisonLimits = ProgramRun.Limits(memoryBytes: 3 << 30, processorSeconds: 4 * 3600)

    /// Compares each frame with the one before.
    ///
    /// Frames are made small (64 × 64) and the three planes of their colours are set one below the other, so that one
    /// number tells all: a cut between two pictures of the same lightness counts, too. `progress` gets the moment that has
    /// been reached. Throws a `Refusal`, or what `checkCancellation` throws.
    public func differences(
        of path: String, checkCancellation: () throws -> Void, progress: (Double) -> Void = { _ in }
    ) throws -> Differences {
        guard let container = MediaContainer.of(path: path) else { throw Refusal.damaged }
        let filter = """
            scale=64:64,format=yuv444p,extractplanes=y+u+v[y][u][v];[y][u][v]vstack=inputs=3,settb=AVTB,signalstats,\
            metadata=mode=print:key=lavfi.signalstats.YDIF:file=pipe\\\\:1
            """
        let output = [
            "-map", "0:v:0", "-an", "-sn", "-dn", "-fps_mode", "passthrough", "-vf", filter, "-f", "null", "-",
        ]
        var lines = DifferenceLines()
        let isDone = try conversion(of: path, container, output, limits: Self.comparisonLimits)
            .pass(checkCancellation: checkCancellation) { bytes in
                lines.take(bytes)
                if let last = lines.found.moments.last { progress(last) }
                return lines.found.moments.count <= Self.maximumFrames
            }
        guard lines.found.moments.count <= Self.maximumFrames else {
            throw Refusal(.unreadable, "The video has more than \(Self.maximumFrames) frames.")
        }
        // Damage in its middle does not stop ffmpeg; this is damage from the beginning, or too long a time.
        guard isDone, !lines.found.moments.isEmpty else { throw Refusal.damaged }
        return lines.found
    }
}

/// Reads what the filter `metadata` prints: a line with the number and the time of a frame, then one with its value.
struct DifferenceLines {
    private(set) var found = MediaReader.Differences()
    private var rest: [UInt8] = []
    private var moment: Double?

    /// Takes some bytes, wherever they break off.
    mutating func take(_ bytes: ArraySlice<UInt8>) {
        rest += bytes
        var start = rest.startIndex
        while let end = rest[start...].firstIndex(of: UInt8(ascii: "\n")) {
            read(String(decoding: rest[start..<end], as: UTF8.self))
            start = end + 1
        }
        rest.removeSubrange(..<start)
    }

    private mutating func read(_ line: String) {
        if line.hasPrefix("frame:") {
            // The time base is a microsecond: the seconds that are printed, too, have six digits only.
            let time = line.split(separator: " ").first { $0.hasPrefix("pts:") }?.dropFirst(4)
            moment = time.flatMap { Double($0) }.map { $0 / 1_000_000 }
        } else if let value = line.split(separator: "=").last.flatMap({ Float($0) }), let seconds = moment {
            found.append(at: seconds, distance: value)
            moment = nil
        }
    }
}
