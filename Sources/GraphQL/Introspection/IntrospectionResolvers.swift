extension ResolverTable {
    /// Adds the resolvers of introspection (specification section 4): all of them stored, none needs I/O.
    mutating func addIntrospection(of schema: GraphQLSchema) {
        addRoots(of: schema)
        addSchemaFields()
        addTypeFields()
        addMemberFields()
        addDirectiveFields()
    }

    private mutating func addRoots(of schema: GraphQLSchema) {
        let query = schema[schema.queryType].name
        setRoot(query, "__schema") { (_: NoArguments) in Objects.one(IntrospectedSchema(schema: schema)) }
        setRoot(query, "__type") { (arguments: TypeNameArgument) -> Objects<IntrospectedType.Object> in
            Objects([
                schema.type(named: arguments.name).map {
                    IntrospectedType(schema: schema, reference: TypeReference($0.id))
                }
            ])
        }
    }

    private mutating func setRoot<Arguments: ArgumentDecodable, Tag: OutputTypeTag>(
        _ type: String, _ field: String, _ make: @escaping @Sendable (Arguments) -> Objects<Tag>
    ) {
        let resolver = FieldResolver(
            .storedObjects { _, arguments in make(try Arguments(arguments)).column }, batchType: nil)
        set(type, field, resolver)
    }

    private mutating func addSchemaFields() {
        set("__Schema", "description", .stored { (source: IntrospectedSchema) in source.schema.description })
        set(
            "__Schema", "types",
            .storedObjects { (sources: [IntrospectedSchema]) -> Objects<IntrospectedType.Object> in
                Objects(
                    lists: sources.map { source in
                        source.schema.types.map {
                            IntrospectedType(schema: source.schema, reference: TypeReference($0.id))
                        }
                    })
            })
        set(
            "__Schema", "queryType",
            .storedObjects { (sources: [IntrospectedSchema]) -> Objects<IntrospectedType.Object> in
                Objects(sources.map { $0.type($0.schema.queryType) })
            })
        set(
            "__Schema", "mutationType",
            .storedObjects { (sources: [IntrospectedSchema]) -> Objects<IntrospectedType.Object> in
                Objects(sources.map { $0.type($0.schema.mutationType) })
            })
        set(
            "__Schema", "subscriptionType",
            .storedObjects { (sources: [IntrospectedSchema]) -> Objects<IntrospectedType.Object> in
                Objects(sources.map { $0.type($0.schema.subscriptionType) })
            })
        set(
            "__Schema", "directives",
            .storedObjects { (sources: [IntrospectedSchema]) -> Objects<IntrospectedDirective.Object> in
                Objects(
                    lists: sources.map { source in
                        source.schema.directives.map { IntrospectedDirective(schema: source.schema, directive: $0) }
                    })
            })
    }

    private mutating func addTypeFields() {
        set("__Type", "kind", .stored { (source: IntrospectedType) in source.kindName })
        set("__Type", "name", .stored { (source: IntrospectedType) in source.named?.name })
        set("__Type", "description", .stored { (source: IntrospectedType) in source.named?.description })
        set("__Type", "specifiedByURL", .stored { (source: IntrospectedType) in source.named?.specifiedByURL })
        set(
            "__Type", "isOneOf",
            .stored { (source: IntrospectedType) -> Bool? in
                source.named.flatMap { $0.kind == .inputObject ? $0.isOneOf : nil }
            })
        setLists("__Type", "fields") { (source: IntrospectedType, includeDeprecated) -> [IntrospectedField]? in
            guard let type = source.named, type.kind == .object || type.kind == .interface else { return nil }
            return type.fields.filter { includeDeprecated || !$0.isDeprecated }
                .map { IntrospectedField(schema: source.schema, field: $0) }
        }
        setLists("__Type", "enumValues") { (source: IntrospectedType, includeDeprecated) -> [IntrospectedEnumValue]? in
            guard let type = source.named, type.kind == .enum else { return nil }
            return type.enumValues.filter { includeDeprecated || !$0.isDeprecated }.map {
                IntrospectedEnumValue(value: $0)
            }
        }
        setLists("__Type", "inputFields") {
            (source: IntrospectedType, includeDeprecated) -> [IntrospectedInputValue]? in
            guard let type = source.named, type.kind == .inputObject else { return nil }
            return type.inputFields.filter { includeDeprecated || !$0.isDeprecated }
                .map { IntrospectedInputValue(schema: source.schema, value: $0) }
        }
        setLists("__Type", "interfaces") { (source: IntrospectedType, _) -> [IntrospectedType]? in
            guard let type = source.named, type.kind == .object || type.kind == .interface else { return nil }
            return type.interfaces.map { IntrospectedType(schema: source.schema, reference: TypeReference($0)) }
        }
        setLists("__Type", "possibleTypes") { (source: IntrospectedType, _) -> [IntrospectedType]? in
            guard let type = source.named, type.isAbstract else { return nil }
            return source.schema.possibleTypes(of: type.id)
                .map { IntrospectedType(schema: source.schema, reference: TypeReference($0)) }
        }
        set(
            "__Type", "ofType",
            .storedObjects { (sources: [IntrospectedType]) -> Objects<IntrospectedType.Object> in
                Objects(sources.map { $0.inner })
            })
    }

    private mutating func addMemberFields() {
        set("__Field", "name", .stored { (source: IntrospectedField) in source.field.name })
        set("__Field", "description", .stored { (source: IntrospectedField) in source.field.description })
        set("__Field", "isDeprecated", .stored { (source: IntrospectedField) in source.field.isDeprecated })
        set("__Field", "deprecationReason", .stored { (source: IntrospectedField) in source.field.deprecationReason })
        set(
            "__Field", "type",
            .storedObjects { (sources: [IntrospectedField]) -> Objects<IntrospectedType.Object> in
                Objects(sources.map { IntrospectedType(schema: $0.schema, reference: $0.field.type) })
            })
        setLists("__Field", "args") { (source: IntrospectedField, includeDeprecated) -> [IntrospectedInputValue]? in
            source.field.arguments.filter { includeDeprecated || !$0.isDeprecated }
                .map { IntrospectedInputValue(schema: source.schema, value: $0) }
        }
        set("__InputValue", "name", .stored { (source: IntrospectedInputValue) in source.value.name })
        set("__InputValue", "description", .stored { (source: IntrospectedInputValue) in source.value.description })
        set("__InputValue", "isDeprecated", .stored { (source: IntrospectedInputValue) in source.value.isDeprecated })
        set(
            "__InputValue", "deprecationReason",
            .stored { (source: IntrospectedInputValue) in
                source.value.deprecationReason
            })
        set(
            "__InputValue", "defaultValue",
            .stored { (source: IntrospectedInputValue) in
                source.value.defaultValue?.description
            })
        set(
            "__InputValue", "type",
            .storedObjects { (sources: [IntrospectedInputValue]) -> Objects<IntrospectedType.Object> in
                Objects(sources.map { IntrospectedType(schema: $0.schema, reference: $0.value.type) })
            })
        set("__EnumValue", "name", .stored { (source: IntrospectedEnumValue) in source.value.name })
        set("__EnumValue", "description", .stored { (source: IntrospectedEnumValue) in source.value.description })
        set("__EnumValue", "isDeprecated", .stored { (source: IntrospectedEnumValue) in source.value.isDeprecated })
        set(
            "__EnumValue", "deprecationReason",
            .stored { (source: IntrospectedEnumValue) in
                source.value.deprecationReason
            })
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
            (source: IntrospectedDirective, includeDeprecated) -> [IntrospectedInputValue]? in
            source.directive.arguments.filter { includeDeprecated || !$0.isDeprecated }
                .map { IntrospectedInputValue(schema: source.schema, value: $0) }
        }
    }

    /// A field that is a list or null, possibly with `includeDeprecated`.
    private mutating func setLists<Source: ObjectSource, Element: ObjectSource>(
        _ type: String, _ field: String, _ list: @escaping @Sendable (Source, Bool) -> [Element]?
    ) {
        let resolver = FieldResolver.storedObjects {
            (sources: [Source], arguments: IncludeDeprecated) -> Objects<Element.Object> in
            let lists = sources.map { list($0, arguments.value) }
            // The compact form, unless somebody's list is null.
            if lists.contains(where: { $0 == nil }) { return Objects(optionalLists: lists.map { $0?.map { $0 } }) }
            return Objects(lists: lists.map { $0 ?? [] })
        }
        set(type, field, resolver)
    }
}

extension IntrospectedSchema {
    fileprivate func type(_ id: TypeID) -> IntrospectedType {
        IntrospectedType(schema: schema, reference: TypeReference(id))
    }

    fileprivate func type(_ id: TypeID?) -> IntrospectedType? {
        id.map { type($0) }
    }
}

extension IntrospectedType {
    /// The value of `__TypeKind`.
    fileprivate var kindName: IntrospectedName {
        if reference.isNonNull { return IntrospectedName(name: "NON_NULL") }
        if reference.isList { return IntrospectedName(name: "LIST") }
        let name =
            switch schema[reference.type].kind {
            case .scalar: "SCALAR"
            case .object: "OBJECT"
            case .interface: "INTERFACE"
            case .union: "UNION"
            case .enum: "ENUM"
            case .inputObject: "INPUT_OBJECT"
            }
        return IntrospectedName(name: name)
    }

    /// What is inside the outermost list or non-null.
    fileprivate var inner: IntrospectedType? {
        if reference.isNonNull { return IntrospectedType(schema: schema, reference: reference.nullable) }
        if reference.isList { return IntrospectedType(schema: schema, reference: reference.item) }
        return nil
    }
}
