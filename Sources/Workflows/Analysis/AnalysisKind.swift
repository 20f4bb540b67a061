/// What is looked for in a picture.
///
/// The raw values are stored, and are those of the API.
public enum AnalysisKind: String, Sendable, Hashable, CaseIterable {
    /// Which characters of the project it shows.
    case characters = "CHARACTERS"
    /// Where which objects lie.
    case objects = "OBJECTS"
}
