import JSON

/// Rewrites payloads with `pending`, `incremental` and `completed` for clients of the format of 2022, in which every
/// entry has its own path and label.
struct PathsFormat {
    private struct Place {
        let path: [JSONValue]
        let label: JSONValue?
        /// Where the next item of a list goes; nil if it is no list.
        var nextIndex: Int?
    }

    private var places: [String: Place] = [:]

    /// The next payload, rewritten; as it is if it can't be read, which would be a mistake of ours.
    mutating func rewrite(_ payload: [UInt8]) -> [UInt8] {
        guard case .object(let given)? = try? JSONReader.read(payload) else { return payload }
        var result = JSONObject()
        for name in ["errors", "data", "extensions"] { result[name] = given[name] }
        for place in given["pending"]?.array ?? [] { announce(place, in: given["data"]) }
        var entries = (given["incremental"]?.array ?? []).compactMap { entry($0) }
        entries += (given["completed"]?.array ?? []).compactMap { failure($0) }
        if !entries.isEmpty { result["incremental"] = .array(entries) }
        result["hasNext"] = given["hasNext"]
        return JSONValue.object(result).encoded()
    }

    private mutating func announce(_ pending: JSONValue, in data: JSONValue?) {
        guard let id = pending["id"]?.string, let path = pending["path"]?.array else { return }
        var value = data
        for segment in path { value = segment.int.map { value?[Int($0)] } ?? value?[segment.string ?? ""] }
        places[id] = Place(path: path, label: pending["label"], nextIndex: value?.array?.count)
    }

    private mutating func entry(_ given: JSONValue) -> JSONValue? {
        guard let id = given["id"]?.string, let place = places[id] else { return nil }
        var entry = JSONObject()
        if let items = given["items"]?.array {
            let index = place.nextIndex ?? 0
            places[id]?.nextIndex = index + items.count
            entry["items"] = .array(items)
            entry["path"] = .array(place.path + [.int(Int64(index))])
        } else {
            entry["data"] = given["data"]
            entry["path"] = .array(place.path + (given["subPath"]?.array ?? []))
        }
        entry["label"] = place.label
        entry["errors"] = given["errors"]
        return .object(entry)
    }

    /// What could not be delivered is null, with the reason.
    private mutating func failure(_ completed: JSONValue) -> JSONValue? {
        guard let id = completed["id"]?.string, let place = places.removeValue(forKey: id),
            let errors = completed["errors"]
        else { return nil }
        var entry = JSONObject()
        entry[place.nextIndex == nil ? "data" : "items"] = .null
        entry["path"] = .array(place.path)
        entry["label"] = place.label
        entry["errors"] = errors
        return .object(entry)
    }
}
