public import JSON

/// The response as it grows: JSON bytes, the current path, the errors so far.
///
/// Bytes are written once, front to back. A null that propagates (specification section 6.4.4) cuts the buffer back
/// to where the nullable ancestor began.
public struct ResponseWriter: ~Copyable {
    /// The bytes.
    public var json: JSONWriter
    /// The path of the part of a response that is being written; empty for a whole one.
    var base: [PathSegment] = []
    /// Where in it the object lies that is being written; the current field is not in it.
    var place: [PathStep] = []
    /// Errors of fields, in the order in which their fields were written.
    var errors: [GraphQLError] = []
    /// The list indices inside the leaf that is being written.
    ///
    /// A leaf that throws leaves its place here.
    @usableFromInline var leafPath: [PathSegment] = []
    /// Errors of nullable list items of the leaf that is being written; the serialiser adds the field's path to them.
    @usableFromInline var leafErrors: [(error: FieldError, path: [PathSegment])] = []

    /// Makes a writer with room for `capacity` bytes.
    @inlinable
    public init(capacity: Int = 4096) {
        json = JSONWriter(capacity: capacity)
    }

    /// The path of the object that is being written.
    var path: [PathSegment] { base + place.map(\.segment) }
}

/// One step of the way to the object that is being written.
///
/// A path as errors have it is made of these only when one is needed: keeping strings cost a retain and a release for
/// every object.
enum PathStep: BitwiseCopyable {
    /// A field of the plan, which lives longer than the writing.
    case field(Unmanaged<PlannedField>)
    /// A position in a list.
    case index(Int)

    var segment: PathSegment {
        switch self {
        case .field(let field): .key(field._withUnsafeGuaranteedRef { $0.responseKey })
        case .index(let index): .index(index)
        }
    }
}
