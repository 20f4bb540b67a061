import FoundationEssentials
import Imaging

/// A review point of the demo data.
struct SeedRpd: Sendable {
    /// Its name within the project, for its id.
    let key: String
    let kind: String
    /// Whom it speaks of; nil for everybody.
    ///
    /// Reviews of pictures of somebody else leave it out.
    var figure: DemoFigure?
    var isActive = true
    /// From the first to the one that holds.
    let versions: [Version]

    /// What a version says.
    struct Version: Sendable {
        let title: String
        let instruction: String
        var tags: [String] = []
        var ngSubcategory: String?
        var references: [SeedPicture] = []
    }

    static func visual(
        _ key: String, _ figure: DemoFigure, isActive: Bool = true, _ versions: Version...
    ) -> SeedRpd {
        SeedRpd(key: key, kind: "VISUAL_REVIEW", figure: figure, isActive: isActive, versions: versions)
    }

    static func general(_ key: String, _ kind: String, _ versions: Version...) -> SeedRpd {
        SeedRpd(key: key, kind: kind, versions: versions)
    }
}
