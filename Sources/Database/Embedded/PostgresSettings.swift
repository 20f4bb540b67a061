import Glibc

/// The settings of an embedded server, for one program on one machine: durable, and modest with memory.
enum PostgresSettings {
    static func standard(socketDirectory: String, isThrowaway: Bool) -> [String: String] {
        let memory = physicalMemoryMegabytes()
        var settings = [
            // Only the socket, in a directory that nobody else may enter.
            "listen_addresses": "",
            "port": "5432",
            // A list, whose items are quoted when they have blanks or commas.
            "unix_socket_directories": "\"\(socketDirectory)\"",
            "unix_socket_permissions": "0700",
            "max_connections": "200",
            "shared_buffers": "\(min(512, max(64, memory / 8)))MB",
            "effective_cache_size": "\(max(256, memory / 2))MB",
            "work_mem": "16MB",
            "maintenance_work_mem": "128MB",
            // Solid-state disks are the rule.
            "random_page_cost": "1.1",
            "effective_io_concurrency": "64",
            "wal_compression": "on",
            "max_wal_size": "2GB",
            "checkpoint_completion_target": "0.9",
            // Compiling plans costs short statements more than it saves.
            "jit": "off",
            "timezone": "UTC",
            "log_timezone": "UTC",
            "log_min_duration_statement": "1000",
            "log_line_prefix": "%m [%p] %a ",
            "logging_collector": "off",
            "lc_messages": "C",
        ]
        if isThrowaway {
            settings["fsync"] = "off"
            settings["synchronous_commit"] = "off"
            settings["full_page_writes"] = "off"
            settings["shared_buffers"] = "64MB"
            settings["max_wal_size"] = "256MB"
            settings["log_min_duration_statement"] = "-1"
        }
        return settings
    }

    /// The text of a configuration file, in a stable order.
    static func text(_ settings: [String: String]) -> String {
        var text = "# Written at every start; changes here are lost.\n"
        for (name, value) in settings.sorted(by: { $0.key < $1.key }) {
            let quoted = value.map { $0 == "'" ? "''" : $0 == "\\" ? "\\\\" : String($0) }.joined()
            text += "\(name) = '\(quoted)'\n"
        }
        return text
    }

    private static func physicalMemoryMegabytes() -> Int {
        sysconf(Int32(_SC_PHYS_PAGES)) / 1024 * sysconf(Int32(_SC_PAGESIZE)) / 1024
    }
}
