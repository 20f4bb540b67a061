import Imaging
import TestSupport
import Testing

@Suite("ICOReader")
struct ICOReaderTests {
    private static let red = RGBColor(255, 0, 0)
    private static let blue = RGBColor(0, 0, 255)

    /// One of each kind, two pixels one above the other: red that can be seen above blue that cannot.
    private static let bitmaps: [(name: String, bits: Int, bytes: [UInt8])] = [
        (
            "32 bits", 32,
            PictureFiles.bitmapOfIcon(
                width: 1, height: 2, bits: 32, pixels: [255, 0, 0, 0, 0, 0, 255, 255], mask: [0, 0, 0, 0, 0, 0, 0, 0])
        ),
        (
            "32 bits without opacity", 32,
            PictureFiles.bitmapOfIcon(
                width: 1, height: 2, bits: 32, pixels: [255, 0, 0, 0, 0, 0, 255, 0], mask: [128, 0, 0, 0, 0, 0, 0, 0])
        ),
        (
            "24 bits", 24,
            PictureFiles.bitmapOfIcon(
                width: 1, height: 2, bits: 24, pixels: [255, 0, 0, 0, 0, 0, 255, 0], mask: [128, 0, 0, 0, 0, 0, 0, 0])
        ),
        (
            "8 bits", 8,
            PictureFiles.bitmapOfIcon(
                width: 1, height: 2, bits: 8, palette: [255, 0, 0, 0, 0, 0, 255, 0], pixels: [0, 0, 0, 0, 1, 0, 0, 0],
                mask: [128, 0, 0, 0, 0, 0, 0, 0])
        ),
        (
            "1 bit", 1,
            PictureFiles.bitmapOfIcon(
                width: 1, height: 2, bits: 1, palette: [255, 0, 0, 0, 0, 0, 255, 0],
                pixels: [0, 0, 0, 0, 128, 0, 0, 0],
                mask: [128, 0, 0, 0, 0, 0, 0, 0])
        ),
    ]

    @Test("bitmaps of icons have their pixels and their holes where they belong", arguments: bitmaps.indices)
    func pixels(index: Int) throws {
        let (name, bits, bytes) = Self.bitmaps[index]
        let picture = try Picture.decode(.bytes(PictureFiles.ico([(1, 2, bits, bytes)])))
        #expect((picture.width, picture.height) == (1, 2), "\(name)")
        let bitmap = try picture.bitmap()
        #expect(bitmap.opacity == [255, 0], "\(name)")
        #expect(bitmap[0, 0] == Self.red, "\(name)")
    }

    @Test("of several pictures the largest is taken, and of those as large the one with the most colours")
    func largest() throws {
        func png(_ side: Int, _ color: RGBColor) throws -> [UInt8] {
            try Picture(Bitmap(width: side, height: side, color: color)).pngBytes()
        }
        let bytes = PictureFiles.ico([
            (16, 16, 32, try png(16, Self.red)), (256, 256, 8, try png(256, Self.red)),
            (256, 256, 32, try png(256, Self.blue)), (48, 48, 32, try png(48, Self.red)),
        ])
        let picture = try Picture.decode(.bytes(bytes))
        #expect((picture.width, picture.height) == (256, 256))
        #expect(try picture.bitmap()[9, 9] == Self.blue)
    }

    @Test("of an icon that is cut anywhere, nothing is read, and nothing breaks")
    func cut() throws {
        for (name, bits, bytes) in Self.bitmaps {
            let file = PictureFiles.ico([(1, 2, bits, bytes)])
            for count in 0..<file.count {
                #expect(throws: ImagingError.self, "\(name), \(count)") {
                    try Picture.decode(.bytes(Array(file.prefix(count))))
                }
            }
        }
    }

    @Test("sizes that nobody has are refused before memory is spent, and what is neither PNG nor a bitmap too")
    func refused() throws {
        func bitmap(_ width: Int, _ height: Int, bits: Int = 32) -> [UInt8] {
            PictureFiles.bitmapOfIcon(width: width, height: height, bits: bits, pixels: [], mask: [])
        }
        let nested = PictureFiles.ico([(1, 2, 32, Self.bitmaps[0].bytes)])
        for (code, bytes) in [
            (ImagingError.Code.tooManyPixels, bitmap(60_000, 60_000)),
            (.tooManyPixels, bitmap(Int(Int32.max), Int(Int32.max) / 2)), (.corruptPicture, bitmap(0, 4)),
            (.corruptPicture, bitmap(4, 4)), (.corruptPicture, bitmap(4, 4, bits: 7)), (.corruptPicture, nested),
            (.corruptPicture, Array("no picture".utf8)), (.corruptPicture, []),
        ] {
            let error = #expect(throws: ImagingError.self) {
                try Picture.decode(
                    .bytes(PictureFiles.ico([(1, 1, 32, bytes)])), limits: PictureLimits(maximumPixels: 1_000_000))
            }
            #expect(error?.code == code, "\(bytes.count)")
        }
    }
}
