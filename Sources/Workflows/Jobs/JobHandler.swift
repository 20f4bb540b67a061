/// Does the jobs of one kind.
///
/// A handler may be stopped at any point, also by `kill -9`, and the job is then done again by another worker: whatever
/// it writes is written once however often it runs. It never writes after its lease is gone (`Job.leaseToken`).
public protocol JobHandler: Sendable {
    /// The kind it does.
    var kind: JobKind { get }

    /// Does the job. Returning completes it; an error has it tried again later, `JobFailure.permanent` has it buried.
    ///
    /// The task is cancelled when the job is cancelled, the lease is lost or the worker stops.
    func run(_ job: Job) async throws

    /// Says in the domain's own rows that the job will never be done. Called once more if it throws.
    func bury(_ job: Job, reason: String) async throws
}

/// How a handler says that trying again is of no use.
public enum JobFailure: Error, Sendable {
    /// The job can never succeed; `reason` is for the operator and for the domain's row.
    case permanent(reason: String)
}
