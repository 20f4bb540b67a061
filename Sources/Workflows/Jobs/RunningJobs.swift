import FoundationEssentials
import Synchronization

/// The jobs that a worker holds, and how each is told to stop.
///
/// The heartbeat, the cancel listener and the jobs' own tasks meet here, on whatever threads they run.
final class RunningJobs: Sendable {
    /// How to stop one job; by its lease token.
    private struct Entry {
        let jobID: UUID
        let stop: AsyncStream<JobStateMachine.StopReason>.Continuation
    }

    private let entries = Mutex<[UUID: Entry]>([:])

    /// The lease tokens of all jobs held.
    var tokens: [UUID] { entries.withLock { Array($0.keys) } }

    var count: Int { entries.withLock { $0.count } }

    /// Adds a job and gives the stream of reasons for it to stop.
    ///
    /// `remove` ends the stream.
    func add(_ job: Job) -> AsyncStream<JobStateMachine.StopReason> {
        let (stream, continuation) = AsyncStream.makeStream(of: JobStateMachine.StopReason.self)
        entries.withLock { $0[job.leaseToken] = Entry(jobID: job.id, stop: continuation) }
        return stream
    }

    func remove(_ job: Job) {
        entries.withLock { $0.removeValue(forKey: job.leaseToken) }?.stop.finish()
    }

    /// Tells the job with a lease token to stop.
    func stop(token: UUID, _ reason: JobStateMachine.StopReason) {
        entries.withLock { $0[token] }?.stop.yield(reason)
    }

    /// Tells the job with an id to stop, if this worker has it.
    func stop(jobID: UUID, _ reason: JobStateMachine.StopReason) {
        for entry in entries.withLock({ entries in entries.values.filter { $0.jobID == jobID } }) {
            entry.stop.yield(reason)
        }
    }
}
