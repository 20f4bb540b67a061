import CLibWebSockets
import Glibc
import Synchronization

/// How much memory the program may use before it refuses work instead of being killed for it.
///
/// Shared by all loops. What counts is the process's resident memory, which holds everything there is: bodies, answers,
/// queues, plans, pictures. It is looked at ten times a second.
public final class MemoryBudget: Sendable {
    /// How often to look.
    public static let interval = Duration.milliseconds(100)

    /// The most bytes; nil: any amount.
    public let maximumBytes: Int?
    private let isOver = Atomic(false)

    /// A budget of so many bytes.
    public init(maximumBytes: Int?) {
        self.maximumBytes = maximumBytes
    }

    /// Whether new work should be refused.
    public var isExhausted: Bool { isOver.load(ordering: .relaxed) }

    /// Looks at the process's memory.
    public func look() {
        guard maximumBytes != nil else { return }
        look(resident: Self.residentBytes())
        guard isExhausted else { return }
        // The allocator keeps what was freed for later; now is the time to give it back, and to look again.
        aimage_release_free_memory()
        look(resident: Self.residentBytes())
    }

    func look(resident bytes: Int) {
        guard let maximumBytes else { return }
        isOver.store(bytes > maximumBytes, ordering: .relaxed)
    }

    /// The refusal of a request while there is no memory for it; nil if there is.
    ///
    /// Whoever asks for the server's health is answered in any case.
    public func refusal(of request: HTTPRequest) -> HTTPResponse? {
        guard isExhausted, !["/healthz", "/readyz", "/metrics"].contains(request.path) else { return nil }
        var response = HTTPResponse.failure(503, "The server has no memory left for this.", code: "OVERLOADED")
        response.headers.add("Retry-After", "1")
        return response
    }

    /// The process's resident memory in bytes (`/proc/self/statm`); 0 when it cannot be read.
    static func residentBytes() -> Int {
        let file = open("/proc/self/statm", O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return 0 }
        defer { close(file) }
        return withUnsafeTemporaryAllocation(byteCount: 128, alignment: 1) { buffer in
            let count = read(file, buffer.baseAddress, buffer.count)
            guard count > 0 else { return 0 }
            let words = String(decoding: buffer[..<count], as: UTF8.self).split(separator: " ")
            return words.count > 1 ? (Int(words[1]) ?? 0) * sysconf(Int32(_SC_PAGESIZE)) : 0
        }
    }
}
