import Foundation
import Imaging
import Testing

@Suite("Picture")
struct PictureTests {
    private let quarters: Bitmap = {
        var bitmap = Bitmap(width: 60, height: 40, color: RGBColor(250, 250, 250))
        for y in 0..<20 { for x in 0..<30 { bitmap[x, y] = RGBColor(220, 20, 20) } }
        return bitmap
    }()

    @Test("A PNG decodes to the pixels it was made of")
    func pngRoundTrip() throws {
        let bitmap = TestPictures.blobs(61, 37, seed: 1)
        let bytes = try Picture(bitmap).pngBytes()
        #expect(try Picture.decode(.bytes(bytes)).bitmap() == bitmap)
    }

    @Test("Alpha survives PNG, and the bitmap shows transparent parts on white")
    func alpha() throws {
        let bitmap = Bitmap(width: 2, height: 1, color: RGBColor(0, 0, 0))
        let decoded = try Picture.decode(.bytes(Picture(bitmap, opacity: [255, 0]).pngBytes()))
        #expect(decoded.hasAlpha)
        let shown = try decoded.bitmap()
        #expect(shown[0, 0] == RGBColor(0, 0, 0))
        #expect(shown[1, 0] == RGBColor(255, 255, 255))
        #expect(shown.opacity == [255, 0])
        #expect(try Picture.decode(.bytes(decoded.jpegBytes())).hasAlpha == false)
    }

    @Test("The first frame of an animated GIF and a WebP are decoded to sRGB")
    func gifAndWebP() throws {
        let gif = try Picture.decode(.bytes(TestPictures.animatedGIF))
        #expect((gif.width, gif.height) == (3, 2))
        #expect(try gif.bitmap()[1, 1] == RGBColor(255, 0, 0))
        let webP = try Picture.decode(.bytes(TestPictures.webP)).bitmap()
        #expect((webP.width, webP.height) == (5, 4))
        #expect(webP[2, 2] == RGBColor(0, 128, 64))
    }

    @Test(
        "EXIF orientation turns the picture and the header's size",
        arguments: [
            (UInt8(1), 60, 40, 5, 5), (6, 40, 60, 34, 5), (3, 60, 40, 54, 34), (8, 40, 60, 5, 54),
        ])
    func orientation(tag: UInt8, width: Int, height: Int, redX: Int, redY: Int) throws {
        let source = PictureSource.bytes(try TestPictures.jpeg(quarters, orientation: tag))
        let header = try PictureHeader.read(source)
        #expect((header.width, header.height) == (width, height))
        for picture in [try Picture.decode(source), try Picture.thumbnail(of: source, maximumSide: 500)] {
            #expect((picture.width, picture.height) == (width, height))
            #expect(LabColor(try picture.bitmap()[redX, redY]).difference(from: LabColor(RGBColor(220, 20, 20))) < 6)
        }
    }

    @Test("A header tells format, size and frames from memory and from a file")
    func header() throws {
        let png = try Picture(quarters).pngBytes()
        #expect(try PictureHeader.read(.bytes(png)) == PictureHeader(format: .png, width: 60, height: 40))
        #expect(
            try PictureHeader.read(.bytes(TestPictures.animatedGIF))
                == PictureHeader(format: .gif, width: 3, height: 2, frameCount: 2))
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID()).bin").path
        defer { try? FileManager.default.removeItem(atPath: path) }  // a leftover temporary file harms nobody
        try Foundation.Data(png).write(to: URL(fileURLWithPath: path))
        #expect(try PictureHeader.read(.file(path)) == PictureHeader(format: .png, width: 60, height: 40))
        #expect(try Picture.decode(.file(path)).bitmap() == quarters)
        #expect(try Picture.thumbnail(of: .file(path), maximumSide: 30).width == 30)
    }

    @Test("A truncated or damaged picture is an error and never half a picture")
    func truncated() throws {
        let bitmap = TestPictures.blobs(200, 150, seed: 2)
        let png = try Picture(bitmap).pngBytes()
        let jpeg = try Picture(bitmap).jpegBytes()
        for bytes in [png, jpeg] {
            let half = PictureSource.bytes([UInt8](bytes[..<(bytes.count / 2)]))
            #expect(code { try Picture.decode(half) } == .corruptPicture)
            #expect(code { try Picture.thumbnail(of: half, maximumSide: 20) } == .corruptPicture)
        }
        #expect(code { try Picture.decode(.bytes([UInt8](png[..<20]))) } == .corruptPicture)
    }

    @Test("Limits hold at the limit and refuse one more", arguments: [0, 1])
    func limits(over: Int) throws {
        let png = try Picture(Bitmap(width: 40, height: 25, color: RGBColor(9, 9, 9))).pngBytes()
        let pixels = PictureLimits(maximumPixels: 1000 - over)
        let bytes = PictureLimits(maximumBytes: png.count - over)
        #expect(code { try Picture.decode(.bytes(png), limits: pixels) } == (over == 0 ? nil : .tooManyPixels))
        #expect(code { try PictureHeader.read(.bytes(png), limits: pixels) } == (over == 0 ? nil : .tooManyPixels))
        #expect(
            code { try Picture.thumbnail(of: .bytes(png), maximumSide: 9, limits: pixels) }
                == (over == 0 ? nil : .tooManyPixels))
        #expect(code { try Picture.decode(.bytes(png), limits: bytes) } == (over == 0 ? nil : .tooManyBytes))
    }

    @Test("Formats we do not read never reach libvips")
    func refused() {
        for text in [
            "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>", "P3 1 1 255 0 0 0", "%PDF-1.7", "",
        ] {
            #expect(code { try Picture.decode(.bytes(Array(text.utf8))) } == .unsupportedFormat)
        }
        #expect(code { try Picture.decode(.file("/nonexistent/picture.png")) } == .unreadableFile)
        #expect(code { try Picture.decode(.file("/tmp")) } == .unreadableFile)
    }

    @Test("Crop takes exactly the rectangle and refuses what leaves the picture")
    func crop() throws {
        let bitmap = TestPictures.blobs(50, 40, seed: 3)
        let picture = try Picture(bitmap)
        let rectangle = PixelRectangle(x: 7, y: 5, width: 43, height: 35)
        #expect(try picture.cropped(to: rectangle).bitmap() == bitmap.cropped(to: rectangle))
        for bad in [(-1, 0, 5, 5), (0, 0, 0, 5), (48, 0, 3, 5), (0, 0, 5, 41), (3, 3, Int.max, 2)] {
            let outside = PixelRectangle(x: bad.0, y: bad.1, width: bad.2, height: bad.3)
            #expect(code { try picture.cropped(to: outside) } == .invalidArgument)
        }
    }

    @Test(
        "Resize gives exactly the size asked for",
        arguments: [
            (50, 40, 13, 7), (50, 40, 200, 3), (3, 400, 1, 1), (1, 1, 99, 98), (999, 2, 31, 1), (37, 41, 37, 20),
        ])
    func resize(width: Int, height: Int, newWidth: Int, newHeight: Int) throws {
        let picture = try Picture(
            TestPictures.checks(width, height, square: 4, RGBColor(0, 0, 0), RGBColor(255, 255, 255)))
        let scaled = try picture.resized(width: newWidth, height: newHeight)
        #expect((scaled.width, scaled.height) == (newWidth, newHeight))
        #expect(try scaled.bitmap().samples.count == newWidth * newHeight * 3)
    }

    @Test("Colours hidden under transparent parts do not bleed into a smaller picture")
    func alphaResize() throws {
        var bitmap = Bitmap(width: 40, height: 40, color: RGBColor(0, 200, 0))
        for y in 0..<40 { for x in 0..<20 { bitmap[x, y] = RGBColor(255, 0, 255) } }
        let opacity = (0..<1600).map { UInt8($0 % 40 < 20 ? 0 : 255) }
        let small = try Picture(bitmap, opacity: opacity).resized(width: 8, height: 8)
        let samples = try Picture.decode(.bytes(small.pngBytes())).bitmap()
        #expect(samples.opacity?[0] == 0)
        #expect(LabColor(samples[7, 4]).difference(from: LabColor(RGBColor(0, 200, 0))) < 1)
        #expect(LabColor(samples[4, 4]).hue > 100 && LabColor(samples[4, 4]).hue < 170)
    }

    @Test("A thumbnail keeps the shape and never enlarges")
    func thumbnail() throws {
        let jpeg = try Picture(TestPictures.blobs(300, 100, seed: 4)).jpegBytes()
        let small = try Picture.thumbnail(of: .bytes(jpeg), maximumSide: 60)
        #expect((small.width, small.height) == (60, 20))
        #expect(try Picture.thumbnail(of: .bytes(jpeg), maximumSide: 4000).width == 300)
        #expect(try Picture.decode(.bytes(jpeg)).fitted(into: 60).height == 20)
    }

    @Test("Pictures can be decoded and measured on many threads at once")
    func threads() async throws {
        let png = try Picture(TestPictures.blobs(120, 90, seed: 5)).pngBytes()
        let expected = try Picture.decode(.bytes(png)).resized(width: 31, height: 23).bitmap()
        try await withThrowingTaskGroup(of: Bitmap.self) { group in
            for _ in 0..<32 {
                group.addTask { try Picture.decode(.bytes(png)).resized(width: 31, height: 23).bitmap() }
            }
            for try await bitmap in group { #expect(bitmap == expected) }
        }
    }

    /// libvips with liborc 0.4.33 crashes here, see VipsLibrary.
    @Test("Many sizes can be made on many threads at once")
    func concurrentResizing() async throws {
        let picture = try Picture(TestPictures.blobs(90, 70, seed: 6))
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for thread in 0..<8 {
                group.addTask {
                    try (0..<150).allSatisfy { turn in
                        let width = 10 + (turn * 7 + thread * 13) % 77
                        return try picture.resized(width: width, height: 10 + turn % 57).width == width
                    }
                }
            }
            for try await isRight in group { #expect(isRight) }
        }
    }

    private func code<Value>(_ body: () throws -> Value) -> ImagingError.Code? {
        do {
            _ = try body()
            return nil
        } catch {
            return (error as? ImagingError)?.code
        }
    }
}
