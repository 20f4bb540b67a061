// Model → text. Writers print and do not decide.

/// Writes the generated files.
enum SwiftWriter {
    /// The text of one file.
    static func write(_ file: OutputFile, of model: SchemaModel) -> String {
        switch file {
        case .tags: tags(model)
        case .enums: enums(model)
        case .inputs: inputs(model)
        case .arguments: arguments(model)
        case .objectFields: fields(model, .object, about: "What each object type needs to be resolved.")
        case .connectionFields: fields(model, .connection, about: "What each page of a list needs to be resolved.")
        case .payloadFields: fields(model, .payload, about: "What each answer of a mutation needs to be resolved.")
        case .rootFields: rootFields(model)
        case .resolverTable: resolverTable(model)
        case .access: access(model)
        case .document: document(model)
        }
    }

    /// The description, or a sentence in its place.
    static func documentation(_ description: String?, else fallback: String) -> String {
        guard let description, !description.isEmpty else { return fallback }
        return description
    }
}
