// Schema → model: all decisions of the generator, and all its refusals.

import GraphQL

/// Makes the model of a schema and collects what is wrong with it on the way.
struct ModelBuilder {
    let schema: GraphQLSchema
    let fileName: String
    var model = SchemaModel()
    var diagnostics: [GeneratorDiagnostic] = []
    /// The Swift type names in use and what each was made for.
    var typeNames: [String: String] = [:]

    private init(_ schema: GraphQLSchema, fileName: String) {
        self.schema = schema
        self.fileName = fileName
    }

    /// Makes the model.
    ///
    /// - Throws: ``GeneratorFailure`` with everything that is wrong, in the order of the file.
    static func build(_ schema: GraphQLSchema, fileName: String) throws -> SchemaModel {
        var builder = ModelBuilder(schema, fileName: fileName)
        for type in schema.types where !type.isBuiltIn && !BuildDirectives.owns(type, in: schema) {
            builder.add(type)
        }
        builder.shareFields()
        builder.addAccess()
        builder.refuseEqualLabels()
        guard builder.diagnostics.isEmpty else {
            throw GeneratorFailure(diagnostics: builder.diagnostics.inFileOrder)
        }
        return builder.model
    }

    private mutating func add(_ type: NamedType) {
        switch type.kind {
        case .scalar: model.scalars.append(ScalarModel(typeName: type.name, swiftType: type.name + "Scalar"))
        case .enum: addEnum(type)
        case .inputObject: addInput(type)
        case .object: addObject(type)
        case .interface, .union: addAbstract(type)
        }
    }

    private mutating func addEnum(_ type: NamedType) {
        claim(type.name, for: "the enum \(type.name)", at: type.location)
        let cases = caseModels(of: type)
        model.enums.append(EnumModel(name: type.name, cases: cases, documentation: type.description))
    }

    /// The cases of a Swift enum for an enum type; refuses names that collide.
    mutating func caseModels(of type: NamedType) -> [CaseModel] {
        var owners: [String: String] = [:]
        return type.enumValues.map { value in
            let name = SwiftNames.caseName(value.name)
            if SwiftNames.refusedCases.contains(name) {
                report(
                    "the enum value \(type.name).\(value.name) would be the Swift case '\(name)', which is reserved",
                    at: value.location)
            } else if let owner = owners.updateValue(value.name, forKey: name) {
                report(
                    "the enum values \(type.name).\(owner) and \(type.name).\(value.name) are both '\(name)' in Swift",
                    at: value.location)
            }
            return CaseModel(
                name: SwiftNames.escaped(name), rawValue: value.name, documentation: value.description,
                deprecation: value.deprecationReason)
        }
    }

    private mutating func addAbstract(_ type: NamedType) {
        let name = type.name + "Type"
        claim(name, for: "the \(type.kind == .union ? "union" : "interface") \(type.name)", at: type.location)
        let possible = schema.possibleTypes(of: type.id).map { id in
            let object = schema[id]
            return CaseModel(
                name: SwiftNames.escaped(SwiftNames.lowerCamel(object.name)), rawValue: object.name,
                documentation: object.description)
        }
        model.tags.append(
            TagModel(
                name: name, typeName: type.name, kind: .abstract(possible: possible), documentation: type.description))
    }

    /// Takes a Swift type name, or says why it can't be had.
    mutating func claim(_ name: String, for owner: String, at location: SourceLocation?) {
        if SwiftNames.refusedTypes.contains(name) || SwiftNames.keywords.contains(name) {
            report("\(owner) needs the Swift type '\(name)', a name that is taken already", at: location)
        } else if name.hasSuffix("Scalar"), schema.type(named: String(name.dropLast(6)))?.kind == .scalar {
            report("\(owner) needs the Swift type '\(name)', which is a custom scalar's", at: location)
        } else if let other = typeNames.updateValue(owner, forKey: name) {
            report("\(owner) needs the Swift type '\(name)', which \(other) has already", at: location)
        }
    }

    /// Refuses a member name that Swift can't have.
    mutating func checkMember(_ name: String, of owner: String, at location: SourceLocation?) {
        if SwiftNames.refusedMembers.contains(name) {
            report("\(owner) would be the Swift member '\(name)', which is reserved", at: location)
        }
    }

    private mutating func refuseEqualLabels() {
        var owners: [String: String] = [:]
        let labels = model.objects.map { ($0.label, $0.typeName) } + model.roots.map { ($0.label, $0.typeName) }
        for (label, typeName) in labels {
            if let owner = owners.updateValue(typeName, forKey: label) {
                report(
                    "the types \(owner) and \(typeName) are both '\(label)' in Swift",
                    at: schema.type(named: typeName)?.location)
            }
        }
    }

    mutating func report(_ message: String, at location: SourceLocation?) {
        diagnostics.append(GeneratorDiagnostic(message: message, location: location, fileName: fileName))
    }
}

extension [GeneratorDiagnostic] {
    /// Sorted by place; what has no place comes first.
    var inFileOrder: [GeneratorDiagnostic] {
        func key(_ entry: (offset: Int, element: GeneratorDiagnostic)) -> (Int, Int, Int) {
            (entry.element.location?.line ?? 0, entry.element.location?.column ?? 0, entry.offset)
        }
        return enumerated().sorted { key($0) < key($1) }.map(\.element)
    }
}
