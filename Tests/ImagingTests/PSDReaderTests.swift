import Foundation
import Imaging
import TestSupport
import Testing

@Suite("PSDReader")
struct PSDReaderTests {
    private static let red = RGBColor(255, 0, 0)
    private static let blue = RGBColor(0, 0, 255)

    /// Red above blue, channel by channel.
    private static var plain: PictureFiles.Photoshop {
        PictureFiles.Photoshop(width: 1, height: 2, channels: [[255, 0], [0, 0], [0, 255]])
    }

    private static func file(_ change: (inout PictureFiles.Photoshop) -> Void) -> [UInt8] {
        var file = plain
        change(&file)
        return file.bytes
    }

    /// Two pixels one above the other: red above blue, as each way of storing them has it.
    private static let colored: [(name: String, bytes: [UInt8])] = [
        ("plain", plain.bytes), ("packed", file { $0.isPacked = true }),
        ("layers", file { $0.layers = PictureFiles.layers(opacity: false) }),
        (
            "large",
            file {
                $0.isLarge = true
                $0.isPacked = true
                $0.layers = PictureFiles.layers(isLarge: true, opacity: false)
            }
        ),
        (
            "16 bits",
            file {
                $0.depth = 16
                $0.channels = [[255, 255, 0, 0], [0, 0, 0, 0], [0, 0, 255, 255]]
            }
        ),
        (
            "32 bits",
            file {
                $0.depth = 32
                $0.channels = [
                    [0x3F, 0x80, 0, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0x7F, 0xC0, 0, 0], [0, 0, 0, 0, 0x40, 0, 0, 0],
                ]
            }
        ),
        (
            "indexed",
            file {
                $0.mode = 2
                var palette = [UInt8](repeating: 0, count: 768)
                palette[7] = 255
                palette[512 + 9] = 255
                $0.colors = palette
                $0.channels = [[7, 9]]
            }
        ),
        // A selection that somebody has saved hides nothing.
        ("selection", file { $0.channels.append([0, 0]) }),
        (
            "selection of layers",
            file {
                $0.channels.append([0, 0])
                $0.layers = PictureFiles.layers(opacity: false)
            }
        ),
        ("resources", file { $0.resources = [(1057, [0, 0, 0, 1, 1, 9]), (1005, [1, 2, 3]), (1039, [1, 2])] }),
    ]

    @Test("the composite has its pixels where they belong, however it is stored", arguments: colored.indices)
    func pixels(index: Int) throws {
        let file = Self.colored[index]
        let picture = try Picture.decode(.bytes(file.bytes))
        #expect((picture.width, picture.height) == (1, 2), "\(file.name)")
        let bitmap = try picture.bitmap()
        #expect(bitmap[0, 0] == Self.red, "\(file.name)")
        #expect(bitmap[0, 1] == Self.blue, "\(file.name)")
    }

    @Test("grey, black and white, CMYK and L*a*b* look as they do in print")
    func modes() throws {
        func shown(_ mode: Int, depth: Int = 8, _ channels: [[UInt8]]) throws -> RGBColor {
            try Picture.decode(
                .bytes(
                    Self.file {
                        $0.mode = mode
                        $0.depth = depth
                        $0.height = 1
                        $0.channels = channels
                    })
            ).bitmap()[0, 0]
        }
        #expect(try shown(1, [[120]]) == RGBColor(120, 120, 120))
        #expect(try shown(8, [[120]]) == RGBColor(120, 120, 120))
        #expect(try shown(1, depth: 16, [[120, 120]]) == RGBColor(120, 120, 120))
        #expect(try shown(0, depth: 1, [[0x7F]]) == RGBColor(255, 255, 255))
        #expect(try shown(0, depth: 1, [[0x80]]) == RGBColor(0, 0, 0))
        // No ink is white, all black ink nearly black, yellow and magenta make red.
        #expect(try shown(4, [[255], [255], [255], [255]]) == RGBColor(255, 255, 255))
        let black = try shown(4, [[255], [255], [255], [0]])
        #expect(LabColor(black).lightness < 25, "\(black)")
        let red = try shown(4, [[255], [0], [0], [255]])
        #expect(LabColor(red).difference(from: LabColor(RGBColor(237, 28, 36))) < 8, "\(red)")
        let green = RGBColor(10, 200, 30)
        let lab = LabColor(green)
        let seen = try shown(
            9, [[UInt8((lab.lightness * 2.55).rounded())], [UInt8(lab.a + 128.5)], [UInt8(lab.b + 128.5)]])
        #expect(LabColor(seen).difference(from: lab) < 3, "\(seen)")
    }

    @Test("the colour profile of a document counts")
    func profile() throws {
        let profile = [UInt8](try Data(contentsOf: URL(filePath: "/usr/share/color/icc/ghostscript/a98.icc")))
        let bytes = Self.file {
            $0.height = 1
            $0.channels = [[100], [150], [100]]
            $0.resources = [(1000, [1]), (1039, profile)]
        }
        // Adobe RGB (1998) → sRGB, calculated by its definition.
        let seen = try Picture.decode(.bytes(bytes)).bitmap()[0, 0]
        #expect(LabColor(seen).difference(from: LabColor(RGBColor(66, 151, 97))) < 2, "\(seen)")
    }

    @Test("what layers leave open is transparent, without the white that Photoshop mixes in")
    func opacity() throws {
        // Red at a half on white; nothing at all; opaque blue.
        let channels: [[UInt8]] = [[255, 255, 0], [127, 255, 0], [127, 255, 255], [128, 0, 255]]
        func wide(_ sample: UInt8) -> [UInt8] { [sample, sample] }
        for (name, change) in [
            ("8 bits", { $0.layers = PictureFiles.layers(opacity: true) }),
            (
                "large",
                {
                    $0.isLarge = true
                    $0.layers = PictureFiles.layers(isLarge: true, opacity: true)
                }
            ),
            (
                "16 bits",
                {
                    $0.depth = 16
                    $0.channels = channels.map { $0.flatMap(wide) }
                    $0.layers = PictureFiles.opacityBlock()
                }
            ),
            (
                "16 bits, large",
                {
                    $0.isLarge = true
                    $0.depth = 16
                    $0.channels = channels.map { $0.flatMap(wide) }
                    $0.layers = PictureFiles.opacityBlock(isLarge: true)
                }
            ),
        ] as [(String, (inout PictureFiles.Photoshop) -> Void)] {
            let bytes = Self.file {
                $0.width = 3
                $0.height = 1
                $0.channels = channels
                change(&$0)
            }
            let picture = try Picture.decode(.bytes(bytes))
            #expect(picture.hasAlpha, "\(name)")
            let bitmap = try picture.bitmap()
            #expect(bitmap.opacity == [128, 0, 255], "\(name)")
            #expect(bitmap[0, 0] == RGBColor(255, 127, 127), "\(name)")
            #expect(bitmap[2, 0] == Self.blue, "\(name)")
            let png = try Picture.decode(.bytes(try picture.pngBytes()))
            #expect(try png.bitmap() == bitmap, "\(name)")
        }
        let indexed = Self.file {
            $0.mode = 2
            $0.colors = [UInt8](repeating: 200, count: 768)
            $0.channels = [[7, 9]]
            $0.resources = [(1047, [0, 9])]
        }
        #expect(try Picture.decode(.bytes(indexed)).bitmap().opacity == [255, 0])
    }

    @Test("of a document that is cut anywhere, nothing is read, and nothing breaks")
    func cut() throws {
        for file in Self.colored {
            // The last byte of a channel that is not shown may be missing.
            let hidden = file.name.hasPrefix("selection") ? 2 : 0
            for count in 6..<(file.bytes.count - hidden) {
                #expect(throws: ImagingError.self, "\(file.name), \(count)") {
                    try Picture.decode(.bytes(Array(file.bytes.prefix(count))))
                }
            }
        }
    }

    @Test("sizes and kinds that nobody has are refused before memory is spent, and layers without a composite too")
    func refused() {
        for (code, change) in [
            (.tooManyPixels, { ($0.width, $0.height) = (30_000, 30_000) }),
            (
                .tooManyPixels,
                {
                    $0.isLarge = true
                    ($0.width, $0.height) = (300_000, 300_000)
                }
            ),
            (.corruptPicture, { $0.width = 30_001 }), (.corruptPicture, { $0.width = 0 }),
            // As many pixels as are allowed, of which there are two.
            (.corruptPicture, { ($0.width, $0.height) = (1000, 1000) }),
            (
                .corruptPicture,
                {
                    ($0.width, $0.height) = (1000, 2)
                    $0.isPacked = true
                }
            ),
            (.corruptPicture, { $0.mode = 7 }), (.corruptPicture, { $0.depth = 7 }),
            (.corruptPicture, { $0.channels.removeLast() }), (.corruptPicture, { $0.mode = 2 }),
            (.corruptPicture, { $0.layers = [0xFF, 0xFF, 0xFF, 0xFF] }),
            (.missingComposite, { $0.resources = [(1057, [0, 0, 0, 1, 0])] }),
        ] as [(ImagingError.Code, (inout PictureFiles.Photoshop) -> Void)] {
            let bytes = Self.file(change)
            let error = #expect(throws: ImagingError.self) {
                try Picture.decode(.bytes(bytes), limits: PictureLimits(maximumPixels: 1_000_000))
            }
            #expect(error?.code == code, "\(error?.description ?? "")")
        }
    }

    @Test("a document in a file is read as one in memory")
    func file() throws {
        let bytes = PictureFiles.psd(width: 60, height: 40, (10, 200, 30), isLarge: true)
        let file = FileManager.default.temporaryDirectory.appending(path: "document-\(UUID().uuidString)")
        try Data(bytes).write(to: file)
        defer { unlink(file.path()) }
        let picture = try Picture.decode(.file(file.path()))
        #expect((picture.width, picture.height) == (60, 40))
        #expect(try picture.bitmap()[59, 39] == RGBColor(10, 200, 30))
        try Data(bytes.dropLast()).write(to: file)
        #expect(throws: ImagingError.self) { try Picture.decode(.file(file.path())) }
    }
}
