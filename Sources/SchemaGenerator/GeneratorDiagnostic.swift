// What the generator tells the person who wrote the SDL, in the form that compilers use, so that editors can jump to it.

import GraphQL

/// A reason why no Swift can be made from a schema.
struct GeneratorDiagnostic: Sendable, Hashable, CustomStringConvertible {
    /// What is wrong and, where it is not obvious, what to do about it.
    let message: String
    /// Where in the SDL; nil when it concerns the schema as a whole.
    let location: SourceLocation?
    /// The SDL's file name.
    let fileName: String

    /// `schema.graphql:line:column: error: message`.
    var description: String {
        let place = [fileName, location?.description].compactMap { $0 }.joined(separator: ":")
        return "\(place): error: \(message)"
    }
}

/// Everything that is wrong with a schema, in the order of the file; never empty.
struct GeneratorFailure: Error, CustomStringConvertible {
    /// The reasons.
    let diagnostics: [GeneratorDiagnostic]

    /// One line per reason.
    var description: String { diagnostics.map(\.description).joined(separator: "\n") }
}
