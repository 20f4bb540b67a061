#if canImport(Glibc)
    import Glibc
#endif

// Running a program with bytes in and bytes out. Waits: for the blocking pool only.

/// One run of a program.
struct ProgramRun: Sendable {
    let program: String
    let arguments: [String]
    let secondsAllowed: Int

    /// More output than this ends the run.
    var maximumOutput = 1 << 20

    /// What the program may use; nil leaves it to the system.
    var limits: Limits?

    /// What a program may use; it is ended, or fails, when it wants more.
    struct Limits: Sendable, Hashable {
        /// Of address space, in bytes.
        let memoryBytes: Int
        /// Of the processor, in seconds.
        let processorSeconds: Int
        /// Of a file that it writes, in bytes; nil leaves it to the system.
        var fileBytes: Int?
    }

    /// Settings beside those that every program gets, as `NAME=value`.
    var environment: [String] = []

    /// What the program writes; nil when it cannot be started, fails, writes too much or takes too long.
    ///
    /// `checkCancellation` is asked some ten times a second; when it throws, the program is killed with its children.
    func output(input: [UInt8], checkCancellation: () throws -> Void) throws -> [UInt8]? {
        var result: [UInt8] = []
        let isDone = try pass(input: input, checkCancellation: checkCancellation) { bytes in
            guard result.count + bytes.count <= maximumOutput else { return false }
            result += bytes
            return true
        }
        return isDone ? result : nil
    }

    /// Passes on what the program writes, piece by piece; false when it cannot be started, fails or takes too long.
    ///
    /// The time allowed is that without a word from the program. `receive` ends the run with false.
    func pass(
        input: [UInt8] = [], checkCancellation: () throws -> Void, to receive: (ArraySlice<UInt8>) throws -> Bool
    ) throws -> Bool {
        // Sockets rather than pipes: a write to a program that has gone fails without SIGPIPE.
        var toProgram: [Int32] = [-1, -1]
        var fromProgram: [Int32] = [-1, -1]
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, kind, 0, &toProgram) == 0 else { return false }
        guard socketpair(AF_UNIX, kind, 0, &fromProgram) == 0 else {
            toProgram.forEach { close($0) }
            return false
        }
        let child = spawn(standardInput: toProgram[1], standardOutput: fromProgram[1])
        close(toProgram[1])
        close(fromProgram[1])
        var ends = ProgramEnds(input: toProgram[0], output: fromProgram[0])
        defer { ends.closeAll() }
        guard let child else { return false }
        var isReaped = false
        defer {
            if !isReaped {
                kill(-child, SIGKILL)
                waitpid(child, nil, 0)
            }
        }
        guard try ends.exchange(input, secondsAllowed, checkCancellation, receive) else { return false }
        var status: Int32 = 0
        waitpid(child, &status, 0)
        isReaped = true
        return status == 0
    }

    /// The program and its arguments, behind a shell that limits itself before it becomes the program.
    private var words: [String] {
        guard let limits else { return [program] + arguments }
        // POSIX counts files in blocks of 512 bytes.
        let files = limits.fileBytes.map { "ulimit -f \($0 / 512) && " } ?? ""
        let script =
            "\(files)ulimit -v \(limits.memoryBytes / 1024) && ulimit -t \(limits.processorSeconds) && exec \"$@\""
        return ["/bin/sh", "-c", script, "sh", program] + arguments
    }

    private func spawn(standardInput: Int32, standardOutput: Int32) -> pid_t? {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, standardInput, 0)
        posix_spawn_file_actions_adddup2(&actions, standardOutput, 1)
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        // A group of its own, so that what it starts ends with it.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
        posix_spawnattr_setpgroup(&attributes, 0)
        let words = words
        let pointers: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
        defer { pointers.forEach { free($0) } }
        // One thread is enough beside the pool, and nothing of our environment concerns the program.
        let settings = ["OMP_THREAD_LIMIT=1", "LC_ALL=C.UTF-8"] + self.environment
        let environment: [UnsafeMutablePointer<CChar>?] = settings.map { strdup($0) } + [nil]
        defer { environment.forEach { free($0) } }
        var child: pid_t = 0
        return posix_spawn(&child, words[0], &actions, &attributes, pointers, environment) == 0 ? child : nil
    }
}

/// The two ends that stay with us.
private struct ProgramEnds {
    var input: Int32
    var output: Int32

    mutating func closeAll() {
        closeInput()
        if output >= 0 { close(output) }
        output = -1
    }

    private mutating func closeInput() {
        if input >= 0 { close(input) }
        input = -1
    }

    /// Writes and reads as either end is ready, until the program closes its output; false on failure or timeout.
    mutating func exchange(
        _ bytes: [UInt8], _ seconds: Int, _ checkCancellation: () throws -> Void,
        _ receive: (ArraySlice<UInt8>) throws -> Bool
    ) throws -> Bool {
        var rest = bytes[...]
        var buffer = [UInt8](repeating: 0, count: 65_536)
        var turns = seconds * 10
        while turns > 0 {
            try checkCancellation()
            var states = [pollfd(fd: output, events: Int16(POLLIN), revents: 0)]
            if input >= 0 { states.append(pollfd(fd: input, events: Int16(POLLOUT), revents: 0)) }
            guard poll(&states, nfds_t(states.count), 100) > 0 else {
                turns -= 1
                continue
            }
            if states.count > 1, states[1].revents != 0 {
                let count = rest.withUnsafeBytes {
                    send(input, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
                }
                if count > 0 { rest = rest.dropFirst(count) }
                if rest.isEmpty || (count < 0 && errno != EAGAIN && errno != EINTR) { closeInput() }
            }
            if states[0].revents != 0 {
                let count = read(output, &buffer, buffer.count)
                if count < 0 && errno == EINTR { continue }
                guard count >= 0 else { return false }
                if count == 0 { return true }
                guard try receive(buffer[..<count]) else { return false }
            }
        }
        return false
    }
}
