import Imaging
import TestSupport

/// Pictures the tests compute or carry; nothing is read from the machine.
enum TestPictures {
    /// Even squares of two colours.
    static func checks(_ width: Int, _ height: Int, square: Int, _ first: RGBColor, _ second: RGBColor) -> Bitmap {
        var bitmap = Bitmap(width: width, height: height, color: first)
        for y in 0..<height {
            for x in 0..<width where (x / square + y / square) % 2 == 1 { bitmap[x, y] = second }
        }
        return bitmap
    }

    /// Smooth, aperiodic structure from a seed: sums of a few blobs, different for every seed.
    static func blobs(_ width: Int, _ height: Int, seed: UInt64) -> Bitmap {
        var random = SplitMix(state: seed)
        let blobs = (0..<24).map { _ in
            (
                x: random.unit() * Double(width), y: random.unit() * Double(height), radius: 6 + random.unit() * 26,
                color: [random.unit() * 255, random.unit() * 255, random.unit() * 255]
            )
        }
        var bitmap = Bitmap(width: width, height: height, color: RGBColor(128, 128, 128))
        for y in 0..<height {
            for x in 0..<width {
                for blob in blobs {
                    let dx = Double(x) - blob.x
                    let dy = Double(y) - blob.y
                    if dx * dx + dy * dy < blob.radius * blob.radius {
                        bitmap[x, y] = RGBColor(UInt8(blob.color[0]), UInt8(blob.color[1]), UInt8(blob.color[2]))
                    }
                }
            }
        }
        return bitmap
    }

    /// Two frames, red then blue, of 3 × 2 pixels.
    static let animatedGIF: [UInt8] = [
        0x47, 0x49, 0x46, 0x38, 0x39, 0x61, 0x03, 0x00, 0x02, 0x00, 0x81, 0x00, 0x00, 0xFF, 0x00, 0x00,
        0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x21, 0xF9, 0x04, 0x00, 0x0A, 0x00, 0x00,
        0x00, 0x2C, 0x00, 0x00, 0x00, 0x00, 0x03, 0x00, 0x02, 0x00, 0x00, 0x08, 0x06, 0x00, 0x01, 0x08,
        0x1C, 0x18, 0x10, 0x00, 0x21, 0xF9, 0x04, 0x01, 0x0A, 0x00, 0x01, 0x00, 0x2C, 0x00, 0x00, 0x00,
        0x00, 0x03, 0x00, 0x02, 0x00, 0x81, 0x00, 0x00, 0xFF, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
        0x00, 0x00, 0x08, 0x06, 0x00, 0x01, 0x08, 0x1C, 0x18, 0x10, 0x00, 0x3B,
    ]

    /// One colour, 5 × 4 pixels.
    static let webP: [UInt8] = [
        0x52, 0x49, 0x46, 0x46, 0x1C, 0x00, 0x00, 0x00, 0x57, 0x45, 0x42, 0x50, 0x56, 0x50, 0x38, 0x4C,
        0x10, 0x00, 0x00, 0x00, 0x2F, 0x04, 0xC0, 0x00, 0x00, 0x07, 0x50, 0xC0, 0x28, 0x50, 0xFF, 0x03,
        0x11, 0xD1, 0xFF, 0x00,
    ]

    /// A JPEG with an EXIF block that says how to turn it (TIFF tag 274).
    static func jpeg(_ bitmap: Bitmap, orientation: UInt8) throws -> [UInt8] {
        PictureFiles.turned(try Picture(bitmap).jpegBytes(quality: 95), orientation: orientation)
    }
}

/// A small generator of repeatable numbers (SplitMix64).
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    mutating func unit() -> Double { Double(next() >> 11) / Double(1 << 53) }
}
