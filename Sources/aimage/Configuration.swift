import Foundation
import GraphQL
import Logging
import Server
import Tracing
import Workflows

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
    /// How long what people have deleted can be brought back; nil: for ever.
    var retention = RetentionOptions.duration(days: RetentionOptions.defaultDays)
    /// How invitations are sent by e-mail; nil: they are not.
    var mailing: InvitationMailRun.Mailing?
    /// Scheme, host and port under which clients reach the server; nil: host and port as bound.
    var publicURL: String?
    /// The folder with GraphiQL's files; nil: no explorer.
    var graphiQL: String?
    /// Who is signed in in the explorer; nil: nobody.
    var demoEmail: String?
    /// What clients may ask for, and how much of it is remembered.
    var engine = EngineConfiguration()
    /// What the transports answer and take.
    var transports = TransportOptions()
    /// How long running requests may take when the server stops.
    var grace: Duration = .seconds(10)
    /// What operations must fulfil to run.
    var rules = AdmissionRules()
    /// How long a request may take.
    var requestTimeout: Duration = .seconds(30)
    /// How many requests a connection may bring.
    var requestsPerConnection = 10_000
    /// The exact origins of pages elsewhere that may use the API: `FRONTEND_ORIGINS`, separated by commas.
    var origins = Environment.list("FRONTEND_ORIGINS")
    /// How the cookies of a sign-in are set.
    var cookies = SignInCookies(sameSite: .strict)
    /// Metrics, proxies, listeners: what concerns those who run the server.
    var operations = OperationsConfiguration()
    /// Makes spans; nil: nothing is traced.
    var tracer: (any Tracer)?
    /// What clients that come without a proxy speak.
    var scheme: String { operations.certificates == nil ? "http" : "https" }
    /// Whether the schema can be read as pages: whoever may not ask for it may not read it either.
    var showsSchema: Bool { rules.introspection == .on }
}
