import Imaging
import TestSupport
import Testing

@testable import Clients

@Suite("Reading videos and recordings", .timeLimit(.minutes(15)))
struct MediaReaderTests {
    private let reader = MediaReader(folder: "/usr/bin")

    private func inspect(_ path: String, maximumPixels: Int = 1_000_000) throws -> MediaReader.Media {
        try reader.inspect(path, maximumPixels: maximumPixels, checkCancellation: {})
    }

    private func refusal(_ path: String, maximumPixels: Int = 1_000_000) -> MediaReader.Refusal.Reason? {
        do {
            _ = try inspect(path, maximumPixels: maximumPixels)
            return nil
        } catch {
            return (error as? MediaReader.Refusal)?.reason
        }
    }

    @Test("The bytes tell type, length, size as shown and frames a second")
    func videos() async throws {
        try await MediaFiles.with { files in
            let odd = try files.make(
                "odd.mp4", "-f lavfi -i testsrc=size=321x241:rate=25:d=2", "-f lavfi -i sine=d=2")
            var media = try inspect(odd)
            #expect(media.mediaType == "video/mp4" && media.durationSeconds == 2)
            #expect(media.pictures == .init(width: 321, height: 241, frameRate: 25))

            let turned = try files.make("turned.mp4", "-i \(odd)", "-c copy -metadata:s:v rotate=90")
            media = try inspect(turned)
            #expect(media.pictures == .init(width: 241, height: 321, frameRate: 25))
            let shown = try reader.frame(at: 1, of: turned, width: 241, height: 321, checkCancellation: {})
            let header = try PictureHeader.read(.bytes(shown))
            #expect(header.format == .jpeg && header.width == 241 && header.height == 321)

            let stretched = try files.make("wide.mov", "-i \(odd)", "-vf setsar=2 -an")
            media = try inspect(stretched)
            #expect(media.mediaType == "video/quicktime" && media.pictures?.width == 642)
            let wide = try PictureHeader.read(
                .bytes(try reader.frame(at: 1, of: stretched, width: 642, height: 241, checkCancellation: {})))
            #expect((wide.width, wide.height) == (642, 241))

            let web = try files.make("a.webm", "-i \(odd)", "-c:v libvpx -c:a libopus")
            media = try inspect(web)
            #expect(media.mediaType == "video/webm" && abs(media.durationSeconds - 2) < 0.1)

            let single = try files.make("single.mp4", "-i \(odd)", "-frames:v 1 -an")
            #expect(try inspect(single).durationSeconds == 0.04)
        }
    }

    @Test("Recordings have a length and no size, also with the picture of a cover")
    func sounds() async throws {
        try await MediaFiles.with { files in
            for (name, mediaType) in [
                ("a.mp3", "audio/mpeg"), ("a.m4a", "audio/mp4"), ("a.wav", "audio/wav"), ("a.ogg", "audio/ogg"),
                ("a.flac", "audio/flac"),
            ] {
                let media = try inspect(try files.make(name, "-f lavfi -i sine=d=1.5"))
                #expect(media.mediaType == mediaType && media.pictures == nil, "\(name)")
                #expect(abs(media.durationSeconds - 1.5) < 0.1, "\(name)")
            }
            let cover = try files.make("cover.png", "-f lavfi -i color=red:s=64x64", "-frames:v 1")
            let covered = try files.make(
                "covered.mp3", "-i \(files.folder)/a.mp3 -i \(cover)",
                "-map 0:a -map 1:v -c copy -disposition:v attached_pic")
            #expect(try inspect(covered).mediaType == "audio/mpeg")
        }
    }

    @Test("What is no video, damaged, endless or a playlist in disguise is refused, and says which")
    func refusals() async throws {
        try await MediaFiles.with { files in
            let good = try MediaFiles.bytes(
                try files.make("good.mp4", "-f lavfi -i testsrc=size=320x240:rate=25:d=2"))
            let sound = try MediaFiles.bytes(try files.make("good.wav", "-f lavfi -i sine=d=1"))
            let playlist = Array("#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nfile:///etc/passwd\n".utf8)
            let header = Array(good.prefix(32))
            // ffmpeg looks behind a tag: left to guess, it would play the file of this machine that the list names.
            let tag: [UInt8] = Array("ID3".utf8) + [4, 0, 0, 0, 0, 0, 0]
            let song = try files.make("song.mp3", "-f lavfi -i sine=d=1")
            let list = "#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:1,\nfile:\(song)\n#EXT-X-ENDLIST\n"
            for (name, bytes, reason) in [
                ("truncated.mp4", Array(good.prefix(good.count * 2 / 3)), .unreadable),
                ("playlist.mp4", playlist, .wrongType),
                ("masked.mp4", header + playlist, .unreadable), ("tagged.mp3", tag + Array(list.utf8), .unreadable),
                ("concat.webm", Array("ffconcat version 1.0\nfile /etc/passwd\n".utf8), .wrongType),
                ("text.mp4", Array("hello".utf8), .wrongType), ("empty.mp4", [], .wrongType),
                // The header of a WAV file, and no sample.
                ("silent.wav", Array(sound.prefix(40)) + [0, 0, 0, 0], .unreadable),
                ("noise.mp3", Array("ID3".utf8) + [UInt8](repeating: 7, count: 500), .unreadable),
            ] as [(String, [UInt8], MediaReader.Refusal.Reason)] {
                #expect(refusal(try files.write(name, bytes)) == reason, "\(name)")
            }
            // All that is said of it is there, and nothing to show.
            let told = try MediaFiles.bytes(
                try files.make("told.mp4", "-i \(files.folder)/good.mp4", "-c copy -movflags +faststart"))
            let end = try #require(told.firstRange(of: Array("mdat".utf8))).upperBound
            #expect(refusal(try files.write("blind.mp4", Array(told.prefix(end)))) == .unreadable)
            // What is sent while it is filmed does not say how long it lasts.
            let live = try files.make("live.webm", "-i \(files.folder)/good.mp4", "-c:v libvpx -live 1")
            #expect(refusal(live) == .unreadable)
            let long = try files.make("long.flac", "-f lavfi -i anullsrc=r=8000:cl=mono", "-t 14500")
            #expect(refusal(long) == .unreadable)
            let matroska = try files.make("a.mkv", "-i \(files.folder)/good.mp4", "-c copy")
            #expect(refusal(matroska) == .wrongType)
            let silent = try files.make("sound.webm", "-f lavfi -i sine=d=1", "-c:a libopus")
            #expect(refusal(silent) == .wrongType)
            #expect(refusal("\(files.folder)/good.mp4", maximumPixels: 320 * 240 - 1) == .unreadable)
            #expect(refusal("\(files.folder)/nothing.mp4") == .wrongType)
        }
    }

    @Test("A frame is what is shown at its moment; behind the last one it is the last")
    func frames() async throws {
        try await MediaFiles.with { files in
            let path = try files.colors("c.mp4", [("red", 1), ("blue", 1), ("lime", 0.52)])
            for (seconds, color) in [
                (0.0, RGBColor(255, 0, 0)), (0.96, RGBColor(255, 0, 0)), (0.98, RGBColor(0, 0, 255)),
                (1, RGBColor(0, 0, 255)), (1.5, RGBColor(0, 0, 255)), (2.5, RGBColor(0, 255, 0)),
                (900, RGBColor(0, 255, 0)),
            ] {
                let bytes = try reader.frame(at: seconds, of: path, width: 320, height: 240, checkCancellation: {})
                let found = try Picture.decode(.bytes(bytes)).bitmap()[160, 120]
                let distance = [
                    (found.red, color.red), (found.green, color.green), (found.blue, color.blue),
                ].map { abs(Int($0) - Int($1)) }.max()
                #expect((distance ?? 255) < 12, "\(seconds): \(found)")
            }
            let sound = try files.make("a.mp3", "-f lavfi -i sine=d=1")
            #expect(throws: MediaReader.Refusal.self) {
                try reader.frame(at: 0, of: sound, width: 10, height: 10, checkCancellation: {})
            }
        }
    }

    @Test("A program gets no more memory and time than it may use, and ends with its task")
    func limits() async throws {
        var run = ProgramRun(program: "/bin/sh", arguments: ["-c", "ulimit -v; ulimit -t"], secondsAllowed: 20)
        run.limits = ProgramRun.Limits(memoryBytes: 1 << 30, processorSeconds: 7)
        #expect(try run.output(input: [], checkCancellation: {}) == Array("1048576\n7\n".utf8))
        try await MediaFiles.with { files in
            let path = try files.make("a.mp4", "-f lavfi -i testsrc=size=320x240:rate=25:d=2")
            #expect(throws: CancellationError.self) {
                try reader.inspect(path, maximumPixels: 1_000_000, checkCancellation: { throw CancellationError() })
            }
        }
    }

    @Test("Without the programs there is no reader")
    func absence() {
        #expect(MediaReader.installed(searchPath: "/nonexistent:/proc") == nil)
        #expect(MediaReader.installed(searchPath: "/nonexistent:/usr/bin") != nil)
    }
}

@Suite("How much the frames of a video differ", .timeLimit(.minutes(15)))
struct DifferencesTests {
    @Test("Each frame has its moment and its distance from the one before")
    func differences() async throws {
        try await MediaFiles.with { files in
            let reader = MediaReader(folder: "/usr/bin")
            // Of the same lightness: only the colour tells.
            let path = try files.colors("a.mp4", [("0x4060ff", 1), ("0x906000", 1)])
            var told = 0.0
            let found = try reader.differences(of: path, checkCancellation: {}) { told = $0 }
            #expect(found.moments.count == 50 && found.moments[25] == 1 && told == found.moments.last)
            #expect(found.distances.indices.max { found.distances[$0] < found.distances[$1] } == 25)
            #expect(found.distances[25] > 40 && found.distances[24] < 1 && found.distances[0] == 0)
            #expect(throws: CancellationError.self) {
                try reader.differences(of: path, checkCancellation: { throw CancellationError() })
            }
            let sound = try files.make("a.wav", "-f lavfi -i sine=d=1")
            #expect(throws: MediaReader.Refusal.self) { try reader.differences(of: sound, checkCancellation: {}) }
        }
    }

    @Test("Lines are read wherever the bytes break off, and frames that go back in time are left out")
    func lines() {
        let text = """
            frame:0    pts:0       pts_time:0
            lavfi.signalstats.YDIF=0
            frame:1    pts:14400040000  pts_time:14400
            lavfi.signalstats.YDIF=12.5
            frame:2    pts:14400000000  pts_time:14400
            lavfi.signalstats.YDIF=3

            """
        for size in [1, 7, 50, 1_000] {
            var lines = DifferenceLines()
            var rest = Array(text.utf8)[...]
            while !rest.isEmpty {
                lines.take(rest.prefix(size))
                rest = rest.dropFirst(size)
            }
            #expect(lines.found.moments == [0, 14_400.04] && lines.found.distances == [0, 12.5])
        }
    }
}
