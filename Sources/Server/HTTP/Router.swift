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

    private var paths: [String: [String: Endpoint]] = [:]
    /// Those that end in a slash match everything below it.
    private var prefixes: [(prefix: String, methods: [String: Endpoint])] = []
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
            paths[path, default: [:]][method] = endpoint
            return
        }
        if let known = prefixes.firstIndex(where: { $0.prefix == path }) {
            prefixes[known].methods[method] = endpoint
        } else {
            prefixes.append((path, [method: endpoint]))
        }
    }

    /// What becomes of a request, from its head.
    func route(_ request: HTTPRequest) -> RequestDisposition {
        for look in guards {
            if let answer = look(request) { return .respond(answer) }
        }
        // What does not belong here is refused before a body is read.
        guard let methods = methods(at: request.path) else { return .respond(Self.notFound) }
        guard let endpoint = Self.endpoint(request.method, in: methods) else {
            return .respond(Self.notAllowed(Self.allowed(methods)))
        }
        return endpoint.decide(request)
    }

    /// Answers a request whose body was collected.
    func answer(_ request: HTTPRequest) async -> HTTPResponse {
        guard let methods = methods(at: request.path), let endpoint = Self.endpoint(request.method, in: methods)
        else { return Self.notFound }
        return await endpoint.answer(request)
    }

    /// A server of these paths alone.
    public func server(loop: Loop, configuration: HTTPServerConfiguration) -> HTTPServer {
        HTTPServer(loop: loop, configuration: configuration, route: { route($0) }, handle: { await answer($0) })
    }

    /// The methods that a path is for, sorted; nil if there is no such path.
    public func methods(of path: String) -> [String]? { methods(at: path).map(Self.allowed) }

    private func methods(at path: String) -> [String: Endpoint]? {
        paths[path] ?? prefixes.first { path.hasPrefix($0.prefix) }?.methods
    }

    private static func endpoint(_ method: String, in methods: [String: Endpoint]) -> Endpoint? {
        methods[method] ?? (method == "HEAD" ? methods["GET"] : nil)
    }

    private static func allowed(_ methods: [String: Endpoint]) -> [String] {
        var names = Set(methods.keys)
        if names.contains("GET") { names.insert("HEAD") }
        return names.sorted()
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
