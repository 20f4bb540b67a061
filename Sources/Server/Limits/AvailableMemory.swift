// Glibc's headers are also in this module, and the compiler finds the names of `sysconf` in either of the two.
import CLibWebSockets
import Glibc

/// How much memory the program could use at most.
enum AvailableMemory {
    /// The machine's memory, or less if a control group allows less.
    ///
    /// `text` reads a file of the kernel's; nil when there is none.
    static func bytes(text: (String) -> String? = KernelFile.text(of:)) -> Int {
        let machine = sysconf(Int32(_SC_PHYS_PAGES)) * sysconf(Int32(_SC_PAGESIZE))
        return files(text).compactMap { text($0).flatMap(limit) }.reduce(machine, min)
    }

    /// Where limits may stand: those of version 2 for the group itself and for the root of a container's view, and the
    /// one of version 1 (cgroups(7)).
    private static func files(_ text: (String) -> String?) -> [String] {
        let lines = (text("/proc/self/cgroup") ?? "").split(separator: "\n")
        let group = lines.first { $0.hasPrefix("0::") }?.dropFirst(3) ?? "/"
        return [
            "/sys/fs/cgroup\(group)/memory.max", "/sys/fs/cgroup/memory.max",
            "/sys/fs/cgroup/memory/memory.limit_in_bytes",
        ]
    }

    /// The number of a limit's file; nil for the word `max`.
    private static func limit(_ text: String) -> Int? { Int(text.prefix { $0 != "\n" }) }
}
