import Database
import GraphQL
import Schema
import Workflows

/// The mutations of documents.
enum DocumentMutations {
    static func create(
        _ input: CreateDocumentInput, _ call: FieldCall
    ) async throws -> Objects<CreateDocumentPayloadType> {
        try await call.make(in: input.projectId, ProjectType.self) { viewer, project in
            try await call.request.services.documents.create(
                viewer: viewer, projectID: project,
                assetID: try call.chosenKey(input.assetId, AssetType.self, field: ["assetId"]), name: input.name,
                description: input.description)
        }
    }

    static func update(
        _ input: UpdateDocumentInput, _ call: FieldCall
    ) async throws -> Objects<UpdateDocumentPayloadType> {
        try await call.change(input.documentId, DocumentType.self) { viewer, document in
            try await call.request.services.documents.update(
                viewer: viewer, documentID: document, name: input.name, description: input.description,
                expectedUpdatedAt: input.expectedUpdatedAt.map { Timestamp($0) })
        }
    }

    static func delete(
        _ input: DeleteDocumentInput, _ call: FieldCall
    ) async throws -> Objects<DeleteDocumentPayloadType> {
        try await call.delete(input.documentId, DocumentType.self) { viewer, document in
            try await call.request.services.documents.setDeleted(
                viewer: viewer, documentID: document, isDeleted: true)
        }
    }

    static func restore(
        _ input: RestoreDocumentInput, _ call: FieldCall
    ) async throws -> Objects<RestoreDocumentPayloadType> {
        try await call.change(input.documentId, DocumentType.self) { viewer, document in
            try await call.request.services.documents.setDeleted(
                viewer: viewer, documentID: document, isDeleted: false)
        }
    }
}
