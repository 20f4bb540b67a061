extension ResolverTable {
    /// Adds the resolvers of introspection (specification section 4): all of them stored, none needs I/O.
    mutating func addIntrospection(of schema: GraphQLSchema) {
        addRoots(of: schema)
        addSchemaFields(of: schema)
        addTypeFields(of: schema)
        addTypeLists(of: schema)
        addFieldFields()
        addInputValueFields()
        addEnumValueFields()
        addDirectiveFields()
    }

    private mutating func addRoots(of schema: GraphQLSchema) {
        let query = schema[schema.queryType].name
        setRoot(query, "__schema") { (_: NoArguments) in Objects.one(IntrospectedSchema(schema: schema)) }
        setRoot(query, "__type") { (arguments: TypeNameArgument) -> Objects<IntrospectedType.Object> in
            Objects([schema.type(named: arguments.name).map { IntrospectedType($0.id) }])
        }
    }

    private mutating func setRoot<Arguments: ArgumentDecodable, Tag: OutputTypeTag>(
        _ type: String, _ field: String, _ make: @escaping @Sendable (Arguments) -> Objects<Tag>
    ) {
        let resolver = FieldResolver(
            .storedObjects { _, arguments in make(try Arguments(arguments)).column }, batchType: nil)
        set(type, field, resolver)
    }

    private mutating func addSchemaFields(of schema: GraphQLSchema) {
        set("__Schema", "description", .stored { (source: IntrospectedSchema) in source.schema.description })
        setLists("__Schema", "types") { (_: IntrospectedSchema, _, types: inout [IntrospectedType]) in
            for type in schema.types { types.append(IntrospectedType(type.id)) }
            return true
        }
        setType("__Schema", "queryType") { (_: IntrospectedSchema) in IntrospectedType(schema.queryType) }
        setType("__Schema", "mutationType") { (_: IntrospectedSchema) in schema.mutationType.map { .init($0) } }
        setType("__Schema", "subscriptionType") { (_: IntrospectedSchema) in schema.subscriptionType.map { .init($0) } }
        setLists("__Schema", "directives") { (_: IntrospectedSchema, _, directives: inout [IntrospectedDirective]) in
            for directive in schema.directives { directives.append(IntrospectedDirective(directive: directive)) }
            return true
        }
    }

    private mutating func addTypeFields(of schema: GraphQLSchema) {
        set("__Type", "kind", .stored { (source: IntrospectedType) in source.kind(in: schema) })
        set("__Type", "name", .stored { (source: IntrospectedType) in source.named(in: schema)?.name })
        set("__Type", "description", .stored { (source: IntrospectedType) in source.named(in: schema)?.description })
        set(
            "__Type", "specifiedByURL",
            .stored { (source: IntrospectedType) in source.named(in: schema)?.specifiedByURL })
        set(
            "__Type", "isOneOf",
            .stored { (source: IntrospectedType) -> Bool? in
                source.named(in: schema).flatMap { $0.kind == .inputObject ? $0.isOneOf : nil }
            })
        setType("__Type", "ofType") { (source: IntrospectedType) in source.inner }
    }

    private mutating func addTypeLists(of schema: GraphQLSchema) {
        setLists("__Type", "fields") { (source: IntrospectedType, deprecated, fields: inout [IntrospectedField]) in
            guard let type = source.named(in: schema), type.kind == .object || type.kind == .interface else {
                return false
            }
            for field in type.fields where deprecated || !field.isDeprecated {
                fields.append(IntrospectedField(field: field))
            }
            return true
        }
        setLists("__Type", "enumValues") {
            (source: IntrospectedType, deprecated, values: inout [IntrospectedEnumValue]) in
            guard let type = source.named(in: schema), type.kind == .enum else { return false }
            for value in type.enumValues where deprecated || !value.isDeprecated {
                values.append(IntrospectedEnumValue(value: value))
            }
            return true
        }
        setLists("__Type", "inputFields") {
            (source: IntrospectedType, deprecated, values: inout [IntrospectedInputValue]) in
            guard let type = source.named(in: schema), type.kind == .inputObject else { return false }
            values.append(type.inputFields, deprecated)
            return true
        }
        setLists("__Type", "interfaces") { (source: IntrospectedType, _, types: inout [IntrospectedType]) in
            guard let type = source.named(in: schema), type.kind == .object || type.kind == .interface else {
                return false
            }
            for interface in type.interfaces { types.append(IntrospectedType(interface)) }
            return true
        }
        setLists("__Type", "possibleTypes") { (source: IntrospectedType, _, types: inout [IntrospectedType]) in
            guard let type = source.named(in: schema), type.isAbstract else { return false }
            for possible in schema.possibleTypes(of: type.id) { types.append(IntrospectedType(possible)) }
            return true
        }
    }

    private mutating func addFieldFields() {
        set("__Field", "name", .stored { (source: IntrospectedField) in source.field.name })
        set("__Field", "description", .stored { (source: IntrospectedField) in source.field.description })
        set("__Field", "isDeprecated", .stored { (source: IntrospectedField) in source.field.isDeprecated })
        set("__Field", "deprecationReason", .stored { (source: IntrospectedField) in source.field.deprecationReason })
        setType("__Field", "type") { (source: IntrospectedField) in IntrospectedType(source.field.type) }
        setLists("__Field", "args") { (source: IntrospectedField, deprecated, values: inout [IntrospectedInputValue]) in
            values.append(source.field.arguments, deprecated)
            return true
        }
    }

    private mutating func addInputValueFields() {
        set("__InputValue", "name", .stored { (source: IntrospectedInputValue) in source.value.name })
        set("__InputValue", "description", .stored { (source: IntrospectedInputValue) in source.value.description })
        set("__InputValue", "isDeprecated", .stored { (source: IntrospectedInputValue) in source.value.isDeprecated })
        set(
            "__InputValue", "deprecationReason",
            .stored { (source: IntrospectedInputValue) in source.value.deprecationReason })
        set(
            "__InputValue", "defaultValue",
            .stored { (source: IntrospectedInputValue) in source.value.defaultValue?.description })
        setType("__InputValue", "type") { (source: IntrospectedInputValue) in IntrospectedType(source.value.type) }
    }

    private mutating func addEnumValueFields() {
        set("__EnumValue", "name", .stored { (source: IntrospectedEnumValue) in source.value.name })
        set("__EnumValue", "description", .stored { (source: IntrospectedEnumValue) in source.value.description })
        set("__EnumValue", "isDeprecated", .stored { (source: IntrospectedEnumValue) in source.value.isDeprecated })
        set(
            "__EnumValue", "deprecationReason",
            .stored { (source: IntrospectedEnumValue) in source.value.deprecationReason })
    }

    private mutating func addDirectiveFields() {
        set("__Directive", "name", .stored { (source: IntrospectedDirective) in source.directive.name })
        set("__Directive", "description", .stored { (source: IntrospectedDirective) in source.directive.description })
        set("__Directive", "isRepeatable", .stored { (source: IntrospectedDirective) in source.directive.isRepeatable })
        set(
            "__Directive", "locations",
            .stored { (source: IntrospectedDirective) in
                source.directive.locations.names.map { IntrospectedName(name: $0) }
            })
        setLists("__Directive", "args") {
            (source: IntrospectedDirective, deprecated, values: inout [IntrospectedInputValue]) in
            values.append(source.directive.arguments, deprecated)
            return true
        }
    }

    /// A field that is a type or null.
    private mutating func setType<Source: ObjectSource>(
        _ type: String, _ field: String, _ find: @escaping @Sendable (Source) -> IntrospectedType?
    ) {
        set(type, field, .storedObjects { (sources: [Source]) in Objects(sources.map(find)) })
    }

    /// A field that is a list or null, possibly with `includeDeprecated`.
    ///
    /// The closure appends the items of one parent's list, or says false where there is none.
    private mutating func setLists<Source: ObjectSource, Element: ObjectSource>(
        _ type: String, _ field: String, _ append: @escaping @Sendable (Source, Bool, inout [Element]) -> Bool
    ) {
        let resolver = FieldResolver.storedObjects {
            (sources: [Source], arguments: IncludeDeprecated) -> Objects<Element.Object> in
            var elements: [Element] = []
            let lists = sources.map { source -> Range<Int>? in
                let start = elements.count
                return append(source, arguments.value, &elements) ? start..<elements.count : nil
            }
            return Objects(flat: elements, lists: lists)
        }
        set(type, field, resolver)
    }
}

extension [IntrospectedInputValue] {
    fileprivate mutating func append(_ definitions: [InputValueDefinition], _ includesDeprecated: Bool) {
        for value in definitions where includesDeprecated || !value.isDeprecated {
            append(IntrospectedInputValue(value: value))
        }
    }
}
