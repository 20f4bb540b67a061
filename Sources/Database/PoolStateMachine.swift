/// Which connection serves whom, without sockets, clocks or continuations: events in, what to do out.
///
/// Two kinds of connections, so that neither starves the other: shared ones carry the statements of many tasks at once,
/// exclusive ones belong to one transaction at a time.
struct PoolStateMachine {
    typealias ConnectionID = Int
    typealias WaiterID = Int

    enum Role: Equatable { case shared, exclusive }

    struct Slot: Equatable {
        enum Phase: Equatable {
            /// An attempt to connect is under way. Next: ready, backingOff, gone.
            case connecting
            /// The attempt failed, a timer runs. Next: connecting, gone.
            case backingOff
            /// Usable. Next: leased (exclusive only), gone.
            case ready
            /// One user has it. Next: ready, leased by the next, gone.
            case leased
        }
        let id: ConnectionID
        let role: Role
        var phase = Phase.connecting
        /// Statements under way on a shared connection.
        var load = 0
        var attempts = 0
        var wasUsed = true
    }

    enum Phase: Equatable {
        /// Next: running, stopped.
        case created
        /// Next: stopped.
        case running
        case stopped
    }

    enum StatementAction: Equatable {
        case send(on: ConnectionID, opening: ConnectionID?)
        case hold(opening: ConnectionID?)
        case refuse
    }

    enum LeaseAction: Equatable {
        case grant(ConnectionID)
        case wait(opening: ConnectionID?)
        case refuse
    }

    enum ReadyAction: Equatable {
        /// Send everything that was held back.
        case sendHeld(on: ConnectionID)
        case grant(ConnectionID, to: WaiterID)
        case park
        case close(ConnectionID)
    }

    enum FailureAction: Equatable {
        /// Try again after the delay for this attempt.
        case retry(ConnectionID, attempt: Int)
        case drop
    }

    enum ReturnAction: Equatable {
        case grant(ConnectionID, to: WaiterID)
        case park
        case close(ConnectionID, opening: ConnectionID?)
        case none
    }

    private(set) var phase = Phase.created
    private(set) var slots: [Slot] = []
    private var waiters = Fifo<WaiterID>()
    private var lastID = 0
    private var heldStatements = 0
    let sharedLimit: Int
    let exclusiveLimit: Int
    /// A further shared connection is opened when every one has this many statements under way.
    let growthLoad: Int

    init(sharedLimit: Int, exclusiveLimit: Int, growthLoad: Int = 2) {
        self.sharedLimit = max(1, sharedLimit)
        self.exclusiveLimit = max(1, exclusiveLimit)
        self.growthLoad = growthLoad
    }

    var waitingCount: Int { waiters.count + heldStatements }

    /// The first connection to open, or nil when the pool was started before.
    mutating func started() -> ConnectionID? {
        guard phase == .created else { return nil }
        phase = .running
        return open(.shared)
    }

    mutating func statementArrived() -> StatementAction {
        guard phase == .running else { return .refuse }
        guard let best = leastBusyShared() else {
            heldStatements += 1
            return .hold(opening: openSharedIfNoneComes())
        }
        let load = slots[best].load
        slots[best].load += 1
        slots[best].wasUsed = true
        return .send(on: slots[best].id, opening: load >= growthLoad ? openSharedIfNoneComes() : nil)
    }

    /// A held statement is sent now.
    mutating func heldStatementSent(on id: ConnectionID) {
        heldStatements -= 1
        if let index = index(of: id) { slots[index].load += 1 }
    }

    /// A held statement was cancelled or its time was over.
    mutating func heldStatementGone() { heldStatements -= 1 }

    mutating func statementFinished(on id: ConnectionID) {
        guard let index = index(of: id), slots[index].role == .shared else { return }
        slots[index].load -= 1
    }

    mutating func leaseRequested(by waiter: WaiterID) -> LeaseAction {
        guard phase == .running else { return .refuse }
        if let index = slots.lastIndex(where: { $0.role == .exclusive && $0.phase == .ready }) {
            slots[index].phase = .leased
            slots[index].wasUsed = true
            return .grant(slots[index].id)
        }
        waiters.append(waiter)
        return .wait(opening: openExclusiveIfWanted())
    }

    /// A waiter was cancelled or its time is over; false when it had been served already.
    mutating func waiterGone(_ waiter: WaiterID) -> Bool { waiters.removeFirst { $0 == waiter } != nil }

    mutating func connected(_ id: ConnectionID) -> ReadyAction {
        guard phase == .running, let index = index(of: id) else { return .close(id) }
        slots[index].phase = .ready
        slots[index].attempts = 0
        slots[index].wasUsed = true
        guard slots[index].role == .exclusive else { return .sendHeld(on: id) }
        guard let waiter = waiters.popFirst() else { return .park }
        slots[index].phase = .leased
        return .grant(id, to: waiter)
    }

    mutating func connectFailed(_ id: ConnectionID) -> FailureAction {
        guard phase == .running, let index = index(of: id) else { return .drop }
        guard isWanted(slots[index]) else {
            slots.remove(at: index)
            return .drop
        }
        slots[index].attempts += 1
        slots[index].phase = .backingOff
        return .retry(id, attempt: slots[index].attempts)
    }

    /// The delay after a failed attempt is over: true to try again.
    mutating func backoffPassed(_ id: ConnectionID) -> Bool {
        guard phase == .running, let index = index(of: id), slots[index].phase == .backingOff else { return false }
        guard isWanted(slots[index]) else {
            slots.remove(at: index)
            return false
        }
        slots[index].phase = .connecting
        return true
    }

    /// A usable connection ended.
    ///
    /// The connection to open in its place, if one is wanted at once.
    mutating func connectionLost(_ id: ConnectionID) -> ConnectionID? {
        guard let index = index(of: id) else { return nil }
        let role = slots.remove(at: index).role
        guard phase == .running else { return nil }
        if role == .exclusive { return openExclusiveIfWanted() }
        return slots.contains { $0.role == .shared } ? nil : open(.shared)
    }

    mutating func leaseReturned(_ id: ConnectionID, isReusable: Bool) -> ReturnAction {
        guard let index = index(of: id) else { return .none }
        guard phase == .running && isReusable else {
            slots.remove(at: index)
            return .close(id, opening: phase == .running ? openExclusiveIfWanted() : nil)
        }
        slots[index].wasUsed = true
        if let waiter = waiters.popFirst() { return .grant(id, to: waiter) }
        slots[index].phase = .ready
        return .park
    }

    /// Called at regular intervals: the connections that were not used since the last time, to be closed.
    mutating func swept() -> [ConnectionID] {
        var unused: [ConnectionID] = []
        var readyShared = slots.count { $0.role == .shared && $0.phase == .ready }
        for slot in slots where slot.phase == .ready && !slot.wasUsed && slot.load == 0 {
            if slot.role == .shared {
                guard readyShared > 1 else { continue }
                readyShared -= 1
            }
            unused.append(slot.id)
        }
        slots.removeAll { unused.contains($0.id) }
        for index in slots.indices { slots[index].wasUsed = slots[index].load > 0 || slots[index].phase == .leased }
        return unused
    }

    /// No more work is taken.
    ///
    /// The waiters to refuse.
    mutating func stopped() -> [WaiterID] {
        phase = .stopped
        heldStatements = 0
        return waiters.removeAll()
    }

    private func index(of id: ConnectionID) -> Int? { slots.firstIndex { $0.id == id } }

    private func leastBusyShared() -> Int? {
        var best: Int?
        for index in slots.indices where slots[index].role == .shared && slots[index].phase == .ready {
            if let known = best, slots[known].load <= slots[index].load { continue }
            best = index
        }
        return best
    }

    private mutating func openSharedIfNoneComes() -> ConnectionID? {
        // Asked for every statement under load: no allocation here.
        var count = 0
        for slot in slots where slot.role == .shared {
            guard slot.phase == .ready else { return nil }
            count += 1
        }
        return count < sharedLimit ? open(.shared) : nil
    }

    /// One attempt per waiter, up to the limit.
    private mutating func openExclusiveIfWanted() -> ConnectionID? {
        let exclusive = slots.filter { $0.role == .exclusive }
        let coming = exclusive.count { $0.phase == .connecting || $0.phase == .backingOff }
        guard exclusive.count < exclusiveLimit, coming < waiters.count else { return nil }
        return open(.exclusive)
    }

    private func isWanted(_ slot: Slot) -> Bool {
        switch slot.role {
        case .shared: !slots.contains { $0.role == .shared && $0.id != slot.id } || heldStatements > 0
        case .exclusive: !waiters.isEmpty
        }
    }

    private mutating func open(_ role: Role) -> ConnectionID {
        lastID += 1
        slots.append(Slot(id: lastID, role: role))
        return lastID
    }
}
