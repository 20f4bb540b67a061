import Clients
import JSON

// Findings of scenes are kept until the whole video is checked.

extension FindingDraft {
    /// The draft as it is kept.
    var json: JSONValue {
        var object: JSONObject = [
            "description": .string(description), "severity": .string(severity.rawValue),
        ]
        if let suggestion { object["suggestion"] = .string(suggestion) }
        if let tag { object["tag"] = .string(tag) }
        if let area {
            object["area"] = [.double(area.x), .double(area.y), .double(area.width), .double(area.height)]
        }
        if let confidence { object["confidence"] = .double(confidence) }
        if let method { object["method"] = .string(method) }
        return .object(object)
    }

    /// Reads a draft that was kept; nil for anything else.
    init?(_ json: JSONValue) {
        guard let description = json["description"]?.string,
            let severity = json["severity"]?.string.flatMap(Severity.init(rawValue:))
        else { return nil }
        let sides = json["area"]?.array?.compactMap(\.double) ?? []
        self.init(
            description: description, severity: severity, suggestion: json["suggestion"]?.string,
            tag: json["tag"]?.string,
            area: sides.count == 4
                ? BoundingBox(x: sides[0], y: sides[1], width: sides[2], height: sides[3]) : nil,
            confidence: json["confidence"]?.double, method: json["method"]?.string)
    }
}
