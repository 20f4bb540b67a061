import CVips

// One channel of a picture (brightness, opacity) at full, half, quarter … size, so that a small copy never starts from the large one.

/// One channel of 8 bits at several sizes.
struct ChannelPyramid: Sendable {
    /// Largest first; each about half of the one before.
    private let levels: [VipsImageHandle]

    /// Columns of the largest level.
    var width: Int { levels[0].width }
    /// Rows of the largest level.
    var height: Int { levels[0].height }

    /// The brightness of a picture.
    init(brightnessOf picture: Picture) throws {
        let opaque =
            picture.hasAlpha
            ? try picture.handle.applying("colours") { cvips_extract_bands($0, $1, 0, 3) } : picture.handle
        try self.init(opaque.applying("brightness", cvips_to_brightness))
    }

    /// The opacity of a picture; nil when it has no transparent parts to speak of.
    init?(opacityOf picture: Picture) throws {
        guard let opacity = try picture.bitmap().opacity else { return nil }
        let transparent = opacity.reduce(0) { $0 + ($1 < 128 ? 1 : 0) }
        guard transparent * 50 > opacity.count else { return nil }
        try self.init(picture.handle.applying("opacity") { cvips_extract_bands($0, $1, 3, 1) })
    }

    /// Computes all levels down to 24 pixels.
    private init(_ channel: VipsImageHandle) throws {
        var level = try channel.inMemory()
        var levels = [level]
        while min(level.width, level.height) >= 48 {
            level = try level.scaled(to: level.width / 2, level.height / 2).inMemory()
            levels.append(level)
        }
        self.levels = levels
    }

    /// The whole at this size.
    func resized(to width: Int, _ height: Int) throws -> VipsImageHandle {
        let level = levels.last { $0.width >= width && $0.height >= height } ?? levels[0]
        return try level.scaled(to: width, height).inMemory()
    }

    /// A part, given in pixels of the largest level, at this size.
    func part(_ rectangle: PixelRectangle, resizedTo width: Int, _ height: Int) throws -> VipsImageHandle {
        let part = try levels[0].applying("part") {
            cvips_extract_area(
                $0, $1, Int32(rectangle.x), Int32(rectangle.y), Int32(rectangle.width), Int32(rectangle.height))
        }
        return try part.scaled(to: width, height).inMemory()
    }
}
