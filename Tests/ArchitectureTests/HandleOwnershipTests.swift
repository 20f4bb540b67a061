import Testing

// One free per C handle: the function that ends a C object's life is called by the object's one owner only, so that
// "freed twice" and "freed while in use" can be judged by reading one file.

/// A C function that ends the life of an object, and the only files that may name it.
struct HandleOwner: Sendable, CustomTestStringConvertible {
    let function: String
    let owners: [String]

    var testDescription: String { function }

    /// Every such function of the libraries in use.
    static let all: [HandleOwner] = [
        HandleOwner(function: "PQfinish", owners: ["Sources/Database/ConnectionHandle.swift"]),
        HandleOwner(function: "PQclear", owners: ["Sources/Database/ResultHandle.swift"]),
        HandleOwner(function: "PQfreeCancel", owners: ["Sources/Database/Cancellation.swift"]),
        HandleOwner(function: "curl_easy_cleanup", owners: ["Sources/Clients/HTTP/EasyHandle.swift"]),
        HandleOwner(function: "curl_multi_cleanup", owners: ["Sources/Clients/HTTP/MultiHandle.swift"]),
        HandleOwner(function: "curl_url_cleanup", owners: ["Sources/Clients/HTTP/CurlURL.swift"]),
        HandleOwner(function: "lws_context_destroy", owners: ["Sources/Server/WebSockets/LWSContext.swift"]),
        // Also where the loop is made, for when that fails half-way.
        HandleOwner(
            function: "uv_loop_close",
            owners: ["Sources/EventLoop/Loop+Lifecycle.swift", "Sources/EventLoop/Loop.swift"]),
        HandleOwner(function: "cvips_unref", owners: ["Sources/Imaging/VipsImageHandle.swift"]),
        HandleOwner(function: "SSL_CTX_free", owners: ["Sources/Server/TLS/TLSContext.swift"]),
        HandleOwner(function: "SSL_free", owners: ["Sources/Server/TLS/TLSSession.swift"]),
        HandleOwner(function: "EVP_MD_CTX_free", owners: ["Sources/Hashing/SHA256.swift"]),
        HandleOwner(function: "EVP_CIPHER_CTX_free", owners: ["Sources/Hashing/TextSeal.swift"]),
        HandleOwner(function: "zip_close", owners: ["Sources/Archive/ArchiveHandle.swift"]),
        HandleOwner(function: "zip_discard", owners: ["Sources/Archive/ArchiveHandle.swift"]),
    ]

    /// The places outside the owners where the function is named in code.
    func strangers(in files: [SourceFile]) -> [String] {
        files.filter { !owners.contains($0.path) }.flatMap { file in
            file.codeLines.enumerated().filter { names($0.element) }.map { file.place($0.offset) }
        }
    }

    /// Whether a line of code names the function, as a whole word.
    func names(_ line: String) -> Bool {
        line.mentions(function) && line.split { !($0.isLetter || $0.isNumber || $0 == "_") }.contains { $0 == function }
    }
}

@Suite("C handles")
struct HandleOwnershipTests {
    @Test("A C object is freed by its owner only", arguments: HandleOwner.all)
    func freedByItsOwnerOnly(owner: HandleOwner) throws {
        let strangers = owner.strangers(in: try SourceTree.sources())
        #expect(strangers.isEmpty, "\(owner.function) belongs in \(owner.owners), and is in \(strangers)")
    }

    @Test("Every owner frees what it owns", arguments: HandleOwner.all)
    func everyOwnerFrees(owner: HandleOwner) throws {
        let files = try SourceTree.sources().filter { owner.owners.contains($0.path) }
        #expect(files.contains { $0.codeLines.contains(where: owner.names) }, "\(owner.function) is never called")
    }

    @Test("A call in a stranger's file is found, and a comment is not a call")
    func strangersAreFound() {
        let owner = HandleOwner(function: "PQclear", owners: ["Sources/Database/ResultHandle.swift"])
        let text = "// PQclear(a)\nlet n = PQclearing\nPQclear(b)\n"
        let stranger = SourceFile(path: "Sources/Database/Connection.swift", text: text)
        let own = SourceFile(path: "Sources/Database/ResultHandle.swift", text: text)
        #expect(owner.strangers(in: [stranger, own]) == ["Sources/Database/Connection.swift:3"])
    }
}
