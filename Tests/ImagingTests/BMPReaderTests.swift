import Imaging
import TestSupport
import Testing

@Suite("BMPReader")
struct BMPReaderTests {
    private static let red = RGBColor(255, 0, 0)
    private static let blue = RGBColor(0, 0, 255)

    /// Two pixels one above the other: red above blue, as each way of storing them has it.
    private static let files: [(name: String, bytes: [UInt8])] = [
        ("24 bits", PictureFiles.bmp(width: 1, height: 2, bits: 24, pixels: [255, 0, 0, 0, 0, 0, 255, 0])),
        ("from the top", PictureFiles.bmp(width: 1, height: -2, bits: 24, pixels: [0, 0, 255, 0, 255, 0, 0, 0])),
        (
            "8 bits",
            PictureFiles.bmp(
                width: 1, height: 2, bits: 8, between: [255, 0, 0, 0, 0, 0, 255, 0], pixels: [0, 0, 0, 0, 1, 0, 0, 0])
        ),
        (
            "4 bits",
            PictureFiles.bmp(
                width: 1, height: 2, bits: 4, between: [255, 0, 0, 0, 0, 0, 255, 0], pixels: [0, 0, 0, 0, 16, 0, 0, 0])
        ),
        (
            "1 bit",
            PictureFiles.bmp(
                width: 1, height: 2, bits: 1, between: [255, 0, 0, 0, 0, 0, 255, 0], pixels: [0, 0, 0, 0, 128, 0, 0, 0])
        ),
        ("16 bits", PictureFiles.bmp(width: 1, height: 2, bits: 16, pixels: [0x1F, 0, 0, 0, 0, 0x7C, 0, 0])),
        ("32 bits", PictureFiles.bmp(width: 1, height: 2, bits: 32, pixels: [255, 0, 0, 0, 0, 0, 255, 0])),
        (
            "masks",
            PictureFiles.bmp(
                width: 1, height: 2, bits: 32, compression: 3, between: [255, 0, 0, 0, 0, 255, 0, 0, 0, 0, 255, 0],
                pixels: [0, 0, 255, 0, 255, 0, 0, 0])
        ),
    ]

    @Test("bitmaps have their pixels where they belong, however they are stored", arguments: files.indices)
    func pixels(index: Int) throws {
        let file = Self.files[index]
        let picture = try Picture.decode(.bytes(file.bytes))
        #expect((picture.width, picture.height) == (1, 2), "\(file.name)")
        #expect(!picture.hasAlpha, "\(file.name)")
        let bitmap = try picture.bitmap()
        #expect(bitmap[0, 0] == Self.red, "\(file.name)")
        #expect(bitmap[0, 1] == Self.blue, "\(file.name)")
    }

    @Test("a bitmap with a mask for opacity is transparent where it says so, unless it says so everywhere")
    func opacity() throws {
        func file(_ pixels: [UInt8]) -> [UInt8] {
            PictureFiles.bmp(
                width: 1, height: 2, bits: 32, compression: 6,
                between: [0, 0, 255, 0, 0, 255, 0, 0, 255, 0, 0, 0, 0, 0, 0, 255], pixels: pixels)
        }
        let half = try Picture.decode(.bytes(file([255, 0, 0, 255, 0, 0, 255, 0])))
        #expect(half.hasAlpha)
        #expect(try half.bitmap()[0, 0] == RGBColor(255, 255, 255), "on white")
        #expect(try half.bitmap()[0, 1] == Self.blue)
        let none = try Picture.decode(.bytes(file([255, 0, 0, 0, 0, 0, 255, 0])))
        #expect(try none.bitmap()[0, 0] == Self.red)
    }

    @Test("bitmaps with the small header of old have their sizes and colors in it")
    func oldHeader() throws {
        // Red, blue and red in a row, as places in a list of colors with three bytes each.
        let bytes: [UInt8] =
            Array("BM".utf8) + [36, 0, 0, 0, 0, 0, 0, 0, 32, 0, 0, 0] + [12, 0, 0, 0, 3, 0, 1, 0, 1, 0, 1, 0]
            + [0, 0, 255, 255, 0, 0] + [0b0100_0000, 0, 0, 0]
        let picture = try Picture.decode(.bytes(bytes))
        #expect((picture.width, picture.height) == (3, 1))
        let bitmap = try picture.bitmap()
        #expect((0..<3).map { bitmap[$0, 0] } == [Self.red, Self.blue, Self.red])
    }

    @Test("of a bitmap that is cut anywhere, nothing is read, and nothing breaks")
    func cut() throws {
        for file in Self.files {
            for count in 14..<file.bytes.count {
                #expect(throws: ImagingError.self) { try Picture.decode(.bytes(Array(file.bytes.prefix(count)))) }
            }
        }
    }

    @Test("sizes and kinds that nobody has are refused before memory is spent")
    func refused() {
        for (code, bytes) in [
            (ImagingError.Code.tooManyPixels, PictureFiles.bmp(width: 60_000, height: 60_000, bits: 24, pixels: [])),
            (.tooManyPixels, PictureFiles.bmp(width: .init(Int32.max), height: .init(Int32.min), bits: 24, pixels: [])),
            (.corruptPicture, PictureFiles.bmp(width: 0, height: 4, bits: 24, pixels: [])),
            (.corruptPicture, PictureFiles.bmp(width: -4, height: 4, bits: 24, pixels: [])),
            (.corruptPicture, PictureFiles.bmp(width: 4, height: 4, bits: 24, compression: 1, pixels: [])),
            (.corruptPicture, PictureFiles.bmp(width: 4, height: 4, bits: 7, pixels: [])),
        ] {
            let error = #expect(throws: ImagingError.self) {
                try Picture.decode(.bytes(bytes), limits: PictureLimits(maximumPixels: 1_000_000))
            }
            #expect(error?.code == code)
        }
    }

    @Test("TIFF pictures are read by libvips")
    func tiff() throws {
        let bytes = PictureFiles.tiff(width: 30, height: 20, (10, 200, 30))
        let picture = try Picture.decode(.bytes(bytes))
        #expect((picture.width, picture.height) == (30, 20))
        #expect(try picture.bitmap()[29, 19] == RGBColor(10, 200, 30))
        #expect(throws: ImagingError.self) { try Picture.decode(.bytes(Array(bytes.prefix(bytes.count / 2)))) }
    }
}
