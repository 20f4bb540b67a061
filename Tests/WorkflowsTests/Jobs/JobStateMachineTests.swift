import Database
import Testing

@testable import Workflows

@Suite struct JobStateMachineTests {
    private func machine(
        attempt: Int = 1, maximumAttempts: Int = 3, isCancelRequested: Bool = false
    ) -> JobStateMachine {
        JobStateMachine(
            attempt: attempt, maximumAttempts: maximumAttempts, isCancelRequested: isCancelRequested,
            backoff: Backoff(initial: .seconds(2), maximum: .seconds(60)))
    }

    @Test func aJobThatReturnsIsCompleted() {
        var machine = machine()
        #expect(machine.begin() == .run)
        #expect(machine.handlerEnded(.returned, random: 0) == .complete)
        #expect(machine.state == .ended)
    }

    @Test func aJobCancelledBeforeItsClaimIsNotRun() {
        var machine = machine(isCancelRequested: true)
        #expect(machine.begin() == .markCancelled)
    }

    @Test func aJobWhoseWorkersAllDiedIsBuriedWithoutBeingRun() {
        var machine = machine(attempt: 4)
        guard case .bury = machine.begin() else { Issue.record("it was run once more"); return }
    }

    @Test func aFailureIsTriedAgainAfterABackoff() {
        var machine = machine(attempt: 2)
        _ = machine.begin()
        #expect(
            machine.handlerEnded(.failed(reason: "no network"), random: 0)
                == .retry(after: .seconds(4), reason: "no network"))
    }

    @Test func theLastFailureBuriesTheJob() {
        var machine = machine(attempt: 3)
        _ = machine.begin()
        #expect(machine.handlerEnded(.failed(reason: "no network"), random: 0) == .bury(reason: "no network"))
    }

    @Test func aPermanentFailureBuriesTheJobAtOnce() {
        var machine = machine()
        _ = machine.begin()
        #expect(machine.handlerEnded(.failedForGood(reason: "no file"), random: 0) == .bury(reason: "no file"))
    }

    @Test func aCancelledHandlerIsStoppedAndTheJobMarked() {
        var machine = machine()
        _ = machine.begin()
        #expect(machine.stopRequested(.cancelRequested) == .stopHandler)
        #expect(machine.handlerEnded(.failed(reason: "CancellationError"), random: 0) == .markCancelled)
    }

    @Test func aHandlerThatFinishedInSpiteOfACancellationIsCompleted() {
        var machine = machine()
        _ = machine.begin()
        _ = machine.stopRequested(.cancelRequested)
        #expect(machine.handlerEnded(.returned, random: 0) == .complete)
    }

    @Test func aStoppingWorkerGivesTheJobBackWithoutCountingTheAttempt() {
        var machine = machine(attempt: 3)
        _ = machine.begin()
        #expect(machine.stopRequested(.workerStopped) == .stopHandler)
        #expect(machine.handlerEnded(.failed(reason: "CancellationError"), random: 0) == .release)
    }

    @Test func nothingIsWrittenOnceTheLeaseIsLost() {
        var machine = machine()
        _ = machine.begin()
        _ = machine.stopRequested(.leaseLost)
        #expect(machine.handlerEnded(.returned, random: 0) == .none)
    }

    @Test func aLostLeaseOutranksAnEarlierReason() {
        var machine = machine()
        _ = machine.begin()
        _ = machine.stopRequested(.cancelRequested)
        #expect(machine.stopRequested(.leaseLost) == .none)
        #expect(machine.handlerEnded(.failed(reason: "CancellationError"), random: 0) == .none)
    }
}
