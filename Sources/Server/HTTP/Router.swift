public import EventLoop

/// Who answers which path and method: a table that the parts of an application fill.
///
/// A path without an entry is 404, a method without one 405 with `Allow`; `HEAD` is answered wherever `GET` is, unless
/// it has an entry of its own.
public struct Router: Sendable {
    /// Makes the answer to a request whose body, if it may have one, is complete.
    public typealias Answer = @Sendable (HTTPRequest) async -> HTTPResponse
    /// Looks at a head before anything else; an answer of its own ends the request.
    public typealias Guard = @Sendable (HTTPRequest) -> HTTPResponse?

    /// What one method does at one path.
    struct Endpoint: Sendable {
        let decide: @Sendable (HTTPRequest) -> RequestDisposition
        let answer: Answer
    }

    /// What a path is for.
    private struct Methods: Sendable {
        private var endpoints: [String: Endpoint] = [:]
        /// The methods, sorted.
        private(set) var allowed: [String] = []

        subscript(_ method: String) -> Endpoint? {
            endpoints[method] ?? (method == "HEAD" ? endpoints["GET"] : nil)
        }

        mutating func set(_ method: String, _ endpoint: Endpoint) {
            endpoints[method] = endpoint
            allowed = Set(endpoints.keys).union(endpoints["GET"] == nil ? [] : ["HEAD"]).sorted()
        }
    }

    private var paths: [String: Methods] = [:]
    /// Those that end in a slash match everything below it.
    private var prefixes: [(prefix: String, methods: Methods)] = []
    private var guards: [Guard] = []

    /// A router without paths.
    public init() {}

    /// Adds an answer; a path that ends in `/` (other than the root) stands for everything below it.
    ///
    /// A body of more than `maximumBytes` is 413.
    public mutating func on(_ method: String, _ path: String, maximumBytes: Int = 0, _ answer: @escaping Answer) {
        add(method, path, Endpoint(decide: { _ in .buffer(maximumBytes: maximumBytes) }, answer: answer))
    }

    /// Adds a decision from the head alone; if it is to collect the body, `answer` follows.
    public mutating func on(
        _ method: String, _ path: String, decide: @escaping @Sendable (HTTPRequest) -> RequestDisposition,
        _ answer: @escaping Answer = { _ in Router.notFound }
    ) {
        add(method, path, Endpoint(decide: decide, answer: answer))
    }

    /// Adds a look at every request, in the order of the calls.
    public mutating func before(_ look: @escaping Guard) {
        guards.append(look)
    }

    private mutating func add(_ method: String, _ path: String, _ endpoint: Endpoint) {
        guard path.hasSuffix("/"), path != "/" else {
            paths[path, default: Methods()].set(method, endpoint)
            return
        }
        if let known = prefixes.firstIndex(where: { $0.prefix == path }) {
            prefixes[known].methods.set(method, endpoint)
        } else {
            var methods = Methods()
            methods.set(method, endpoint)
            prefixes.append((path, methods))
        }
    }

    /// What becomes of a request, from its head.
    func route(_ request: HTTPRequest) -> RequestDisposition {
        for look in guards {
            if let answer = look(request) { return .respond(answer) }
        }
        // What does not belong here is refused before a body is read.
        guard let methods = methods(at: request.path) else { return .respond(Self.notFound) }
        guard let endpoint = methods[request.method] else { return .respond(Self.notAllowed(methods.allowed)) }
        return endpoint.decide(request)
    }

    /// Answers a request whose body was collected.
    func answer(_ request: HTTPRequest) async -> HTTPResponse {
        guard let endpoint = methods(at: request.path)?[request.method] else { return Self.notFound }
        return await endpoint.answer(request)
    }

    /// A server of these paths alone.
    public func server(loop: Loop, configuration: HTTPServerConfiguration) -> HTTPServer {
        HTTPServer(loop: loop, configuration: configuration, route: { route($0) }, handle: { await answer($0) })
    }

    /// The methods that a path is for, sorted; nil if there is no such path.
    public func methods(of path: String) -> [String]? { methods(at: path)?.allowed }

    private func methods(at path: String) -> Methods? {
        paths[path] ?? prefixes.first { path.hasPrefix($0.prefix) }?.methods
    }

    /// The answer where nothing is.
    public static let notFound = HTTPResponse.failure(404, "There is nothing at this path.")

    /// The answer to a method that a path is not for (RFC 9110 §15.5.6).
    public static func notAllowed(_ methods: [String]) -> HTTPResponse {
        let methods = methods.joined(separator: ", ")
        var response = HTTPResponse.failure(405, "This path is for \(methods).")
        response.headers.add("Allow", methods)
        return response
    }
}
