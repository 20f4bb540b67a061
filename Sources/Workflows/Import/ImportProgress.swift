import Database
import FoundationEssentials
import JSON

/// How an import goes on when something has become of some of its files.
enum ImportProgress {
    /// Begins what may be begun, ends the import when all its files have ended, and tells how far it is.
    ///
    /// The caller holds the lock of the import's row: one after the other counts what all others before it have written.
    static func proceed(_ importID: UUID, itemIDs: [UUID] = [], in transaction: Transaction) async throws {
        try await beginUnits(of: importID, in: transaction)
        let tally = try await ItemTally.settle(
            "imports", importID, items: "import_items", by: "import_id", in: transaction)
        guard let tally else { return }
        var payload = tally.payload
        try await ImportTokens.deleteUnneeded(importID, in: transaction)
        payload["importId"] = .string(importID.text)
        payload["itemIds"] = .array(itemIDs.map { .string($0.text) })
        try await EventStore.append(.importProgressed, .object(payload), to: .import(importID), in: transaction)
        try await tally.tellOfEnd(.importEnded, importID: importID, in: transaction)
    }

    private static func beginUnits(of importID: UUID, in transaction: Transaction) async throws {
        let begun = try await transaction.query(
            """
            with begun as (
                update import_items
                set status = 'RUNNING', started_at = now()
                where import_id = \(importID)
                and status = 'PENDING'
                and unit in (
                    select distinct unit
                    from import_items
                    where import_id = \(importID)
                    and status = 'PENDING'
                    order by unit
                    limit greatest(0, \(ImportStore.unitsAtOnce) - (
                        select count(distinct unit)
                        from import_items
                        where import_id = \(importID)
                        and status = 'RUNNING'
                    ))
                )
                returning unit
            )
            select distinct begun.unit, imports.attempts
            from begun
            join imports on imports.id = \(importID)
            order by begun.unit
            """)
        for row in begun {
            let key = ImportUnit.Key(importID: importID, unit: row.int(0), attempt: row.int(1))
            try await JobStore.enqueue(.importUnit, key: key.text, in: transaction)
        }
    }
}
