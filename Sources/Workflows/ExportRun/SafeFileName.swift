/// Names that every system takes for a file: Windows is the strictest.
enum SafeFileName {
    private static let forbidden = Set("/\\:*?\"<>|".unicodeScalars)
    /// Names of devices on Windows, whatever their ending.
    private static let devices: Set<String> = {
        let numbered = (1...9).flatMap { ["COM\($0)", "LPT\($0)"] }
        return Set(["CON", "PRN", "AUX", "NUL"] + numbered)
    }()

    /// The name with all that some system refuses replaced by `_`, at most `maximum` characters; `fallback` if nothing is
    /// left.
    ///
    /// No letter is lost: Japanese names stay as they are.
    static func make(_ name: String, maximum: Int = 80, fallback: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in name.unicodeScalars {
            switch scalar.properties.generalCategory {
            // Invisible marks, such as those that turn the direction of what follows, hide what a name ends in.
            case .format, .surrogate, .unassigned, .privateUse: continue
            case .control, .lineSeparator, .paragraphSeparator: scalars.append("_")
            default: scalars.append(forbidden.contains(scalar) ? "_" : scalar)
            }
            if scalars.count == maximum { break }
        }
        // Windows drops spaces and dots at the end, so that two names become one.
        var safe = String(scalars).trimmedSpaces
        while safe.hasSuffix(".") || safe.hasSuffix(" ") { safe.removeLast() }
        if safe.allSatisfy({ $0 == "." }) { return fallback }
        let stem = safe.prefix { $0 != "." }.uppercased()
        return devices.contains(stem) ? "_\(safe)" : safe
    }
}
