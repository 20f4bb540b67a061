// Glibc's headers are also in this module, and the compiler finds the names of `sysconf` in either of the two.
import CLibWebSockets
import Glibc

/// The memory of this process in bytes (`/proc/self/statm`).
struct ProcessMemory {
    /// All addresses.
    let virtual: Int
    /// What is really there.
    let resident: Int

    /// What the kernel says at this moment; zeros when it says nothing.
    static func now() -> ProcessMemory {
        let pages = (KernelFile.text(of: "/proc/self/statm") ?? "").split(separator: " ").compactMap { Int($0) }
        guard pages.count > 1 else { return ProcessMemory(virtual: 0, resident: 0) }
        let pageBytes = sysconf(Int32(_SC_PAGESIZE))
        return ProcessMemory(virtual: pages[0] * pageBytes, resident: pages[1] * pageBytes)
    }
}
