import JSON
import Tracing

/// Spans as OTLP's JSON: ids in hexadecimal, enumerations as integers, 64-bit integers as text (OTLP §JSON encoding).
struct OTLPEncoder {
    /// Who sends: `service.name` and the like.
    let resource: [(String, String)]

    func encode(_ spans: [FinishedSpan]) -> [UInt8] {
        let value: JSONValue = [
            "resourceSpans": [
                [
                    "resource": ["attributes": .array(resource.map { Self.attribute($0, .string($1)) })],
                    "scopeSpans": [
                        ["scope": ["name": "aimage"], "spans": .array(spans.map(Self.span))]
                    ],
                ]
            ]
        ]
        return value.encoded()
    }

    private static func span(_ span: FinishedSpan) -> JSONValue {
        var object: [(String, JSONValue)] = [
            ("traceId", .string(span.trace.traceID)), ("spanId", .string(span.trace.spanID)),
        ]
        if let parent = span.parentID { object.append(("parentSpanId", .string(parent))) }
        if !span.trace.state.isEmpty { object.append(("traceState", .string(span.trace.state))) }
        object += [
            ("flags", .int(span.trace.isSampled ? 1 : 0)), ("name", .string(span.name)),
            ("kind", .int(kind(span.kind))),
            ("startTimeUnixNano", .string(String(span.began))), ("endTimeUnixNano", .string(String(span.ended))),
            ("attributes", attributes(span.attributes)),
        ]
        if !span.events.isEmpty { object.append(("events", .array(span.events.map(event)))) }
        if !span.links.isEmpty { object.append(("links", .array(span.links.map(link)))) }
        if let status = span.status { object.append(("status", self.status(status))) }
        return .object(JSONObject(object))
    }

    private static func event(_ event: SpanEvent) -> JSONValue {
        [
            "timeUnixNano": .string(String(event.nanosecondsSinceEpoch)), "name": .string(event.name),
            "attributes": attributes(event.attributes),
        ]
    }

    private static func link(_ trace: TraceContext) -> JSONValue {
        ["traceId": .string(trace.traceID), "spanId": .string(trace.spanID)]
    }

    private static func status(_ status: SpanStatus) -> JSONValue {
        let code: Int64 = status.code == .error ? 2 : 1
        return status.message.map { ["code": .int(code), "message": .string($0)] } ?? ["code": .int(code)]
    }

    private static func kind(_ kind: SpanKind) -> Int64 {
        switch kind {
        case .internal: 1
        case .server: 2
        case .client: 3
        case .producer: 4
        case .consumer: 5
        }
    }

    private static func attributes(_ attributes: SpanAttributes) -> JSONValue {
        var known: [(String, SpanAttribute)] = []
        attributes.forEach { known.append(($0, $1)) }
        return .array(known.sorted { $0.0 < $1.0 }.map(attribute))
    }

    private static func attribute(_ key: String, _ value: SpanAttribute) -> JSONValue {
        ["key": .string(key), "value": self.value(value)]
    }

    private static func value(_ attribute: SpanAttribute) -> JSONValue {
        switch attribute {
        case .int32(let value): ["intValue": .string(String(value))]
        case .int64(let value): ["intValue": .string(String(value))]
        case .double(let value) where value.isFinite: ["doubleValue": .double(value)]
        case .double(let value): ["doubleValue": .string(value.isNaN ? "NaN" : value > 0 ? "Infinity" : "-Infinity")]
        case .bool(let value): ["boolValue": .bool(value)]
        case .string(let value): ["stringValue": .string(value)]
        case .stringConvertible(let value): ["stringValue": .string("\(value)")]
        case .int32Array(let values): list(values.map { .int32($0) })
        case .int64Array(let values): list(values.map { .int64($0) })
        case .doubleArray(let values): list(values.map { .double($0) })
        case .boolArray(let values): list(values.map { .bool($0) })
        case .stringArray(let values): list(values.map { .string($0) })
        case .stringConvertibleArray(let values): list(values.map { .string("\($0)") })
        default: ["stringValue": .string("")]
        }
    }

    private static func list(_ values: [SpanAttribute]) -> JSONValue {
        ["arrayValue": ["values": .array(values.map(value))]]
    }
}
