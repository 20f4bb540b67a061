/// How a client wants to be answered, from its `Accept` field (RFC 9110 §12.5.1; GraphQL over HTTP, "Media Types").
struct ResponsePreferences: Hashable {
    /// The format of incremental delivery.
    enum IncrementalFormat: Hashable {
        /// `incrementalSpec=v0.2`: `pending`, `incremental`, `completed`.
        case pending
        /// `deferSpec=20220824`: paths and labels in every entry, as Apollo's clients before 2025 want it.
        case paths
    }

    /// For a response that is one JSON text.
    ///
    /// The newer type is for those who name it and want it no less than the older. Older clients, which send no
    /// `Accept` or `*/*`, get `application/json`.
    let media: ResponseMediaType
    /// Whether server-sent events will do.
    let acceptsEvents: Bool
    /// Whether server-sent events are wanted more than one JSON text.
    let prefersEvents: Bool
    /// In which format `multipart/mixed` will do, if it will.
    let incremental: IncrementalFormat?
    /// Whether one JSON text will do; otherwise a single result is sent as an event or as a part.
    let acceptsText: Bool

    /// Without wishes: `application/json`.
    static let none = ResponsePreferences(media: .json)

    /// The same without streams: for operations whose files are gone with the answer; nil if no text will do.
    var asText: ResponsePreferences? { acceptsText ? ResponsePreferences(media: media) : nil }

    private init(media: ResponseMediaType) {
        self.media = media
        acceptsEvents = false
        prefersEvents = false
        incremental = nil
        acceptsText = true
    }

    /// Reads the field; nil when nothing that it allows can be produced (406).
    init?(accept: String?) {
        guard let accept, accept.contains(where: { $0 != " " }) else {
            self = .none
            return
        }
        let ranges = MediaRange.list(accept)
        let modern = ranges.first { $0.essence == ResponseMediaType.graphQLResponse.essence }?.quality ?? 0
        let json = Self.quality(of: "application/json", "application/*", in: ranges)
        media = modern > 0 && modern >= json ? .graphQLResponse : .json
        let text = max(modern, json)
        let events = ranges.first { $0.essence == "text/event-stream" }?.quality ?? 0
        let multipart = ranges.filter { $0.essence == "multipart/mixed" && $0.quality > 0 }
        incremental = multipart.compactMap(Self.format).first
        acceptsText = text > 0
        acceptsEvents = events > 0
        prefersEvents = events > text
        guard acceptsText || acceptsEvents || incremental != nil else { return nil }
    }

    /// The weight of a type by the most specific range that covers it.
    private static func quality(of type: String, _ family: String, in ranges: [MediaRange]) -> Double {
        for essence in [type, family, "*/*"] {
            if let range = ranges.first(where: { $0.essence == essence }) { return range.quality }
        }
        return 0
    }

    private static func format(_ range: MediaRange) -> IncrementalFormat? {
        switch (range.parameters["incrementalspec"], range.parameters["deferspec"]) {
        case ("v0.2"?, _): .pending
        case (_, "20220824"?): .paths
        default: nil
        }
    }
}
