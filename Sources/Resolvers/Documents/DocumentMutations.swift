import Database
import Foundation
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

    static func enterPictures(
        _ input: CreateItemsFromDocumentInput, _ call: FieldCall
    ) async throws -> Objects<CreateItemsFromDocumentPayloadType> {
        let viewer = try call.request.requireViewer()
        let document = try call.key(input.documentId, DocumentType.self)
        do {
            let entries = try await call.request.services.documents.enterPictures(
                viewer: viewer, documentID: document,
                pictureIDs: try call.keys(input.pictureIds, DocumentPictureType.self, field: ["pictureIds"]),
                tags: input.tags)
            return .one(CreateItemsFromDocumentPayloadSource(keys: entries))
        } catch let error as WorkflowError where error.code == .invalidInput {
            return .one(CreateItemsFromDocumentPayloadSource(problems: error.problems))
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

    static func cancel(
        _ input: CancelDocumentInput, _ call: FieldCall
    ) async throws -> Objects<CancelDocumentPayloadType> {
        try await call.change(input.documentId, DocumentType.self) { viewer, document in
            try await call.request.services.documents.cancel(viewer: viewer, documentID: document)
        }
    }

    static func retry(
        _ input: RetryDocumentInput, _ call: FieldCall
    ) async throws -> Objects<RetryDocumentPayloadType> {
        try await call.change(input.documentId, DocumentType.self) { viewer, document in
            try await call.request.services.documents.retry(viewer: viewer, documentID: document)
        }
    }
}

/// The object of `CreateItemsFromDocumentPayload`.
struct CreateItemsFromDocumentPayloadSource: ObjectSource {
    typealias Object = CreateItemsFromDocumentPayloadType

    var keys: [UUID] = []
    var problems: [InputProblem] = []

    static let fields = ChangePayloadFields<CreateItemsFromDocumentPayloadType>(
        changed: { (payloads: [CreateItemsFromDocumentPayloadSource], call) in
            try await call.each(payloads, { $0.keys }, as: ItemRow.self)
        },
        userErrors: { (payloads: [CreateItemsFromDocumentPayloadSource]) in
            Objects(lists: payloads.map { $0.problems.map(UserErrorSource.init) })
        })
}
