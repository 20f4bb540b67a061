import Foundation
import Synchronization

/// A real mail server on 127.0.0.1 that keeps what it is given, and refuses what RFC 5321 and RFC 5322 forbid.
public final class MailServer: Sendable {
    /// A letter that was taken.
    public struct Letter: Sendable {
        /// Who sends it, by the envelope.
        public let from: String
        /// Who gets it, by the envelope.
        public let to: [String]
        /// The lines without their ends.
        public let lines: [String]

        /// The value of a header field, its lines put together; nil without it.
        public func field(_ name: String) -> String? {
            let head = lines.prefix { !$0.isEmpty }
            guard let first = head.firstIndex(where: { $0.hasPrefix("\(name): ") }) else { return nil }
            let more = head[(first + 1)...].prefix { $0.hasPrefix(" ") }
            return String(head[first].dropFirst(name.count + 2)) + more.joined()
        }

        /// The text, decoded.
        public var text: String {
            let body = lines.drop { !$0.isEmpty }.joined()
            return Data(base64Encoded: body).map { String(decoding: $0, as: UTF8.self) } ?? "not Base64"
        }
    }

    private struct State {
        var letters: [Letter] = []
        var commands: [String] = []
        var sockets: Set<Int32> = []
        var isStopped = false
    }

    /// `smtp://127.0.0.1:PORT`.
    public let url: String
    private let listening: Int32
    private let reply: @Sendable (String) -> String?
    private let state = Mutex(State())

    /// Starts a server.
    ///
    /// `reply` may answer a command in its place; "." is the end of a letter, an empty answer is none at all.
    public init(_ reply: @escaping @Sendable (String) -> String? = { _ in nil }) throws {
        let socket = try LoopbackSocket()
        listening = socket.descriptor
        url = "smtp://127.0.0.1:\(socket.port)"
        self.reply = reply
        Thread.detachNewThread { self.acceptConnections() }
    }

    /// The letters so far.
    public var letters: [Letter] { state.withLock { $0.letters } }

    /// The commands so far.
    public var commands: [String] { state.withLock { $0.commands } }

    /// Closes every connection and takes no more; idempotent.
    public func stop() {
        state.withLock { state in
            guard !state.isStopped else { return }
            state.isStopped = true
            for socket in state.sockets { shutdown(socket, Int32(SHUT_RDWR)) }
            shutdown(listening, Int32(SHUT_RDWR))
        }
    }

    private func acceptConnections() {
        while true {
            let socket = accept(listening, nil, nil)
            guard socket >= 0 else { break }
            let isWelcome = state.withLock { state in
                guard !state.isStopped else { return false }
                state.sockets.insert(socket)
                return true
            }
            guard isWelcome else {
                close(socket)
                continue
            }
            Thread.detachNewThread { self.serve(socket) }
        }
        close(listening)
    }

    private func serve(_ socket: Int32) {
        guard let stream = fdopen(socket, "r+") else { return }
        var session = MailSession()
        func say(_ text: String) {
            guard !text.isEmpty else { return }
            _ = (text + "\r\n").withCString { send(socket, $0, strlen($0), Int32(MSG_NOSIGNAL)) }
        }
        say("220 test ESMTP")
        var line: UnsafeMutablePointer<CChar>?
        var capacity = 0
        defer { free(line) }
        while true {
            let count = getline(&line, &capacity, stream)
            guard count > 0, let line else { break }
            let bytes = UnsafeRawBufferPointer(start: line, count: count)
            let text = String(decoding: bytes, as: UTF8.self)
            if !session.isInLetter { state.withLock { $0.commands.append(text.trimmingCharacters(in: .newlines)) } }
            let isCommand = !session.isInLetter || text == ".\r\n"
            let given = isCommand ? reply(text.trimmingCharacters(in: .newlines)) : nil
            let answer = session.take(Array(bytes), instead: given)
            if let letter = session.taken { state.withLock { $0.letters.append(letter) } }
            if let answer { say(answer) }
            if answer?.hasPrefix("221") == true { break }
        }
        state.withLock { _ = $0.sockets.remove(socket) }
        fclose(stream)
    }
}

/// What one client has said so far.
private struct MailSession {
    private var from: String?
    private var to: [String] = []
    private var lines: [String] = []
    private(set) var isInLetter = false
    /// The letter that the last line has completed.
    private(set) var taken: MailServer.Letter?

    /// Takes a line with its end, and gives the answer; `given` takes the place of a good one.
    mutating func take(_ bytes: [UInt8], instead given: String?) -> String? {
        taken = nil
        guard bytes.suffix(2) == [13, 10], !bytes.dropLast(2).contains(where: { $0 == 13 || $0 == 10 || $0 == 0 })
        else {
            return "500 lines end with CR LF"
        }
        guard bytes.count <= 1000, bytes.allSatisfy({ $0 < 128 }) else { return "500 too long, or not ASCII" }
        let line = String(decoding: bytes.dropLast(2), as: UTF8.self)
        return isInLetter ? letterLine(line, given) : command(line, given)
    }

    private mutating func command(_ line: String, _ given: String?) -> String? {
        if line.hasPrefix("EHLO ") { return given ?? "250 test" }
        if let match = line.wholeMatch(of: /MAIL FROM:<([^<>@\s]+@[^<>@\s]+)>/) {
            from = String(match.1)
            return given ?? "250 sender"
        }
        if from != nil, let match = line.wholeMatch(of: /RCPT TO:<([^<>@\s]+@[^<>@\s]+)>/) {
            if given == nil { to.append(String(match.1)) }
            return given ?? "250 recipient"
        }
        if line == "DATA", !to.isEmpty {
            isInLetter = given == nil
            return given ?? "354 go on"
        }
        return line == "QUIT" ? given ?? "221 bye" : "503 not now: \(line)"
    }

    private mutating func letterLine(_ line: String, _ given: String?) -> String? {
        guard line == "." else {
            lines.append(line.hasPrefix(".") ? String(line.dropFirst()) : line)
            return nil
        }
        defer { (from, to, lines, isInLetter) = (nil, [], [], false) }
        let letter = MailServer.Letter(from: from ?? "", to: to, lines: lines)
        for name in ["Date", "From", "To", "Message-ID", "Subject"] where letter.field(name) == nil {
            return "554 no \(name)"
        }
        let head = lines.prefix { !$0.isEmpty }
        let names = head.filter { !$0.hasPrefix(" ") }.map { $0.prefix { $0 != ":" } }
        guard Set(names).count == names.count else { return "554 a field twice" }
        if let given { return given }
        taken = letter
        return "250 taken"
    }
}
