// Comparing two types of the same name and kind.

extension SchemaDiff {
    mutating func compare(_ type: NamedType, _ other: NamedType) {
        let coordinate = SchemaCoordinate.type(type.name)
        switch type.kind {
        case .scalar:
            if type.specifiedByURL != other.specifiedByURL {
                add(.dangerous, coordinate, "The specification of the scalar changed.")
            }
        case .object, .interface:
            compareNames(
                type.interfaces.map { old[$0].name }, other.interfaces.map { new[$0].name }, coordinate,
                "The type no longer implements", "The type now implements")
            compareFields(type, other)
        case .union:
            compareNames(
                type.members.map { old[$0].name }, other.members.map { new[$0].name }, coordinate,
                "The union no longer contains", "The union now contains")
        case .enum: compareValues(type, other)
        case .inputObject:
            if type.isOneOf != other.isOneOf {
                let change = other.isOneOf ? "now" : "no longer"
                add(
                    other.isOneOf ? .breaking : .dangerous, coordinate,
                    "The input object \(change) takes exactly one field.")
            }
            compare(type.inputFields, other.inputFields, what: "field") { .member(type: type.name, name: $0) }
        }
    }

    private mutating func compareNames(
        _ before: [String], _ after: [String], _ coordinate: SchemaCoordinate, _ removed: String, _ added: String
    ) {
        for name in before where !after.contains(name) { add(.breaking, coordinate, "\(removed) \"\(name)\".") }
        for name in after where !before.contains(name) { add(.dangerous, coordinate, "\(added) \"\(name)\".") }
    }

    private mutating func compareFields(_ type: NamedType, _ other: NamedType) {
        for field in type.fields {
            let coordinate = SchemaCoordinate.member(type: type.name, name: field.name)
            guard let twin = other.field(named: field.name) else {
                add(.breaking, coordinate, "The field was removed.")
                continue
            }
            if old.text(field.type) != new.text(twin.type) {
                let isNarrower = isNarrower(twin.type, field.type)
                add(isNarrower ? .safe : .breaking, coordinate, typeChange(old.text(field.type), new.text(twin.type)))
            }
            compareDeprecation(field.isDeprecated, twin.isDeprecated, coordinate)
            compare(field.arguments, twin.arguments, what: "argument") {
                .argument(type: type.name, field: field.name, name: $0)
            }
        }
        for field in other.fields where type.field(named: field.name) == nil {
            // Whoever implements an interface must follow, but clients only see more to ask for.
            add(.safe, .member(type: type.name, name: field.name), "The field was added.")
        }
    }

    private mutating func compareValues(_ type: NamedType, _ other: NamedType) {
        for value in type.enumValues {
            let coordinate = SchemaCoordinate.member(type: type.name, name: value.name)
            guard let twin = other.enumValue(named: value.name) else {
                add(.breaking, coordinate, "The enum value was removed.")
                continue
            }
            compareDeprecation(value.isDeprecated, twin.isDeprecated, coordinate)
        }
        for value in other.enumValues where type.enumValue(named: value.name) == nil {
            add(.dangerous, .member(type: type.name, name: value.name), "The enum value was added.")
        }
    }

    /// Compares arguments or input fields.
    mutating func compare(
        _ before: [InputValueDefinition], _ after: [InputValueDefinition], what: String,
        coordinate: (String) -> SchemaCoordinate
    ) {
        for value in before {
            let place = coordinate(value.name)
            guard let twin = after.first(where: { $0.name == value.name }) else {
                add(.breaking, place, "The \(what) was removed.")
                continue
            }
            if old.text(value.type) != new.text(twin.type) {
                let isWider = isWider(twin.type, value.type)
                add(isWider ? .safe : .breaking, place, typeChange(old.text(value.type), new.text(twin.type)))
            } else if value.isRequired != twin.isRequired {
                add(
                    twin.isRequired ? .breaking : .safe, place,
                    "The \(what) is \(twin.isRequired ? "now" : "no longer") required.")
            } else if value.defaultValue != twin.defaultValue {
                let texts = [value.defaultValue, twin.defaultValue].map { $0?.description ?? "nothing" }
                add(.dangerous, place, "The default changed from \(texts[0]) to \(texts[1]).")
            }
            compareDeprecation(value.isDeprecated, twin.isDeprecated, place)
        }
        for value in after where !before.contains(where: { $0.name == value.name }) {
            let kind = value.isRequired ? "A required" : "An optional"
            add(value.isRequired ? .breaking : .dangerous, coordinate(value.name), "\(kind) \(what) was added.")
        }
    }

    private mutating func compareDeprecation(_ before: Bool, _ after: Bool, _ coordinate: SchemaCoordinate) {
        guard before != after else { return }
        add(.safe, coordinate, "The element is \(after ? "now" : "no longer") deprecated.")
    }

    private func typeChange(_ before: String, _ after: String) -> String {
        "The type changed from \"\(before)\" to \"\(after)\"."
    }

    /// Whether clients that read the old type can read the new one: the same name, with null in fewer places.
    private func isNarrower(_ new: TypeReference, _ old: TypeReference) -> Bool {
        hasSameShape(new, old) && new.wrapping.nonNullBits | old.wrapping.nonNullBits == new.wrapping.nonNullBits
    }

    /// Whether clients that write the old type can write the new one: the same name, with null in more places.
    private func isWider(_ new: TypeReference, _ old: TypeReference) -> Bool {
        hasSameShape(new, old) && new.wrapping.nonNullBits | old.wrapping.nonNullBits == old.wrapping.nonNullBits
    }

    private func hasSameShape(_ left: TypeReference, _ right: TypeReference) -> Bool {
        new[left.type].name == old[right.type].name && left.wrapping.listDepth == right.wrapping.listDepth
    }
}
