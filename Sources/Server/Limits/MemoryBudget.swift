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

    /// Half of what the machine, or the container that the program runs in, has.
    ///
    /// The other half is for an embedded Postgres, for the kernel's buffers and for what a look every tenth of a second
    /// sees too late.
    public static var standard: MemoryBudget { MemoryBudget(maximumBytes: AvailableMemory.bytes() / 2) }

    /// A budget of so many bytes.
    public init(maximumBytes: Int?) {
        self.maximumBytes = maximumBytes
    }

    /// Whether new work should be refused.
    public var isExhausted: Bool { isOver.load(ordering: .relaxed) }

    /// Looks at the process's memory.
    public func look() {
        guard maximumBytes != nil else { return }
        look(resident: ProcessMemory.now().resident)
        guard isExhausted else { return }
        // The allocator keeps what was freed for later; now is the time to give it back, and to look again.
        aimage_release_free_memory()
        look(resident: ProcessMemory.now().resident)
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
}
