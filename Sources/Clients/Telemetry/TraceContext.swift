public import Tracing

/// Where a span stands: what travels between processes as `traceparent` and `tracestate` (W3C Trace Context).
public struct TraceContext: Sendable, Hashable {
    /// The id of the whole trace, 32 lowercase hexadecimal digits.
    public let traceID: String
    /// The id of the span, 16 lowercase hexadecimal digits.
    public let spanID: String
    /// Whether somebody records the trace.
    public let isSampled: Bool
    /// What vendors added, passed on as it came.
    public let state: String

    /// A context from its parts, which must be well-formed.
    init(traceID: String, spanID: String, isSampled: Bool, state: String = "") {
        self.traceID = traceID
        self.spanID = spanID
        self.isSampled = isSampled
        self.state = state
    }

    /// Reads the fields of a request; nil when `traceparent` is malformed, so that a new trace begins (§3.2, §4.3).
    ///
    /// A version of the future may have more behind the part that is known; version `ff` is forbidden.
    public init?(traceparent: String, tracestate: String? = nil) {
        let bytes = Array(traceparent.utf8)
        guard bytes.count >= 55, bytes[2] == 0x2D, bytes[35] == 0x2D, bytes[52] == 0x2D else { return nil }
        guard Self.isHex(bytes[0..<2]), Self.isHex(bytes[3..<35]), Self.isHex(bytes[36..<52]),
            Self.isHex(bytes[53..<55])
        else { return nil }
        let version = String(decoding: bytes[0..<2], as: UTF8.self)
        guard version != "ff", version == "00" ? bytes.count == 55 : bytes.count == 55 || bytes[55] == 0x2D else {
            return nil
        }
        traceID = String(decoding: bytes[3..<35], as: UTF8.self)
        spanID = String(decoding: bytes[36..<52], as: UTF8.self)
        guard traceID.contains(where: { $0 != "0" }), spanID.contains(where: { $0 != "0" }) else { return nil }
        isSampled = (Self.digit(bytes[54]) & 1) == 1
        state = tracestate.flatMap(Self.checkedState) ?? ""
    }

    /// The field that tells the next one.
    public var traceparent: String { "00-\(traceID)-\(spanID)-\(isSampled ? "01" : "00")" }

    /// A new trace.
    static func root(isSampled: Bool) -> TraceContext {
        TraceContext(traceID: hex(words: 2), spanID: hex(words: 1), isSampled: isSampled)
    }

    /// A span below this one.
    func child() -> TraceContext {
        TraceContext(traceID: traceID, spanID: Self.hex(words: 1), isSampled: isSampled, state: state)
    }

    /// At most 32 members and 512 bytes; more is dropped as a whole (§3.3.1.5 lets a tracer choose).
    private static func checkedState(_ text: String) -> String? {
        let count = text.split(separator: ",").count
        return count <= 32 && text.utf8.count <= 512 ? text : nil
    }

    /// Random and never all zero.
    private static func hex(words: Int) -> String {
        (0..<words).map { _ in
            let text = String(UInt64.random(in: 1 ... .max), radix: 16)
            return String(repeating: "0", count: 16 - text.count) + text
        }.joined()
    }

    private static func isHex(_ bytes: ArraySlice<UInt8>) -> Bool {
        bytes.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }

    private static func digit(_ byte: UInt8) -> UInt8 { byte < 0x3A ? byte - 0x30 : byte - 0x57 }
}

extension ServiceContext {
    private enum Key: ServiceContextKey {
        typealias Value = TraceContext
        static var nameOverride: String? { "trace" }
    }

    /// The span that work with this context belongs to; nil outside any trace.
    public var trace: TraceContext? {
        get { self[Key.self] }
        set { self[Key.self] = newValue }
    }
}
