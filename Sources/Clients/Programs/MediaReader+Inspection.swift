import JSON

extension MediaReader {
    /// What a file is, after a look at its bytes, its streams, and the first of what it shows or plays.
    ///
    /// The file is read in parts. Throws a `Refusal`, or what `checkCancellation` throws.
    public func inspect(
        _ path: String, maximumPixels: Int, checkCancellation: () throws -> Void
    ) throws -> Media {
        guard let container = MediaContainer.of(path: path) else {
            throw Refusal(.wrongType, "The bytes are no video and no recording that is known here.")
        }
        let streams = try Streams(
            probe(path, container, showing: Streams.entries, checkCancellation), container, maximumPixels: maximumPixels
        )
        let first =
            if let pictures = streams.media.pictures {
                try frame(at: 0, of: path, container, pictures, checkCancellation)
            } else {
                try conversion(of: path, container, ["-map", "0:a:0", "-t", "1", "-ac", "1", "-f", "s16le", "pipe:1"])
                    .output(input: [], checkCancellation: checkCancellation)
            }
        guard let first, !first.isEmpty else {
            throw Refusal(.unreadable, "The file has nothing that could be shown or played.")
        }
        return streams.media
    }
}

/// What ffprobe says of a file.
private struct Streams {
    /// What it is asked for.
    static let entries = """
        format=duration:stream=codec_type,width,height,sample_aspect_ratio,avg_frame_rate\
        :stream_disposition=attached_pic:stream_side_data=rotation
        """

    let media: MediaReader.Media

    init(_ output: [UInt8], _ container: MediaContainer, maximumPixels: Int) throws {
        // A file whose words are no UTF-8 makes no JSON.
        guard let value = try? JSONReader.read(output) else { throw MediaReader.Refusal.damaged }
        let streams = value["streams"]?.array ?? []
        // A recording may bring the picture of its cover, which is no video.
        let video = streams.first {
            $0["codec_type"]?.string == "video" && $0["disposition"]?["attached_pic"]?.int != 1
        }
        let hasSound = streams.contains { $0["codec_type"]?.string == "audio" }
        guard video != nil || hasSound, let mediaType = container.mediaType(hasPictures: video != nil) else {
            throw MediaReader.Refusal(.wrongType, "The file has not what files of its type have.")
        }
        let duration = value["format"]?["duration"]?.string.flatMap(Double.init) ?? 0
        guard duration.isFinite, duration > 0 else {
            throw MediaReader.Refusal(.unreadable, "The file does not say how long it lasts, or has no length.")
        }
        guard duration <= MediaReader.maximumSeconds else {
            throw MediaReader.Refusal(.unreadable, "More than four hours are not allowed.")
        }
        media = MediaReader.Media(
            mediaType: mediaType, durationSeconds: duration,
            pictures: try video.map { try Self.pictures($0, maximumPixels: maximumPixels) })
    }

    private static func pictures(_ stream: JSONValue, maximumPixels: Int) throws -> MediaReader.Pictures {
        guard let columns = stream["width"]?.int, let rows = stream["height"]?.int, columns > 0, rows > 0 else {
            throw MediaReader.Refusal.damaged
        }
        // Pixels that are no squares are stretched in width, as players do.
        let stretch = ratio(stream["sample_aspect_ratio"]?.string, ":").map { min(max($0, 0.1), 10) } ?? 1
        let width = max(1, (Double(columns) * stretch).rounded())
        guard Double(columns) * Double(rows) <= Double(maximumPixels), width * Double(rows) <= Double(maximumPixels)
        else { throw MediaReader.Refusal(.unreadable, "The video has too many pixels.") }
        let rotation = stream["side_data_list"]?.array?.lazy.compactMap { $0["rotation"]?.double }.first ?? 0
        let isTurned = abs(abs(rotation).truncatingRemainder(dividingBy: 180) - 90) < 1
        return MediaReader.Pictures(
            width: isTurned ? Int(rows) : Int(width), height: isTurned ? Int(width) : Int(rows),
            frameRate: ratio(stream["avg_frame_rate"]?.string, "/"))
    }

    /// A fraction that is written with a sign between two numbers; nil unless it is positive.
    private static func ratio(_ text: String?, _ sign: Character) -> Double? {
        guard let parts = text?.split(separator: sign), parts.count == 2, let above = Double(parts[0]),
            let below = Double(parts[1]), above > 0, below > 0
        else { return nil }
        return above / below
    }
}
