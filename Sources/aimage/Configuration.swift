import Foundation
import GraphQL
import Logging

/// Everything about a server that can be chosen, typed, with its default.
struct Configuration: Sendable {
    var host = "127.0.0.1"
    var port = 8080
    /// How many event loops serve, each with its own connections.
    var loops = 1
    /// Whether jobs run in this process too.
    var runsWorker = true
    /// How many jobs run at once.
    var concurrentJobs = 2
    /// Scheme, host and port under which clients reach the server; nil: host and port as bound.
    var publicURL: String?
    /// The folder with GraphiQL's files; nil: no explorer.
    var graphiQL: String?
    /// Who is signed in in the explorer; nil: nobody.
    var demoEmail: String?
    /// What clients may ask for, and how much of it is remembered.
    var engine = EngineConfiguration()
    /// How long running requests may take when the server stops.
    var grace: Duration = .seconds(10)
    /// How long tokens are good for, in seconds.
    static let tokenLifetime: TimeInterval = 30 * 24 * 3600
}
