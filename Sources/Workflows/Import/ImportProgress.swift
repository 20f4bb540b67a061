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
        let row = try await transaction.queryFirst(
            """
            update imports
            set status = case
                    when counts.active > 0 then 'RUNNING'
                    when imports.cancel_requested_at is not null then 'CANCELLED'
                    when counts.succeeded = counts.total then 'COMPLETED'
                    when counts.succeeded > 0 then 'PARTIAL'
                    else 'FAILED'
                end,
                finished_at = case when counts.active = 0 then now() end
            from (
                select count(*) as total,
                    count(*) filter (where status in ('PENDING', 'RUNNING')) as active,
                    count(*) filter (where status = 'SUCCEEDED') as succeeded,
                    count(*) filter (where status = 'FAILED') as failed,
                    count(*) filter (where status = 'CANCELLED') as cancelled
                from import_items
                where import_id = \(importID)
            ) as counts
            where imports.id = \(importID)
            returning imports.status, counts.total, counts.succeeded, counts.failed, counts.cancelled, imports.source
            """)
        guard let row else { return }
        if row.string(5) == "DRIVE" { try await ImportTokens.deleteUnneeded(importID, in: transaction) }
        try await EventStore.append(
            .importProgressed,
            [
                "importId": .string(importID.text), "itemIds": .array(itemIDs.map { .string($0.text) }),
                "status": .string(row.string(0)), "total": .int(Int64(row.int(1))),
                "succeeded": .int(Int64(row.int(2))), "failed": .int(Int64(row.int(3))),
                "cancelled": .int(Int64(row.int(4))),
            ], to: .import(importID), in: transaction)
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
