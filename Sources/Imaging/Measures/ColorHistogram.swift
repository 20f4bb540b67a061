// Pixels grouped by colour, 5 bits a channel: a few hundred bins stand for a million pixels.

/// A coarse histogram of colours.
struct ColorHistogram {
    /// The pixels of one cell of colour space.
    struct Bin {
        let lab: LabColor
        let count: Double
        let red: Double
        let green: Double
        let blue: Double
    }

    /// Several bins together.
    struct Group {
        private(set) var count = 0.0
        private var red = 0.0
        private var green = 0.0
        private var blue = 0.0
        private var lightness = 0.0
        private var a = 0.0
        private var b = 0.0

        mutating func add(_ bin: Bin) {
            count += bin.count
            red += bin.red
            green += bin.green
            blue += bin.blue
            lightness += bin.lab.lightness * bin.count
            a += bin.lab.a * bin.count
            b += bin.lab.b * bin.count
        }

        var meanLab: LabColor { LabColor(lightness: lightness / count, a: a / count, b: b / count) }

        var meanColor: RGBColor {
            func byte(_ sum: Double) -> UInt8 { UInt8(min(max((sum / count).rounded(), 0), 255)) }
            return RGBColor(byte(red), byte(green), byte(blue))
        }
    }

    /// The cells that occur, in the order of their colour value.
    let bins: [Bin]

    /// Counts a bitmap's pixels; those less than half opaque are left out.
    init(of bitmap: Bitmap) {
        var counts = [Int](repeating: 0, count: 1 << 15)
        var sums = [Int](repeating: 0, count: 3 << 15)
        let pixels = bitmap.width * bitmap.height
        bitmap.samples.withUnsafeBufferPointer { samples in
            for pixel in 0..<pixels {
                if let opacity = bitmap.opacity, opacity[pixel] < 128 { continue }
                let red = Int(samples[pixel * 3])
                let green = Int(samples[pixel * 3 + 1])
                let blue = Int(samples[pixel * 3 + 2])
                let cell = (red >> 3) << 10 | (green >> 3) << 5 | blue >> 3
                counts[cell] += 1
                sums[cell * 3] += red
                sums[cell * 3 + 1] += green
                sums[cell * 3 + 2] += blue
            }
        }
        bins = counts.indices.lazy.filter { counts[$0] > 0 }.map { cell in
            let count = counts[cell]
            func mean(_ band: Int) -> UInt8 { UInt8(sums[cell * 3 + band] / count) }
            return Bin(
                lab: LabColor(RGBColor(mean(0), mean(1), mean(2))), count: Double(count),
                red: Double(sums[cell * 3]), green: Double(sums[cell * 3 + 1]), blue: Double(sums[cell * 3 + 2]))
        }
    }
}
