import Clients
import Foundation
import JSON
import Logging
import Tracing

/// Writes each event as one line to standard error, for people or for programs, with the ids of the trace and without
/// anybody's token.
struct LineLogHandler: LogHandler {
    let label: String
    let format: LogFormat
    var logLevel = Logger.Level.info
    var metadata: Logger.Metadata = [:]
    var metadataProvider: Logger.MetadataProvider?

    init(label: String, format: LogFormat) {
        self.label = label
        self.format = format
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var fields = metadata
        if let provided = metadataProvider?.get() { fields.merge(provided) { $1 } }
        if let given = event.metadata { fields.merge(given) { $1 } }
        if let error = event.error { fields["error"] = "\(error)" }
        if let trace = ServiceContext.current?.trace {
            fields["trace-id"] = "\(trace.traceID)"
            fields["span-id"] = "\(trace.spanID)"
        }
        let known = fields.sorted { $0.key < $1.key }.map { ($0.key, LogRedaction.clean(key: $0.key, "\($0.value)")) }
        let time = Date().formatted(.iso8601.year().month().day().time(includingFractionalSeconds: true))
        let message = LogRedaction.clean(key: "message", "\(event.message)")
        FileHandle.standardError.write(Data(line("\(time)Z", event.level, message, known).utf8))
    }

    private func line(
        _ time: String, _ level: Logger.Level, _ message: String, _ fields: [(String, String)]
    ) -> String {
        switch format {
        case .text:
            // One event stays one line, whatever is in it.
            let text = ([message] + fields.map { "\($0.0)=\($0.1)" }).joined(separator: " ")
            return "\(time) \(level) \(label): \(text.replacing("\n", with: "\\n"))\n"
        case .json:
            let head: [(String, JSONValue)] = [
                ("time", .string(time)), ("level", .string(level.rawValue)), ("logger", .string(label)),
                ("message", .string(message)),
            ]
            let object = JSONObject(head + fields.map { ($0.0, .string($0.1)) })
            return String(decoding: JSONValue.object(object).encoded(), as: UTF8.self) + "\n"
        }
    }
}

/// Takes credentials out of what is logged: by the name of the field, and by what a value looks like.
enum LogRedaction {
    private static let names = ["authorization", "cookie", "token", "secret", "password", "signature"]

    static func clean(key: String, _ text: String) -> String {
        let key = key.lowercased()
        if names.contains(where: key.contains) { return "[redacted]" }
        guard text.contains("eyJ") || text.contains("earer ") || text.contains("://") || text.contains("signature=")
        else { return text }
        return text.replacing(/eyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*/, with: "[redacted]")
            .replacing(/[Bb]earer +[^\s",]+/, with: "Bearer [redacted]")
            .replacing(/(:\/\/[^:\/@\s]*):[^@\/\s]+@/) { "\($0.1):[redacted]@" }
            .replacing(/(signature=)[^&\s"]+/) { "\($0.1)[redacted]" }
    }
}
