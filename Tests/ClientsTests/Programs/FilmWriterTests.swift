import Imaging
import TestSupport
import Testing

@testable import Clients

@Suite("Making films of pictures", .timeLimit(.minutes(15)))
struct FilmWriterTests {
    @Test("each picture is shown as long as it says; the same pictures make the same film")
    func films() async throws {
        try await MediaFiles.with { files in
            let writer = try #require(FilmWriter.installed(searchPath: "/nonexistent:/usr/bin"))
            let colors = [RGBColor(255, 0, 0), RGBColor(0, 0, 255), RGBColor(0, 255, 0)]
            let pictures = try colors.map { try Picture(Bitmap(width: 320, height: 240, color: $0)).pngBytes() }
            let paths = ["a.mp4", "b.mp4"].map { "\(files.folder)/\($0)" }
            for path in paths {
                let isMade = try writer.write(pictures, secondsEach: 3, to: path, checkCancellation: {})
                #expect(isMade)
            }
            #expect(try MediaFiles.bytes(paths[0]) == MediaFiles.bytes(paths[1]))
            let reader = MediaReader(folder: "/usr/bin")
            let media = try reader.inspect(paths[0], maximumPixels: 1_000_000, checkCancellation: {})
            #expect(media.mediaType == "video/mp4" && media.durationSeconds == 9)
            #expect(media.pictures == .init(width: 320, height: 240, frameRate: 25))
            for (index, color) in colors.enumerated() {
                let bytes = try reader.frame(
                    at: Double(index) * 3 + 2.5, of: paths[0], width: 320, height: 240, checkCancellation: {})
                let found = try Picture.decode(.bytes(bytes)).bitmap()[160, 120]
                #expect(abs(Int(found.red) - Int(color.red)) < 12 && abs(Int(found.blue) - Int(color.blue)) < 12)
            }
        }
    }

    @Test("what cannot be made is said, and who is cancelled makes nothing")
    func failures() async throws {
        #expect(FilmWriter.installed(searchPath: "/nonexistent:/proc") == nil)
        try await MediaFiles.with { files in
            let writer = FilmWriter(program: "/usr/bin/ffmpeg")
            let path = "\(files.folder)/a.mp4"
            let isMade = try writer.write(
                [Array("no picture".utf8)], secondsEach: 1, to: path, checkCancellation: {})
            #expect(!isMade)
            #expect(throws: CancellationError.self) {
                try writer.write([], secondsEach: 1, to: path, checkCancellation: { throw CancellationError() })
            }
        }
    }
}
