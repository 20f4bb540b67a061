import Foundation

/// Files of pictures that this program reads and never writes, of one colour.
public enum PictureFiles {
    /// A Windows bitmap with 24 bits a pixel.
    public static func bmp(width: Int, height: Int, _ color: (red: UInt8, green: UInt8, blue: UInt8)) -> [UInt8] {
        let row = (0..<width).flatMap { _ in [color.blue, color.green, color.red] }
        let padded = row + [UInt8](repeating: 0, count: (4 - row.count % 4) % 4)
        let pixels = (0..<height).flatMap { _ in padded }
        return bmp(width: width, height: height, bits: 24, pixels: pixels)
    }

    /// A Windows bitmap of given pixels, with what lies between the header and them.
    public static func bmp(
        width: Int, height: Int, bits: Int, compression: Int = 0, between: [UInt8] = [], pixels: [UInt8]
    ) -> [UInt8] {
        let start = 54 + between.count
        return Array("BM".utf8) + long(start + pixels.count) + long(0) + long(start) + long(40) + long(width)
            + long(height) + short(1) + short(bits) + long(compression) + long(0) + long(0) + long(0)
            + long(between.count / 4) + long(0) + between + pixels
    }

    /// A TIFF file without compression.
    public static func tiff(width: Int, height: Int, _ color: (red: UInt8, green: UInt8, blue: UInt8)) -> [UInt8] {
        let row = (0..<width).flatMap { _ in [color.red, color.green, color.blue] }
        return tiff(width: width, height: height, pixels: (0..<height).flatMap { _ in row })
    }

    /// A TIFF file without compression of given pixels: red, green and blue of each.
    public static func tiff(width: Int, height: Int, pixels: [UInt8]) -> [UInt8] {
        let bitsPlace = 8 + pixels.count
        let tags: [(tag: Int, type: Int, count: Int, value: Int)] = [
            (256, 4, 1, width), (257, 4, 1, height), (258, 3, 3, bitsPlace), (259, 3, 1, 1), (262, 3, 1, 2),
            (273, 4, 1, 8), (277, 3, 1, 3), (278, 4, 1, height), (279, 4, 1, pixels.count),
        ]
        let entries = tags.flatMap { short($0.tag) + short($0.type) + long($0.count) + long($0.value) }
        return Array("II*\0".utf8) + long(bitsPlace + 6) + pixels + short(8) + short(8) + short(8) + short(tags.count)
            + entries + long(0)
    }

    /// A JPEG file with an EXIF orientation.
    public static func turned(_ jpeg: [UInt8], orientation: UInt8) -> [UInt8] {
        let tiff: [UInt8] =
            Array("MM".utf8) + [
                0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0,
            ]
        let body = Array("Exif\0\0".utf8) + tiff
        return jpeg[..<2] + [0xFF, 0xE1, 0, UInt8(body.count + 2)] + body + jpeg[2...]
    }

    private static func short(_ value: Int) -> [UInt8] { Array(long(value).prefix(2)) }

    private static func long(_ value: Int) -> [UInt8] {
        let bits = UInt32(bitPattern: Int32(value))
        return (0..<4).map { UInt8(truncatingIfNeeded: bits >> UInt32($0 * 8)) }
    }
}
