// The schema as clients see it.

import GraphQL

/// Makes the SDL that the server publishes and builds its schema from.
enum PublicDocument {
    /// The text of the schema.
    static func text(of sdl: [UInt8]) -> String {
        String(decoding: sdl, as: UTF8.self)
    }
}
