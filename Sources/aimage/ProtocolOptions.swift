public import ArgumentParser
public import Server

/// What `aimage serve` takes as a request, and how it answers.
struct ProtocolOptions: ParsableArguments {
    /// Whether clients may send documents of their own beside the trusted ones.
    enum Trust: String, ExpressibleByArgument, CaseIterable {
        case also, only
    }

    @Option(
        help: """
            Which edition's status codes all clients get: 2026 or 2025. Without it, 2026 for \
            application/graphql-response+json and 2025 for application/json.
            """)
    var httpStatusProfile: StatusEdition?
    @Flag(help: "Answers 200, not 294, to data with errors.") var withoutPartialSuccess = false
    @Option(help: "How many requests one body may hold as an array; 0 takes none.") var batching = 0
    @Flag(help: "Takes no automatic persisted queries.") var withoutPersistedQueries = false
    @Option(help: "A manifest of documents that clients may name: Apollo's or Relay's format.")
    var trustedDocumentsFile: String?
    @Option(help: "Whether the documents of the manifest run beside others (also), or nothing else does (only).")
    var trustedDocuments = Trust.also

    func validate() throws {
        guard (0...100).contains(batching) else { throw ValidationError("A batch may have at most 100 requests.") }
        guard trustedDocuments == .also || trustedDocumentsFile != nil else {
            throw ValidationError("--trusted-documents only needs --trusted-documents-file.")
        }
    }

    /// Reads the manifest, and puts everything together.
    func transports() throws -> TransportOptions {
        var options = TransportOptions()
        options.statuses.edition = httpStatusProfile
        options.statuses.marksPartialSuccess = !withoutPartialSuccess
        options.maximumBatch = batching
        options.documents = DocumentStore(
            persisted: withoutPersistedQueries ? nil : PersistedQueries(),
            trusted: try trustedDocumentsFile.map { try TrustedDocuments(path: $0) },
            isTrustedOnly: trustedDocuments == .only)
        return options
    }
}

extension StatusEdition: ExpressibleByArgument {}
