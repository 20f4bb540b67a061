import FoundationEssentials
import Imaging

/// A file of a picture that can go into a presentation: PNG or JPEG, upright, not larger than a slide needs.
struct ExportPicture: Sendable {
    /// The longest side that is worth its bytes on a slide, in pixels.
    static let maximumSide = 2400

    let path: String
    let format: DeckPicture.Format

    /// Gives the original where it will do, else writes another file to `path`; blocks.
    static func prepare(_ original: String, to path: String) throws -> ExportPicture {
        let header = try PictureHeader.read(.file(original))
        let isSmall = max(header.width, header.height) <= maximumSide
        switch header.format {
        case .png where isSmall:
            return ExportPicture(path: original, format: .png)
        case .jpeg where isSmall:
            if try !mayBeTurned(original) { return ExportPicture(path: original, format: .jpeg) }
        default:
            break
        }
        let picture = try Picture.decode(.file(original)).fitted(into: maximumSide)
        // Drawings have few colours and sharp edges; what has an alpha channel cannot be a JPEG anyway.
        let isLossless = picture.hasAlpha || header.format == .gif || header.format == .png
        let bytes = isLossless ? try picture.pngBytes() : try picture.jpegBytes(quality: 88)
        try Data(bytes).write(to: URL(filePath: path))
        return ExportPicture(path: path, format: isLossless ? .png : .jpeg)
    }

    /// Whether a JPEG has EXIF data, which may say that it is shown turned: presentation programs do not agree on that.
    private static func mayBeTurned(_ path: String) throws -> Bool {
        let bytes = try Data(contentsOf: URL(filePath: path), options: .mappedIfSafe)
        let mark = Array("Exif".utf8) + [0, 0]
        return bytes.prefix(1 << 16).firstRange(of: mark) != nil
    }
}
