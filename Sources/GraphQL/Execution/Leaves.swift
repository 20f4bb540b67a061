/// What a loaded field with a scalar or enum type gives: one value or failure per parent, in their order.
public struct Leaves<Value: LeafValue>: Sendable {
    @usableFromInline let values: [Value?]
    @usableFromInline let failures: [Int: FieldError]

    /// One value per parent.
    public init(_ values: [Value]) {
        self.values = values
        failures = [:]
    }

    /// One value or failure per parent.
    public init(results: [Result<Value, FieldError>]) {
        var failures: [Int: FieldError] = [:]
        values = results.enumerated().map { index, result in
            switch result {
            case .success(let value): return value
            case .failure(let error):
                failures[index] = error
                return nil
            }
        }
        self.failures = failures
    }
}

/// A loaded leaf column without its Swift type.
public class AnyLeafColumn: @unchecked Sendable {  // Reason: immutable after its initialiser.
    @usableFromInline let count: Int

    @usableFromInline
    init(count: Int) {
        self.count = count
    }

    @usableFromInline
    func write(_ index: Int, to out: inout ResponseWriter) throws(FieldError) {
        preconditionFailure("AnyLeafColumn.write is for its subclasses")
    }
}

// Immutable after its initialiser, and `Value` is Sendable.
@usableFromInline
final class LeafColumn<Value: LeafValue>: AnyLeafColumn, @unchecked Sendable {
    private let leaves: Leaves<Value>

    @usableFromInline
    init(_ leaves: Leaves<Value>) {
        self.leaves = leaves
        super.init(count: leaves.values.count)
    }

    @usableFromInline
    override func write(_ index: Int, to out: inout ResponseWriter) throws(FieldError) {
        guard let value = leaves.values[index] else {
            throw leaves.failures[index] ?? FieldError("A resolver gave no value", code: .internalServerError)
        }
        try value.write(to: &out)
    }
}
