import Testing

@testable import Database

@Suite("Pool state machine")
struct PoolStateMachineTests {
    /// A running pool whose first shared connection has the id 1.
    private func running(shared: Int = 2, exclusive: Int = 2) -> PoolStateMachine {
        var machine = PoolStateMachine(sharedLimit: shared, exclusiveLimit: exclusive)
        #expect(machine.started() == 1)
        #expect(machine.connected(1) == .sendHeld(on: 1))
        return machine
    }

    @Test("Before the start and after the stop everything is refused")
    func refusesWhenNotRunning() {
        var machine = PoolStateMachine(sharedLimit: 1, exclusiveLimit: 1)
        #expect(machine.statementArrived() == .refuse)
        #expect(machine.leaseRequested(by: 1) == .refuse)
        #expect(machine.started() == 1)
        #expect(machine.started() == nil)
        #expect(machine.stopped() == [])
        #expect(machine.statementArrived() == .refuse)
        #expect(machine.leaseRequested(by: 2) == .refuse)
        #expect(machine.connected(1) == .close(1))
    }

    @Test("Statements go to the least busy shared connection, and load opens another one, up to the limit")
    func sharedGrowth() {
        var machine = running()
        #expect(machine.statementArrived() == .send(on: 1, opening: nil))
        #expect(machine.statementArrived() == .send(on: 1, opening: nil))
        #expect(machine.statementArrived() == .send(on: 1, opening: 2))
        // One is coming: none further is opened.
        #expect(machine.statementArrived() == .send(on: 1, opening: nil))
        #expect(machine.connected(2) == .sendHeld(on: 2))
        for _ in 0..<4 { #expect(machine.statementArrived() == .send(on: 2, opening: nil)) }
        #expect(machine.statementArrived() == .send(on: 1, opening: nil))
        machine.statementFinished(on: 2)
        #expect(machine.statementArrived() == .send(on: 2, opening: nil))
    }

    @Test("Without a shared connection statements are held, and sent when one is there")
    func heldStatements() {
        var machine = running()
        #expect(machine.connectionLost(1) == 2)
        #expect(machine.statementArrived() == .hold(opening: nil))
        #expect(machine.statementArrived() == .hold(opening: nil))
        #expect(machine.waitingCount == 2)
        machine.heldStatementGone()
        #expect(machine.connected(2) == .sendHeld(on: 2))
        machine.heldStatementSent(on: 2)
        #expect(machine.waitingCount == 0)
    }

    @Test("A lease gets an idle connection, else a new one, else waits in line")
    func leases() {
        var machine = running(exclusive: 1)
        #expect(machine.leaseRequested(by: 10) == .wait(opening: 2))
        #expect(machine.leaseRequested(by: 11) == .wait(opening: nil))
        #expect(machine.connected(2) == .grant(2, to: 10))
        #expect(machine.leaseReturned(2, isReusable: true) == .grant(2, to: 11))
        #expect(machine.leaseReturned(2, isReusable: true) == .park)
        #expect(machine.leaseRequested(by: 12) == .grant(2))
    }

    @Test("A connection that cannot be used again is replaced for the next in line")
    func unusableLease() {
        var machine = running(exclusive: 1)
        _ = machine.leaseRequested(by: 10)
        _ = machine.connected(2)
        _ = machine.leaseRequested(by: 11)
        #expect(machine.leaseReturned(2, isReusable: false) == .close(2, opening: 3))
        #expect(machine.connected(3) == .grant(3, to: 11))
    }

    @Test("A leased connection that is lost is gone when it comes back")
    func lostLease() {
        var machine = running(exclusive: 1)
        _ = machine.leaseRequested(by: 10)
        _ = machine.connected(2)
        #expect(machine.connectionLost(2) == nil)
        #expect(machine.leaseReturned(2, isReusable: false) == .none)
        #expect(machine.leaseRequested(by: 11) == .wait(opening: 3))
    }

    @Test("Whoever gives up waiting is not served")
    func waiterGone() {
        var machine = running(exclusive: 1)
        _ = machine.leaseRequested(by: 10)
        #expect(machine.waiterGone(10) == true)
        #expect(machine.waiterGone(10) == false)
        #expect(machine.connected(2) == .park)
    }

    @Test("Statements never use exclusive connections, leases never shared ones")
    func rolesAreSeparate() {
        var machine = running(shared: 1, exclusive: 1)
        _ = machine.leaseRequested(by: 10)
        _ = machine.connected(2)
        _ = machine.leaseReturned(2, isReusable: true)
        for _ in 0..<20 { #expect(machine.statementArrived() == .send(on: 1, opening: nil)) }
        #expect(machine.leaseRequested(by: 11) == .grant(2))
        #expect(machine.leaseRequested(by: 12) == .wait(opening: nil))
    }

    @Test("A failed attempt is repeated with a growing count while it is wanted")
    func retries() {
        var machine = running()
        #expect(machine.connectionLost(1) == 2)
        #expect(machine.connectFailed(2) == .retry(2, attempt: 1))
        #expect(machine.backoffPassed(2) == true)
        #expect(machine.connectFailed(2) == .retry(2, attempt: 2))
        #expect(machine.backoffPassed(2) == true)
        #expect(machine.connected(2) == .sendHeld(on: 2))
        #expect(machine.leaseRequested(by: 1) == .wait(opening: 3))
        #expect(machine.connectFailed(3) == .retry(3, attempt: 1))
        #expect(machine.waiterGone(1) == true)
        #expect(machine.backoffPassed(3) == false)
        #expect(machine.slots.map(\.id) == [2])
    }

    @Test("Unused connections are closed at the second sweep, one shared one stays")
    func sweeping() {
        var machine = running()
        for _ in 0..<3 { _ = machine.statementArrived() }
        _ = machine.connected(2)
        _ = machine.leaseRequested(by: 1)
        _ = machine.connected(3)
        for _ in 0..<3 { machine.statementFinished(on: 1) }
        #expect(machine.swept() == [])
        _ = machine.leaseReturned(3, isReusable: true)
        #expect(machine.swept() == [1])
        #expect(machine.swept() == [3])
        #expect(machine.swept() == [])
        #expect(machine.slots.map(\.id) == [2])
    }

    @Test("A stop refuses those who wait, and returned connections are closed")
    func stopping() {
        var machine = running(exclusive: 1)
        _ = machine.leaseRequested(by: 10)
        _ = machine.connected(2)
        _ = machine.leaseRequested(by: 11)
        #expect(machine.stopped() == [11])
        #expect(machine.leaseReturned(2, isReusable: true) == .close(2, opening: nil))
        #expect(machine.connectionLost(1) == nil)
    }

    @Test("Delays grow up to the maximum, and jitter takes off at most half")
    func backoff() {
        let backoff = Backoff(initial: .milliseconds(100), maximum: .seconds(1))
        #expect(
            (1...6).map { backoff.delay(afterAttempt: $0, random: 0) }
                == [100, 200, 400, 800, 1000, 1000].map { .milliseconds($0) })
        #expect(backoff.delay(afterAttempt: 1, random: 1) == .milliseconds(50))
        #expect(backoff.delay(afterAttempt: 10_000, random: 0) == .seconds(1))
    }
}
