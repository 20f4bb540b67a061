import Testing

@testable import Database

@Suite("Connection state machine")
struct ConnectionStateMachineTests {
    private typealias Machine = ConnectionStateMachine
    private static let reading = Machine.Interest(readable: true, writable: false)
    private static let writing = Machine.Interest(readable: false, writable: true)
    private static let both = Machine.Interest(readable: true, writable: true)

    private func ready() -> Machine {
        var machine = Machine()
        _ = machine.connectStarted(failed: false)
        _ = machine.connectPolled(.done)
        return machine
    }

    @Test("Connecting waits for writing first, then for what libpq asks")
    func connecting() {
        var machine = Machine()
        #expect(machine.connectStarted(failed: false) == .watch(Self.writing, socketMayHaveChanged: true))
        #expect(machine.connectPolled(.reading) == .watch(Self.reading, socketMayHaveChanged: true))
        #expect(machine.connectPolled(.writing) == .watch(Self.writing, socketMayHaveChanged: true))
        #expect(!machine.canSend)
        #expect(machine.connectPolled(.done) == .becomeReady)
        #expect(machine.canSend)
    }

    @Test("A failed start, a failed poll and a passed deadline each close once with their cause")
    func connectFailures() {
        var failedStart = Machine()
        #expect(failedStart.connectStarted(failed: true) == .close(.connectFailed))
        var failedPoll = Machine()
        _ = failedPoll.connectStarted(failed: false)
        #expect(failedPoll.connectPolled(.failed) == .close(.connectFailed))
        var late = Machine()
        _ = late.connectStarted(failed: false)
        #expect(late.connectDeadlinePassed() == .close(.connectTimedOut))
        #expect(late.connectPolled(.done) == .none)
        #expect(late.connectDeadlinePassed() == .none)
        #expect(late.closeRequested() == .none)
    }

    @Test("The deadline means nothing once connected")
    func deadlineAfterReady() {
        var machine = ready()
        #expect(machine.connectDeadlinePassed() == .none)
        #expect(machine.canSend)
    }

    @Test("Writing is watched only while libpq holds bytes back")
    func flushing() {
        var machine = ready()
        #expect(machine.flushed(isPending: false) == .none)
        #expect(machine.flushed(isPending: true) == .watch(Self.both, socketMayHaveChanged: false))
        #expect(machine.flushed(isPending: true) == .none)
        let event = machine.socketBecameReady(readable: false, writable: true, failed: false)
        #expect(event == .readInput(flush: true))
        #expect(machine.flushed(isPending: false) == .watch(Self.reading, socketMayHaveChanged: false))
        #expect(
            machine.socketBecameReady(readable: true, writable: false, failed: false) == .readInput(flush: false))
    }

    @Test("After a failed watch the rest is read, because no other event will follow")
    func failedWatch() {
        var machine = ready()
        #expect(machine.socketBecameReady(readable: true, writable: false, failed: true) == .readRest)
        #expect(machine.connectionFailed() == .close(.lost))
        #expect(machine.socketBecameReady(readable: false, writable: false, failed: true) == .none)
    }

    @Test("A script excludes statements until it has ended, and waits for what is being written")
    func scripts() {
        var machine = ready()
        _ = machine.flushed(isPending: true)
        #expect(machine.scriptStarted() == false)
        _ = machine.flushed(isPending: false)
        #expect(machine.scriptStarted() == true)
        #expect(!machine.canSend)
        #expect(machine.scriptStarted() == false)
        machine.scriptEnded()
        #expect(machine.canSend)
    }

    @Test("A loss while connecting is a failed connect, later it is a loss, and a request is a request")
    func causes() {
        var connecting = Machine()
        _ = connecting.connectStarted(failed: false)
        #expect(connecting.connectionFailed() == .close(.connectFailed))
        var open = ready()
        #expect(open.connectionFailed() == .close(.lost))
        var asked = ready()
        #expect(asked.closeRequested() == .close(.requested))
        #expect(asked.connectionFailed() == .none)
        #expect(asked.flushed(isPending: true) == .none)
        #expect(!asked.canSend && asked.isClosed)
    }
}
