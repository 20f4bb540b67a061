import Database
import FoundationEssentials

/// Makes entries of the registry of the files of a unit.
enum ImportedItems {
    /// Enters pictures; what is none, or is there already, fails by itself.
    static func enter(
        _ items: ImportStore.NewItems, of unit: ImportUnit, in transaction: Transaction
    ) async throws -> [UUID: ImportOutcome] {
        try await LiveRow.requireProject(unit.projectID, viewer: unit.viewer, transaction)
        var outcomes: [UUID: ImportOutcome] = [:]
        for file in unit.files {
            do {
                let assetID = try file.requireAsset()
                try await SubtaskStore.requirePicture(assetID, projectID: unit.projectID, in: transaction)
                let itemID = try await ItemStore.enter(
                    assetID, in: unit.projectID, description: items.description, tags: items.tags,
                    viewer: unit.viewer, transaction)
                outcomes[file.itemID] = .items([itemID], skipped: 0)
            } catch let error as WorkflowError where error.code == .invalidInput {
                outcomes[file.itemID] = ImportOutcome(error)
            }
        }
        return outcomes
    }

    /// Enters the pictures of a presentation.
    static func enter(
        _ items: ImportStore.NewItems, of deck: ImportedDeck, _ stored: [StoredFile], _ unit: ImportUnit,
        in transaction: Transaction
    ) async throws -> [UUID: ImportOutcome] {
        try await LiveRow.requireProject(unit.projectID, viewer: unit.viewer, transaction)
        var entries: [UUID] = []
        for assetID in try await deck.insertAssets(stored, of: unit, in: transaction) {
            entries.append(
                try await ItemStore.enter(
                    assetID, in: unit.projectID, description: items.description, tags: items.tags,
                    viewer: unit.viewer, transaction))
        }
        return Dictionary(
            uniqueKeysWithValues: unit.files.map { ($0.itemID, .items(entries, skipped: deck.skipped)) })
    }
}

extension ImportedDeck {
    /// Makes what is stored files of the project, and gives their ids in order.
    func insertAssets(
        _ stored: [StoredFile], of unit: ImportUnit, in transaction: Transaction
    ) async throws -> [UUID] {
        var assets: [UUID] = []
        for (file, stored) in zip(files, stored) {
            assets.append(
                try await stored.insertAsset(
                    projectID: unit.projectID, purpose: FilePurpose.subtaskContent.rawValue,
                    fileName: file.fileName, createdBy: unit.viewer, in: transaction))
        }
        return assets
    }
}
