import Clients
import Foundation
import GraphQL
import Schema
import Workflows

/// The object of `UploadTicket`.
struct UploadTicketSource: ObjectSource {
    typealias Object = UploadTicketType

    let ticket: UploadStore.Ticket
    let url: String

    init(_ ticket: UploadStore.Ticket, _ urls: FileURLs) {
        self.ticket = ticket
        url = urls.url(
            .upload(id: ticket.uploadID, contentType: ticket.mediaType, maximumBytes: ticket.maximumBytes),
            validForSeconds: ticket.validForSeconds)
    }

    static let fields = UploadTicketFields<UploadTicketSource>(
        asset: { tickets, call in try await call.one(tickets, { $0.ticket.assetID }, as: AssetRow.self) },
        url: { URLScalar(unchecked: $0.url) },
        method: { _ in .put },
        headers: { tickets in
            Objects(lists: tickets.map { [HttpHeaderSource(name: "Content-Type", value: $0.ticket.mediaType)] })
        },
        maximumBytes: { Int32(clamping: $0.ticket.maximumBytes) },
        expiresAt: { DateTimeScalar($0.ticket.expiresAt) })
}

/// The object of `HttpHeader`.
struct HttpHeaderSource: ObjectSource {
    typealias Object = HttpHeaderType

    let name: String
    let value: String

    static let fields = HttpHeaderFields<HttpHeaderSource>(name: { Text($0.name) }, value: { Text($0.value) })
}
