import Testing

@testable import Database

@Suite("Transaction state machine")
struct TransactionStateMachineTests {
    @Test("Begin travels with the first statement, and until its answer a plain one with the others")
    func begin() {
        var machine = TransactionStateMachine()
        #expect(machine.statementArrived() == .sendWithBegin)
        #expect(machine.statementArrived() == .sendWithPlainBegin)
        machine.statementSucceeded()
        #expect(machine.statementArrived() == .send)
    }

    @Test("A transaction without statements has nothing to end")
    func empty() {
        var machine = TransactionStateMachine()
        #expect(machine.endRequested() == false)
        #expect(machine.statementArrived() == .refuse)
    }

    @Test("The end is asked for once, and nothing is sent after it")
    func end() {
        var machine = TransactionStateMachine()
        _ = machine.statementArrived()
        #expect(machine.endRequested() == true)
        #expect(machine.endRequested() == false)
        #expect(machine.statementArrived() == .refuse)
    }

    @Test("The first failure is remembered")
    func firstFailure() {
        var machine = TransactionStateMachine()
        _ = machine.statementArrived()
        machine.statementFailed(DatabaseError(.server, "first"))
        machine.statementFailed(DatabaseError(.server, "second"))
        #expect((machine.firstFailure as? DatabaseError)?.message == "first")
        #expect(machine.endRequested() == true)
    }
}
