// The people in the demo pictures: who they are and which colours are theirs.

/// A figure of the demo data.
public enum DemoFigure: String, Sendable, Hashable, CaseIterable {
    /// Blue hair, teal eyes.
    case sora
    /// Orange hair, green eyes.
    case hinata
    /// Pink hair, violet eyes.
    case momo
    /// Dark hair, amber eyes.
    case ren

    /// The colours that a picture of this figure must have.
    struct Colors: Sendable {
        let hair: RGBColor
        let hairShade: RGBColor
        let eyes: RGBColor
        let skin: RGBColor
        let shirt: RGBColor
        let collar: RGBColor
        let ribbon: RGBColor
    }

    var colors: Colors {
        switch self {
        case .sora:
            Colors(
                hair: RGBColor(74, 111, 196), hairShade: RGBColor(45, 70, 146), eyes: RGBColor(18, 150, 148),
                skin: RGBColor(255, 226, 204), shirt: RGBColor(245, 247, 252), collar: RGBColor(38, 62, 128),
                ribbon: RGBColor(226, 70, 84))
        case .hinata:
            Colors(
                hair: RGBColor(244, 150, 62), hairShade: RGBColor(205, 102, 32), eyes: RGBColor(56, 148, 70),
                skin: RGBColor(255, 222, 192), shirt: RGBColor(255, 244, 214), collar: RGBColor(172, 78, 40),
                ribbon: RGBColor(46, 132, 92))
        case .momo:
            Colors(
                hair: RGBColor(246, 160, 190), hairShade: RGBColor(214, 104, 146), eyes: RGBColor(122, 74, 184),
                skin: RGBColor(255, 230, 216), shirt: RGBColor(252, 246, 255), collar: RGBColor(126, 86, 160),
                ribbon: RGBColor(92, 172, 214))
        case .ren:
            Colors(
                hair: RGBColor(62, 52, 66), hairShade: RGBColor(34, 28, 40), eyes: RGBColor(204, 138, 24),
                skin: RGBColor(246, 210, 182), shirt: RGBColor(226, 232, 238), collar: RGBColor(70, 82, 98),
                ribbon: RGBColor(206, 160, 52))
        }
    }

    /// The colour that wrong eyes have: far from the right one to any eye.
    var wrongEyes: RGBColor {
        switch self {
        case .sora: RGBColor(204, 44, 60)
        case .hinata: RGBColor(58, 88, 200)
        case .momo: RGBColor(46, 150, 64)
        case .ren: RGBColor(40, 128, 196)
        }
    }
}
