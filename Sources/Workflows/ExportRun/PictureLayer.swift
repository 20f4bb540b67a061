import FoundationEssentials
import Imaging

/// Something that people have laid over a part of a picture.
struct PictureLayer: Sendable {
    /// What it is.
    enum Content: Sendable {
        /// The picture in a file, so opaque (0 to 1).
        case picture(path: String, opacity: Double)
        /// Two fields of colour side by side.
        case colours(RGBColor, RGBColor)
    }

    /// The side of a field of colour, as a part of the picture's longer side.
    private static let fieldSide = 0.03

    let content: Content
    let box: ExportFinding.Box

    /// What a thread lays over its picture; nil for nothing.
    init?(_ comment: ExportComment) {
        guard let box = comment.box else { return nil }
        self.box = box
        switch comment.layer {
        case .picture(let opacity):
            guard case .file(let path) = comment.post.picture?.source else { return nil }
            content = .picture(path: path, opacity: opacity)
        case .colours(let sampled, let reference):
            guard let sampled = RGBColor(hex: sampled), let reference = RGBColor(hex: reference) else { return nil }
            content = .colours(sampled, reference)
        case nil:
            return nil
        }
    }

    /// Draws layers, the first below all others, over the picture in a file, and writes another file; blocks.
    static func draw(
        _ layers: [PictureLayer], over path: String, as format: DeckPicture.Format, to target: String
    ) throws {
        let picture = try Picture.decode(.file(path))
        var bitmap = try picture.bitmap()
        for layer in layers { try layer.draw(on: &bitmap) }
        let drawn = try Picture(bitmap)
        let bytes = format == .png ? try drawn.pngBytes() : try drawn.jpegBytes(quality: 88)
        try Data(bytes).write(to: URL(filePath: target))
    }

    private func draw(on bitmap: inout Bitmap) throws {
        let whole = PixelRectangle(x: 0, y: 0, width: bitmap.width, height: bitmap.height)
        let place = PixelRectangle(
            x: Int(box.x * Double(bitmap.width)), y: Int(box.y * Double(bitmap.height)),
            width: max(1, Int((box.width * Double(bitmap.width)).rounded())),
            height: max(1, Int((box.height * Double(bitmap.height)).rounded())))
        switch content {
        case .picture(let path, let opacity):
            guard let visible = place.intersection(whole) else { return }
            let over = try Picture.decode(.file(path)).resized(width: place.width, height: place.height).bitmap()
            Self.blend(over, opacity, at: place, visible, into: &bitmap)
        case .colours(let sampled, let reference):
            let side = max(4, Int(Double(max(bitmap.width, bitmap.height)) * Self.fieldSide))
            for (index, color) in [sampled, reference].enumerated() {
                let field = PixelRectangle(x: place.x + index * side, y: place.y, width: side, height: side)
                guard let visible = field.intersection(whole) else { continue }
                for y in visible.y..<(visible.y + visible.height) {
                    for x in visible.x..<(visible.x + visible.width) { bitmap[x, y] = color }
                }
            }
        }
    }

    /// Lays a picture over another; what is transparent in it stays so.
    private static func blend(
        _ over: Bitmap, _ opacity: Double, at place: PixelRectangle, _ visible: PixelRectangle,
        into bitmap: inout Bitmap
    ) {
        for y in visible.y..<(visible.y + visible.height) {
            for x in visible.x..<(visible.x + visible.width) {
                let pixel = (y - place.y) * over.width + x - place.x
                let own = over.opacity.map { Double($0[pixel]) / 255 } ?? 1
                for band in 0..<3 {
                    // The picture's colours are those on white.
                    let color = Double(over.samples[pixel * 3 + band]) - 255 * (1 - own)
                    let below = Double(bitmap.samples[(y * bitmap.width + x) * 3 + band])
                    let mixed = below * (1 - own * opacity) + color * opacity
                    bitmap.samples[(y * bitmap.width + x) * 3 + band] = UInt8(min(max(mixed.rounded(), 0), 255))
                }
            }
        }
    }
}
