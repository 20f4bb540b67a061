import Foundation

// Files as design programs write them, made by hand.
extension PictureFiles {
    /// A Photoshop document, whose numbers begin with the greatest byte.
    public struct Photoshop: Sendable {
        /// Columns.
        public var width: Int
        /// Rows.
        public var height: Int
        /// The format's number: 3 is RGB.
        public var mode = 3
        /// Bits of a sample.
        public var depth = 8
        /// The samples of the composite, channel by channel.
        public var channels: [[UInt8]]
        /// A PSB.
        public var isLarge = false
        /// Rows as PackBits.
        public var isPacked = false
        /// The section of colours: a palette.
        public var colors: [UInt8] = []
        /// Numbers and contents of the image resources.
        public var resources: [(number: Int, data: [UInt8])] = []
        /// The section of layers with its length; `PictureFiles.layers` makes one.
        public var layers: [UInt8]?

        /// Makes an RGB document without layers.
        public init(width: Int, height: Int, channels: [[UInt8]]) {
            self.width = width
            self.height = height
            self.channels = channels
        }

        /// The bytes of the file.
        public var bytes: [UInt8] {
            var file = Array("8BPS".utf8) + big(isLarge ? 2 : 1, 2) + [UInt8](repeating: 0, count: 6)
            file += big(channels.count, 2) + big(height, 4) + big(width, 4) + big(depth, 2) + big(mode, 2)
            file += big(colors.count, 4) + colors
            var section: [UInt8] = []
            for resource in resources {
                section += Array("8BIM".utf8) + big(resource.number, 2) + [1, 0x78] + big(resource.data.count, 4)
                section += resource.data + [UInt8](repeating: 0, count: resource.data.count % 2)
            }
            file += big(section.count, 4) + section
            file += layers ?? big(0, isLarge ? 8 : 4)
            return file + composite
        }

        private var composite: [UInt8] {
            guard isPacked else { return big(0, 2) + channels.flatMap { $0 } }
            let rows = channels.flatMap { channel in
                let length = channel.count / height
                return (0..<height).map { Self.pack(Array(channel[($0 * length)..<(($0 + 1) * length)])) }
            }
            return big(1, 2) + rows.flatMap { big($0.count, isLarge ? 4 : 2) } + rows.flatMap { $0 }
        }

        /// Runs of equal bytes, and between them bytes as they are; a byte that says nothing in front.
        private static func pack(_ row: [UInt8]) -> [UInt8] {
            var packed: [UInt8] = [128]
            var place = 0
            while place < row.count {
                let run = row[place...].prefix(128).prefix { $0 == row[place] }.count
                if run > 1 {
                    packed += [UInt8(257 - run), row[place]]
                    place += run
                } else {
                    let plain = row[place...].prefix(3)
                    packed += [UInt8(plain.count - 1)] + plain
                    place += plain.count
                }
            }
            return packed
        }
    }

    /// A section of one layer of a pixel that the composite does not show; with `opacity` the number of layers is negative.
    public static func layers(isLarge: Bool = false, opacity: Bool) -> [UInt8] {
        let lengthBytes = isLarge ? 8 : 4
        let channel = big(0, 2) + [77]
        var record = big(0, 4) + big(0, 4) + big(1, 4) + big(1, 4) + big(3, 2)
        for id in 0..<3 { record += big(id, 2) + big(channel.count, lengthBytes) }
        record +=
            Array("8BIMnorm".utf8) + [255, 0, 0, 0] + big(12, 4) + big(0, 4) + big(0, 4) + [3] + Array("one".utf8)
        var info = big(opacity ? 0xFFFF : 1, 2) + record + channel + channel + channel
        info += [UInt8](repeating: 0, count: info.count % 2)
        let section = big(info.count, lengthBytes) + info + big(0, 4)
        return big(section.count, lengthBytes) + section
    }

    /// A section as documents of 16 bits have it: no layers, and a block that says that the composite has opacity.
    public static func opacityBlock(isLarge: Bool = false) -> [UInt8] {
        let lengthBytes = isLarge ? 8 : 4
        let other = Array("8BIMPatt".utf8) + big(3, 4) + [1, 2, 3, 0]
        let section =
            big(0, lengthBytes) + big(0, 4) + other + Array("8BIMMt16".utf8) + big(0, lengthBytes)
        return big(section.count, lengthBytes) + section
    }

    /// A Photoshop document of one colour.
    public static func psd(
        width: Int, height: Int, _ color: (red: UInt8, green: UInt8, blue: UInt8), isLarge: Bool = false
    ) -> [UInt8] {
        var file = Photoshop(
            width: width, height: height,
            channels: [color.red, color.green, color.blue].map { [UInt8](repeating: $0, count: width * height) })
        file.isLarge = isLarge
        file.isPacked = true
        file.layers = layers(isLarge: isLarge, opacity: false)
        return file.bytes
    }

    /// A Windows icon of pictures that are PNG files or what `bitmapOfIcon` makes.
    public static func ico(_ pictures: [(width: Int, height: Int, bits: Int, bytes: [UInt8])]) -> [UInt8] {
        var place = 6 + pictures.count * 16
        var list: [UInt8] = [0, 0, 1, 0, UInt8(pictures.count), 0]
        for picture in pictures {
            list += [UInt8(picture.width % 256), UInt8(picture.height % 256), 0, 0]
            list += [1, 0, UInt8(picture.bits), 0]
            list += little(picture.bytes.count) + little(place)
            place += picture.bytes.count
        }
        return list + pictures.flatMap(\.bytes)
    }

    /// A bitmap as icons have it: rows from below, then those of the mask.
    public static func bitmapOfIcon(
        width: Int, height: Int, bits: Int, palette: [UInt8] = [], pixels: [UInt8], mask: [UInt8]
    ) -> [UInt8] {
        var bytes = little(40) + little(width) + little(height * 2) + [1, 0, UInt8(bits), 0]
        bytes += little(0) + little(0) + little(0) + little(0) + little(palette.count / 4) + little(0)
        return bytes + palette + pixels + mask
    }

    /// A PDF of one page as Illustrator saves it: the artboard is the `crop` of the paper, in points.
    public static func pdf(
        paper: (width: Int, height: Int), crop: (x: Int, y: Int, width: Int, height: Int), content: String
    ) -> [UInt8] {
        let box = "\(crop.x) \(crop.y) \(crop.x + crop.width) \(crop.y + crop.height)"
        let objects = [
            "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
            """
            <</Type/Page/Parent 2 0 R/MediaBox[0 0 \(paper.width) \(paper.height)]/CropBox[\(box)]/Contents 4 0 R\
            /Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>
            """, "<</Length \(content.utf8.count)>>stream\n\(content)\nendstream",
        ]
        var text = "%PDF-1.5\n"
        var places: [Int] = []
        for (index, object) in objects.enumerated() {
            places.append(text.utf8.count)
            text += "\(index + 1) 0 obj\(object)\nendobj\n"
        }
        let list = text.utf8.count
        text += "xref\n0 \(objects.count + 1)\n0000000000 65535 f \n"
        for place in places {
            let digits = String(place)
            text += String(repeating: "0", count: 10 - digits.count) + digits + " 00000 n \n"
        }
        return Array("\(text)trailer<</Size \(objects.count + 1)/Root 1 0 R>>\nstartxref\n\(list)\n%%EOF\n".utf8)
    }

    /// An EPS file that runs a program in a box of the paper, in points.
    public static func eps(_ box: String, _ program: String) -> [UInt8] {
        Array("%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: \(box)\n%%EndComments\n\(program)\n%%EOF\n".utf8)
    }

    /// What a program has made of bytes that it has read: gzip, for instance.
    public static func output(of program: String, _ arguments: [String], input: [UInt8]) throws -> [UInt8] {
        let file = FileManager.default.temporaryDirectory.appending(path: "input-\(UUID().uuidString)")
        try Data(input).write(to: file)
        // What is left over is in the temporary directory; a test does not fail for it.
        defer { try? FileManager.default.removeItem(at: file) }
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        process.standardInput = try FileHandle(forReadingFrom: file)
        process.standardOutput = output
        try process.run()
        let bytes = [UInt8](output.fileHandleForReading.readDataToEndOfFile())
        process.waitUntilExit()
        return bytes
    }

    /// A number of so many bytes, the greatest first.
    static func big(_ value: Int, _ length: Int) -> [UInt8] {
        (0..<length).reversed().map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
    }

    private static func little(_ value: Int) -> [UInt8] { big(value, 4).reversed() }
}

/// As in `PictureFiles`, for the values that are nested in it.
private func big(_ value: Int, _ length: Int) -> [UInt8] { PictureFiles.big(value, length) }
