// From a complete head to what becomes of the request: an answer, a body to collect or to stream, a WebSocket.
extension HTTPConnection {
    func decide(_ head: HTTPRequestHead) {
        let request = HTTPRequest(
            head: head, peer: remoteAddress, id: server.nextRequestID(), configuration: server.configuration)
        let exchange = HTTPExchange(connection: self, request: request, isOldClient: head.minorVersion == 0)
        self.exchange = exchange
        requestCount += 1
        if requestCount >= server.configuration.maximumRequestsPerConnection { machine.closeAfterAnswer() }
        switch WebSocketHandshake.examine(request, head: head) {
        case .none:
            route(request, head: head, exchange)
        case .refused(let response):
            answer(exchange, response)
        case .offered(let handshake):
            if server.isStopping {
                answer(exchange, .failure(503, "The server is stopping; connect again."))
            } else if !upgrade(request, handshake) {
                route(request, head: head, exchange)
            }
        }
    }

    private func route(_ request: HTTPRequest, head: HTTPRequestHead, _ exchange: HTTPExchange) {
        switch server.route(request) {
        case .buffer(let maximumBytes):
            machine.decided(.collect(maximumBytes: maximumBytes))
            // What the client announces is believed up to a limit only; beyond it the body grows as it comes.
            if case .length(let count) = head.framing { exchange.reserveBody(min(count, maximumBytes, 1_048_576)) }
        case .stream(let sink):
            machine.decided(.stream)
            exchange.run(sink)
        case .respond(let response):
            answer(exchange, response)
        }
    }

    private func answer(_ exchange: HTTPExchange, _ response: HTTPResponse) {
        machine.decided(.answerNow)
        exchange.respond(response)
    }

    /// Hands the socket to libwebsockets if somebody wants to speak with it; false if nobody does.
    private func upgrade(_ request: HTTPRequest, _ handshake: WebSocketHandshake) -> Bool {
        guard let context = server.webSockets else { return false }
        let subprotocol = handshake.choose(from: server.configuration.webSocketSubprotocols)
        let connection = WebSocketConnection(context: context, subprotocol: subprotocol)
        guard let handler = server.webSocket(request, connection) else { return false }
        connection.handler = handler
        let rest = handOver()
        guard let socket = channel.webSocketEnd(loop: loop, scratch: server.scratch) else {
            connection.didClose()
            return true
        }
        context.adopt(connection, socket: socket, head: handshake.head(subprotocol: subprotocol), rest: rest)
        return true
    }
}
