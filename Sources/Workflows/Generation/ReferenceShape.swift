/// The shape of a generated picture.
///
/// The raw values are stored, and are those of the API.
public enum ReferenceShape: String, Sendable, Hashable, CaseIterable {
    case square = "SQUARE"
    case wide = "WIDE"
    case tall = "TALL"
    case landscape = "LANDSCAPE"
    case portrait = "PORTRAIT"

    /// Columns and rows: about a megapixel.
    var size: (width: Int, height: Int) {
        switch self {
        case .square: (1024, 1024)
        case .wide: (1344, 756)
        case .tall: (756, 1344)
        case .landscape: (1152, 864)
        case .portrait: (864, 1152)
        }
    }
}
