// Letters go out over SMTP (RFC 5321) by libcurl. There are few of them: each has a connection of its own on a thread that
// may block.

import CLibCurl

/// Hands letters to a mail server.
public struct SMTPClient: Sendable {
    /// Where the mail server is and who we are to it.
    public struct Configuration: Sendable {
        /// `smtp://host:port`, which begins TLS with STARTTLS, or `smtps://host:port`.
        public var url: String
        /// Who signs in; nil: nobody does.
        public var user: String?
        /// The password of `user`.
        public var password: String?
        /// A PEM file of the authorities to trust; nil: the system's.
        public var certificateAuthorities: String?
        /// How long a letter may take.
        public var timeout: Duration = .seconds(60)

        /// A server to which nobody signs in.
        public init(url: String) { self.url = url }
    }

    /// Why a letter was not taken.
    public struct Failure: Error, Sendable, CustomStringConvertible {
        /// Whether the server said that it will never take it.
        public let isFinal: Bool
        /// What libcurl said; for the log.
        public let message: String

        /// The message.
        public var description: String { message }
    }

    private let configuration: Configuration
    private let allowsPlain: Bool

    /// Makes a client; only mail servers on this machine may be talked to without TLS.
    ///
    /// - Throws: ``Failure`` when the URL is none of a mail server.
    public init(_ configuration: Configuration) throws {
        guard let url = CurlURL(configuration.url), ["smtp", "smtps"].contains(url.scheme) else {
            throw Failure(isFinal: true, message: "this is no smtp:// or smtps:// URL without a user")
        }
        self.configuration = configuration
        allowsPlain = url.isLoopback
    }

    /// Hands a letter over, and blocks until the server has taken the responsibility for it.
    ///
    /// - Throws: ``Failure``, or what `checkCancellation` throws, which is asked about once a second.
    public func send(_ message: MailMessage, checkCancellation: () throws -> Void) throws {
        CurlLibrary.start()
        let easy = try EasyHandle()
        try withoutActuallyEscaping(checkCancellation) { checkCancellation in
            let transfer = SMTPTransfer(message.bytes, checkCancellation)
            try withExtendedLifetime(transfer) {
                try easy.configure(message, configuration, allowsPlain: allowsPlain)
                easy.setLetter(Unmanaged.passUnretained(transfer).toOpaque())
                let code = curl_easy_perform(easy.pointer)
                if let stop = transfer.stop { throw stop }
                guard code != CURLE_OK else { return }
                // Of addresses and letters the server has the last word; of signing in and TLS the operator.
                let isRefusal = [CURLE_SEND_ERROR, CURLE_WEIRD_SERVER_REPLY].contains(code)
                throw Failure(
                    isFinal: isRefusal && 500...599 ~= easy.replyCode,
                    message: "\(easy.message(code)) (libcurl \(code.rawValue))")
            }
        }
    }
}

/// A letter on its way: what of it has gone, and whether anybody still waits.
///
/// On one thread.
private final class SMTPTransfer {
    private var rest: ArraySlice<UInt8>
    private let checkCancellation: () throws -> Void
    /// Why it was stopped.
    private(set) var stop: (any Error)?

    init(_ bytes: [UInt8], _ checkCancellation: @escaping () throws -> Void) {
        rest = bytes[...]
        self.checkCancellation = checkCancellation
    }

    /// Gives the next bytes; 0 at the end.
    func fill(_ buffer: UnsafeMutableRawBufferPointer) -> Int {
        let next = rest.prefix(buffer.count)
        buffer.copyBytes(from: next)
        rest = rest.dropFirst(next.count)
        return next.count
    }

    /// Whether libcurl is to go on.
    func goesOn() -> Bool {
        do {
            try checkCancellation()
            return true
        } catch {
            stop = error
            return false
        }
    }

    static func from(_ context: UnsafeMutableRawPointer?) -> SMTPTransfer? {
        context.map { Unmanaged<SMTPTransfer>.fromOpaque($0).takeUnretainedValue() }
    }
}

extension EasyHandle {
    /// Prepares everything but the letter's bytes.
    fileprivate func configure(
        _ message: MailMessage, _ configuration: SMTPClient.Configuration, allowsPlain: Bool
    ) throws {
        set(CURLOPT_URL, configuration.url)
        set(CURLOPT_PROTOCOLS_STR, "smtp,smtps")
        set(CURLOPT_USE_SSL, Int((allowsPlain ? CURLUSESSL_NONE : CURLUSESSL_ALL).rawValue))
        set(CURLOPT_MAIL_FROM, "<\(message.from)>")
        try set(CURLOPT_MAIL_RCPT, ["<\(message.to)>"])
        if let user = configuration.user {
            set(CURLOPT_USERNAME, user)
            set(CURLOPT_PASSWORD, configuration.password ?? "")
        }
        set(CURLOPT_UPLOAD, 1)
        setSecurity(certificateAuthorities: configuration.certificateAuthorities)
        setTimes(connecting: .seconds(10), whole: configuration.timeout)
        if let refused { throw SMTPClient.Failure(isFinal: true, message: self.message(refused)) }
    }

    /// Names who gives the letter and says whether to go on; unretained, so it must live as long as this works.
    fileprivate func setLetter(_ context: UnsafeMutableRawPointer) {
        clibcurl_set_callback(pointer, CURLOPT_READFUNCTION) { buffer, size, count, context in
            SMTPTransfer.from(context)?.fill(UnsafeMutableRawBufferPointer(start: buffer, count: size * count)) ?? 0
        }
        clibcurl_set_pointer(pointer, CURLOPT_READDATA, context)
        clibcurl_set_progress_callback(pointer) { context, _, _, _, _ in
            SMTPTransfer.from(context)?.goesOn() == true ? 0 : 1
        }
        clibcurl_set_pointer(pointer, CURLOPT_XFERINFODATA, context)
        clibcurl_set_long(pointer, CURLOPT_NOPROGRESS, 0)
    }

    /// The last reply of the server.
    fileprivate var replyCode: Int {
        var code = 0
        clibcurl_get_long(pointer, CURLINFO_RESPONSE_CODE, &code)
        return code
    }
}
