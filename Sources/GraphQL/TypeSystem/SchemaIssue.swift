// What can be wrong with a schema. The builder collects all issues before it gives up.

/// One thing that is wrong with a schema's text.
public struct SchemaIssue: Sendable, Hashable, CustomStringConvertible {
    /// What is wrong and where, for people.
    public let message: String
    /// The places that are involved, the culprit first.
    public let locations: [SourceLocation]
    /// The name of the document as given to the builder; nil when it had none.
    public let documentName: String?

    init(_ message: String, at locations: [SourceLocation] = [], in documentName: String? = nil) {
        self.message = message
        self.locations = locations
        self.documentName = documentName
    }

    /// `name:line:column: message`.
    public var description: String {
        let place = [documentName, locations.first?.description].compactMap { $0 }.joined(separator: ":")
        return place.isEmpty ? message : "\(place): \(message)"
    }
}

/// The schema's text is not a valid schema.
public struct SchemaError: Error, Sendable, CustomStringConvertible {
    /// Everything that is wrong, in the order of discovery; never empty.
    public let issues: [SchemaIssue]

    init(issues: [SchemaIssue]) { self.issues = issues }

    /// All issues, one per line.
    public var description: String { issues.map(\.description).joined(separator: "\n") }
}
