import Database
import Foundation
import GraphQL
import Schema

/// The object of `BatchJobCounts` and `ImportCounts`: what has become of the items.
struct ItemCountsSource<Object: ObjectTypeTag>: ObjectSource {
    var total: Int32 = 0
    var succeeded: Int32 = 0
    var failed: Int32 = 0
    var cancelled: Int32 = 0

    var processed: Int32 { succeeded + failed + cancelled }

    /// Counts the items of all parents by one statement; `column` is that of `items` which refers to them.
    static func load<Parent: Entity>(
        _ parents: [Parent], items: String, by column: String, _ call: FieldCall
    ) async throws -> Objects<Object> {
        let rows = try await call.request.services.pool.query(
            """
            select \(unsafeSQL: column), count(*), count(*) filter (where status = 'SUCCEEDED'),
                count(*) filter (where status = 'FAILED'), count(*) filter (where status = 'CANCELLED')
            from \(unsafeSQL: items)
            where \(unsafeSQL: column) = any(\(parents.map(\.key)))
            group by \(unsafeSQL: column)
            """)
        var counts: [UUID: ItemCountsSource] = [:]
        for row in rows {
            counts[row.uuid(0)] = ItemCountsSource(
                total: row.int32(1), succeeded: row.int32(2), failed: row.int32(3), cancelled: row.int32(4))
        }
        return Objects(parents.map { counts[$0.key] ?? ItemCountsSource() })
    }

    /// What events say of their progress.
    static func told<Event: EventSource>(by events: [Event]) -> Objects<Object> {
        Objects(
            events.map { event in
                ItemCountsSource(
                    total: event.count("total"), succeeded: event.count("succeeded"), failed: event.count("failed"),
                    cancelled: event.count("cancelled"))
            })
    }
}

extension ItemCountsSource where Object == BatchJobCountsType {
    static var fields: BatchJobCountsFields<ItemCountsSource> {
        BatchJobCountsFields(
            total: { $0.total }, processed: { $0.processed }, succeeded: { $0.succeeded }, failed: { $0.failed },
            cancelled: { $0.cancelled })
    }
}

extension ItemCountsSource where Object == ImportCountsType {
    static var fields: ImportCountsFields<ItemCountsSource> {
        ImportCountsFields(
            total: { $0.total }, processed: { $0.processed }, succeeded: { $0.succeeded }, failed: { $0.failed },
            cancelled: { $0.cancelled })
    }
}
