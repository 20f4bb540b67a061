package import Glibc

/// Runs programs and waits for them: blocking, for threads of the blocking pool only.
///
/// Each program gets a session of its own, so that the terminal's Ctrl-C does not reach it, the root directory and a
/// small fixed environment.
package enum ProgramRunner {
    /// What a program left behind.
    package struct Outcome: Sendable {
        /// The exit status; -1 if a signal ended it.
        package let status: Int32
        /// Standard output and error together.
        package let output: String
    }

    /// Runs to the end; a program that takes longer than `deadline` is killed and counts as failed.
    package static func run(_ command: [String], deadline: Duration) throws -> Outcome {
        let name = command.first ?? ""
        let output = try temporaryFile()
        defer { close(output) }
        let process = try spawn(command, standardInput: nil, standardOutput: output)
        let end = ContinuousClock.now.advanced(by: deadline)
        var status: Int32 = 0
        while true {
            let ended = waitpid(process, &status, WNOHANG)
            if ended == process { break }
            guard ended == 0 || errno == EINTR else { throw failure("waitpid for \(name)", errno) }
            if ContinuousClock.now >= end {
                kill(process, SIGKILL)
                waitpid(process, &status, 0)
                throw DatabaseError(.embeddedServerFailed, "\(name) did not end within \(deadline)")
            }
            usleep(5_000)
        }
        let exited = status & 0x7f == 0
        return Outcome(status: exited ? (status >> 8) & 0xff : -1, output: contents(of: output))
    }

    /// Starts a program and returns its process id; the caller waits for it or leaves it to run.
    package static func spawn(
        _ command: [String], standardInput: Int32?, standardOutput: Int32?
    ) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }

        set(standardInput, as: 0, flags: O_RDONLY, &actions)
        set(standardOutput, as: 1, flags: O_WRONLY, &actions)
        set(standardOutput, as: 2, flags: O_WRONLY, &actions)
        // A thread of ours may have blocked signals or ignored SIGPIPE: the program must not inherit that.
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setflags(&attributes, spawnFlags)
        // The user that Postgres runs as may not be able to enter our directory. Each step of the chain replaces itself.
        let command = ["/usr/bin/env", "--chdir=/"] + command

        var process: pid_t = 0
        let status = withCStringArray(command) { arguments in
            withCStringArray(["PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C.UTF-8", "TZ=UTC"]) { environment in
                posix_spawn(&process, command[0], &actions, &attributes, arguments, environment)
            }
        }
        guard status == 0 else { throw failure("starting \(command[0])", status) }
        return process
    }

    /// POSIX_SPAWN_SETSID (0x80), a GNU extension that Swift's Glibc does not show, and the two for signals.
    private static var spawnFlags: Int16 {
        0x80 | Int16(POSIX_SPAWN_SETSIGMASK) | Int16(POSIX_SPAWN_SETSIGDEF)
    }

    /// A file without a name, which a grandchild may hold open without anyone waiting for it, unlike a pipe.
    private static func temporaryFile() throws -> Int32 {
        var path = Array("/tmp/output-XXXXXX".utf8CString)
        let descriptor = mkstemp(&path)
        guard descriptor >= 0 else { throw failure("cannot make a temporary file", errno) }
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        unlink(path)
        return descriptor
    }

    private static func set(
        _ descriptor: Int32?, as target: Int32, flags: Int32, _ actions: inout posix_spawn_file_actions_t
    ) {
        if let descriptor {
            posix_spawn_file_actions_adddup2(&actions, descriptor, target)
        } else {
            posix_spawn_file_actions_addopen(&actions, target, "/dev/null", flags, 0)
        }
    }

    private static func contents(of descriptor: Int32) -> String {
        lseek(descriptor, 0, SEEK_SET)
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while bytes.count < 1 << 16 {
            let count = read(descriptor, &chunk, chunk.count)
            guard count > 0 else { break }
            bytes.append(contentsOf: chunk[..<count])
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func withCStringArray<R>(
        _ strings: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> R
    ) -> R {
        var copies = strings.map { strdup($0) } + [nil]
        defer { for copy in copies { free(copy) } }
        return body(&copies)
    }

    private static func failure(_ what: String, _ code: Int32) -> DatabaseError {
        DatabaseError(.embeddedServerFailed, "\(what): \(String(cString: strerror(code)))")
    }
}
