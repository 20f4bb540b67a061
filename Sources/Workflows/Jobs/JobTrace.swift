import JSON
import Tracing

/// Carries the trace of the mutation that asked for a job to whoever does it, in the job's payload.
enum JobTrace {
    private static let member = "trace"

    /// The payload with the caller's trace; unchanged when nothing is traced.
    static func add(to payload: JSONValue) -> JSONValue {
        guard let context = ServiceContext.current, case .object(let object) = payload else { return payload }
        var carrier: [String: String] = [:]
        InstrumentationSystem.instrument.inject(context, into: &carrier, using: Fields())
        guard !carrier.isEmpty else { return payload }
        let trace = carrier.sorted { $0.key < $1.key }.map { ($0.key, JSONValue.string($0.value)) }
        let members = object.members.map { ($0.key, $0.value) }
        return .object(JSONObject(members + [(member, .object(JSONObject(trace)))]))
    }

    /// The context to do a job in.
    static func context(of job: Job) -> ServiceContext {
        var context = ServiceContext.topLevel
        guard case .object(let trace)? = job.payload[member] else { return context }
        let carrier = Dictionary(trace.members.compactMap { pair in pair.value.string.map { (pair.key, $0) } }) { $1 }
        InstrumentationSystem.instrument.extract(carrier, into: &context, using: Fields())
        return context
    }

    private struct Fields: Injector, Extractor {
        func inject(_ value: String, forKey key: String, into carrier: inout [String: String]) { carrier[key] = value }
        func extract(key: String, from carrier: [String: String]) -> String? { carrier[key] }
    }
}
