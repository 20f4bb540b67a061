import GraphQL
import Hashing

/// The documents that clients may name instead of sending: automatic persisted queries and trusted documents.
///
/// Shared by all loops.
public final class DocumentStore: Sendable {
    /// The document that a request has chosen.
    struct Choice {
        let text: [UInt8]
        /// The hash under which to keep it once it has proved valid.
        var newHash: String?
    }

    private let persisted: PersistedQueries?
    private let trusted: TrustedDocuments?
    private let isTrustedOnly: Bool

    /// Makes a store.
    ///
    /// - Parameters:
    ///   - persisted: keeps automatic persisted queries; nil switches them off.
    ///   - trusted: the documents of the clients that were built with this server.
    ///   - isTrustedOnly: whether nothing else runs.
    public init(
        persisted: PersistedQueries? = PersistedQueries(), trusted: TrustedDocuments? = nil,
        isTrustedOnly: Bool = false
    ) {
        self.persisted = persisted
        self.trusted = trusted
        self.isTrustedOnly = isTrustedOnly
    }

    /// The document that a request means.
    func document(of parameters: RequestParameters) throws(OperationRefusal) -> Choice {
        if let id = parameters.documentID {
            guard let text = trusted?.text(id: id) else {
                throw OperationRefusal(
                    .documentUnknown, "There is no document of this id.", code: .documentNotFound)
            }
            return Choice(text: text)
        }
        if let extensions = parameters.persistedQuery {
            return try document(of: PersistedQueryReference(extensions), text: parameters.query)
        }
        guard let text = parameters.query else {
            throw OperationRefusal(.notARequest, "The request needs \"query\", a string.")
        }
        try checkTrust(text)
        return Choice(text: text)
    }

    /// Keeps a document that has proved valid.
    func didValidate(_ document: Choice) {
        guard let hash = document.newHash else { return }
        persisted?.store(document.text, hash: hash)
    }

    private func document(
        of reference: PersistedQueryReference, text: [UInt8]?
    ) throws(OperationRefusal) -> Choice {
        guard let text else {
            if let text = trusted?.text(hash: reference.hash) { return Choice(text: text) }
            guard !isTrustedOnly, let persisted else { throw Self.notSupported }
            guard let text = persisted.text(hash: reference.hash) else { throw Self.notFound }
            return Choice(text: text)
        }
        guard Hex.encode(SHA256.hash(text)) == reference.hash else {
            throw OperationRefusal(.persistedQueryWrong, "provided sha does not match query")
        }
        try checkTrust(text)
        return Choice(text: text, newHash: isTrustedOnly ? nil : reference.hash)
    }

    private func checkTrust(_ text: [UInt8]) throws(OperationRefusal) {
        guard isTrustedOnly, !(trusted?.contains(text) ?? false) else { return }
        throw OperationRefusal(
            .notTrusted, "Only documents that this server was given run here.", code: .documentNotTrusted)
    }

    // The words are the protocol: clients look for them, or for the code.
    private static let notFound = OperationRefusal(
        .persistedQueryUnknown, "PersistedQueryNotFound", code: GraphQLErrorCode("PERSISTED_QUERY_NOT_FOUND"))
    private static let notSupported = OperationRefusal(
        .persistedQueryUnknown, "PersistedQueryNotSupported", code: GraphQLErrorCode("PERSISTED_QUERY_NOT_SUPPORTED"))
}

extension GraphQLErrorCode {
    static let documentNotFound = GraphQLErrorCode("DOCUMENT_NOT_FOUND")
    static let documentNotTrusted = GraphQLErrorCode("DOCUMENT_NOT_TRUSTED")
}
