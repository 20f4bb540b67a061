import FoundationEssentials
import Hashing
import Imaging

// The pictures of the demo data: what is on them and how they become the bytes of a file.

/// A picture of the demo data, described; nothing is drawn before `bytes`.
enum SeedPicture: Sendable, Hashable {
    /// A material to be reviewed.
    case material(DemoFigure, DemoVariant, seed: UInt64, Fault)
    /// What a review point compares with: a part of a picture without fault.
    case reference(DemoPart, DemoFigure)

    /// A technical fault of a material.
    enum Fault: String, Sendable, Hashable, CaseIterable {
        case none
        /// Out of focus.
        case blurred
        /// So few pixels that nobody can judge it.
        case tooSmall
    }

    /// The size of the materials, in pixels.
    private static let size = (width: 960, height: 720)

    /// Who is shown.
    var figure: DemoFigure {
        switch self {
        case .material(let figure, _, _, _), .reference(_, let figure): figure
        }
    }

    /// The type of the file: references keep every pixel, materials come as people send them.
    ///
    /// What is blurred has no even colours left and would be a large PNG.
    var mediaType: String {
        switch self {
        case .material(_, _, let seed, let fault):
            seed.isMultiple(of: 2) && fault != .blurred ? "image/png" : "image/jpeg"
        case .reference: "image/png"
        }
    }

    /// The end of the file's name.
    var fileNameExtension: String { mediaType == "image/png" ? "png" : "jpg" }

    /// The name that a reference picture has within its project.
    var referenceName: String {
        guard case .reference(let part, let figure) = self else { return "reference" }
        return "reference_\(part.rawValue)_\(figure.rawValue)"
    }

    /// What is wrong with it on purpose, in Japanese; nil for nothing.
    var faults: String? {
        guard case .material(_, let variant, _, let fault) = self else { return nil }
        var words: [String] = []
        if variant.contains(.wrongEyeColor) { words.append("瞳の色") }
        if variant.contains(.missingNotice) { words.append("権利表記なし") }
        if variant.contains(.forbiddenSymbol) { words.append("禁止シンボル") }
        if variant.contains(.wrongBadgeColor) { words.append("エンブレムの色") }
        if variant.contains(.missingFigure) { words.append("人物なし") }
        if fault == .blurred { words.append("ピンぼけ") }
        if fault == .tooSmall { words.append("解像度不足") }
        return words.isEmpty ? nil : words.joined(separator: "、")
    }

    /// Draws the picture and gives the file's bytes, the same on every machine; call it on the blocking pool.
    func bytes() throws -> [UInt8] {
        switch self {
        case .reference(let part, let figure):
            return try DemoIllustration.reference(part, figure: figure)
        case .material(let figure, let variant, let seed, let fault):
            let illustration = DemoIllustration(
                figure: figure, variant: variant, seed: seed, width: Self.size.width, height: Self.size.height)
            let picture = try Self.treated(Picture(illustration.bitmap()), fault)
            return try mediaType == "image/png" ? picture.pngBytes() : picture.jpegBytes(quality: 90)
        }
    }

    private static func treated(_ picture: Picture, _ fault: Fault) throws -> Picture {
        switch fault {
        case .none: picture
        // Fewer pixels and then more again: the detail is gone, the size stays.
        case .blurred: try picture.resized(width: 64, height: 48).resized(width: size.width, height: size.height)
        case .tooSmall: try picture.resized(width: 208, height: 156)
        }
    }
}

/// A stored file of the demo data.
struct SeedFile: Sendable, Hashable {
    let id: UUID
    let projectID: UUID
    let purpose: FilePurpose
    let name: String
    let picture: SeedPicture
    let author: SeedUser

    /// Where the bytes are: other bytes have another key, as with uploads, so a file is never changed in place.
    func objectKey(ofBytesWithDigest digest: [UInt8]) -> String {
        Self.objectKey(of: id, in: projectID, digest: digest)
    }

    /// The same of any file of a project.
    static func objectKey(of id: UUID, in projectID: UUID, digest: [UInt8]) -> String {
        "projects/\(projectID.text)/assets/\(id.text)/\(SeedID.uuid(ofDigest: digest).text)"
    }
}
