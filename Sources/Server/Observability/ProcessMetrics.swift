// Glibc's headers are also in this module, and the compiler finds the names of `sysconf` in either of the two.
import CLibWebSockets
import Glibc

/// What the kernel knows of this process (`/proc/self`), under the names that Prometheus clients use.
enum ProcessMetrics {
    /// Has the figures brought up to date at every exposition.
    static func attach(to registry: MetricsRegistry, version: String) {
        registry.gauge("build_info", [("version", version)]).set(Int64(1))
        registry.gauge("process_start_time_seconds").set(startTime() ?? 0)
        let cpu = registry.counter("process_cpu_seconds_total")
        let resident = registry.gauge("process_resident_memory_bytes")
        let virtual = registry.gauge("process_virtual_memory_bytes")
        let open = registry.gauge("process_open_fds")
        let limit = registry.gauge("process_max_fds")
        registry.collect {
            cpu.follow(cpuSeconds())
            let memory = ProcessMemory.now()
            virtual.set(Int64(memory.virtual))
            resident.set(Int64(memory.resident))
            open.set(Int64(descriptorCount()))
            var limits = rlimit()
            getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limits)
            limit.set(Double(limits.rlim_cur))
        }
    }

    private static func cpuSeconds() -> Double {
        var usage = rusage()
        getrusage(Int32(RUSAGE_SELF.rawValue), &usage)
        func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) * 1e-6 }
        return seconds(usage.ru_utime) + seconds(usage.ru_stime)
    }

    private static func descriptorCount() -> Int {
        guard let folder = opendir("/proc/self/fd") else { return 0 }
        defer { closedir(folder) }
        var count = 0
        while readdir(folder) != nil { count += 1 }
        // Neither `.` and `..` nor the descriptor of this very folder.
        return count - 3
    }

    /// Field 22 of `stat` counts clock ticks since the machine's start, whose time is in the line `btime` of `/proc/stat`.
    private static func startTime() -> Double? {
        guard let stat = KernelFile.text(of: "/proc/self/stat"), let machine = KernelFile.text(of: "/proc/stat") else {
            return nil
        }
        // The program's name in parentheses may hold blanks.
        let fields = stat.split(separator: ")").last?.split(separator: " ") ?? []
        let boot = machine.split(separator: "\n").first { $0.hasPrefix("btime ") }
        guard fields.count > 19, let ticks = Double(fields[19]), let boot, let booted = Double(boot.dropFirst(6)) else {
            return nil
        }
        return booted + ticks / Double(sysconf(Int32(_SC_CLK_TCK)))
    }
}
