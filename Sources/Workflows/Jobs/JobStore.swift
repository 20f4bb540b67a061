public import Database
public import FoundationEssentials
public import JSON

/// The SQL of jobs.
///
/// Every write about a claimed job asks for its lease token, so a worker that lost it changes nothing.
public struct JobStore: Sendable {
    /// The channel that says that a job of a kind waits; the payload is the kind.
    static let waitingChannel = "jobs"
    /// The channel that says that a running job is to end; the payload is its id.
    static let cancelChannel = "job_cancels"

    private let pool: ConnectionPool

    /// Makes a store over a pool.
    public init(pool: ConnectionPool) { self.pool = pool }

    /// Puts a job into the queue, once for each kind and key, as part of the caller's transaction.
    ///
    /// Gives the id of the job, be it new or not.
    @discardableResult
    public static func enqueue(
        _ kind: JobKind, key: String, payload: JSONValue = .object([:]), maximumAttempts: Int = 5,
        in transaction: Transaction
    ) async throws -> UUID {
        let inserted = try await transaction.query(
            """
            with inserted as (
                insert into jobs (kind, key, payload, maximum_attempts)
                values (\(kind.rawValue), \(key), \(JSONB(JobTrace.add(to: payload).encoded())), \(maximumAttempts))
                on conflict (kind, key) do nothing
                returning id
            )
            select inserted.id, pg_notify(\(Self.waitingChannel), \(kind.rawValue))
            from inserted
            """)
        if let row = inserted.first { return row.uuid(0) }
        let existing = try await transaction.query(
            "select id from jobs where kind = \(kind.rawValue) and key = \(key)")
        guard let row = existing.first else { throw WorkflowError(.inconsistentData, "A job vanished.") }
        return row.uuid(0)
    }

    /// Ends a job that waits, and asks for the end of one that runs, as part of the caller's transaction.
    public static func requestCancel(_ kind: JobKind, key: String, in transaction: Transaction) async throws {
        _ = try await transaction.query(
            """
            with cancelled as (
                update jobs
                set cancel_requested_at = coalesce(cancel_requested_at, now()),
                    status = case when status = 'QUEUED' then 'CANCELLED' else status end,
                    finished_at = case when status = 'QUEUED' then now() end
                where kind = \(kind.rawValue)
                and key = \(key)
                and status in ('QUEUED', 'RUNNING')
                returning id
            )
            select pg_notify(\(Self.cancelChannel), cancelled.id::text)
            from cancelled
            """)
    }

    /// How many jobs of each kind are in each state, without those that ended well.
    public func depths() async throws -> [(kind: String, state: String, count: Int)] {
        let rows = try await pool.query(
            """
            select kind, status, count(*)
            from jobs
            where status in ('QUEUED', 'RUNNING', 'DEAD')
            group by kind, status
            """)
        return rows.map { ($0.string(0), $0.string(1), $0.int(2)) }
    }

    /// Takes jobs that wait, and jobs whose worker has given no sign of life, oldest first.
    func claim(
        kinds: [JobKind], worker: String, lease: Duration, limit: Int
    ) async throws -> [Job] {
        let rows = try await pool.query(
            """
            with claimable as (
                select jobs.id
                from jobs
                where jobs.kind = any(\(kinds.map(\.rawValue)))
                and (
                    (jobs.status = 'QUEUED' and jobs.run_at <= now())
                    or (jobs.status = 'RUNNING' and jobs.lease_until < now())
                )
                order by jobs.run_at, jobs.id
                limit \(limit)
                for update skip locked
            )
            update jobs
            set status = 'RUNNING',
                worker = \(worker),
                lease_token = gen_random_uuid(),
                lease_until = now() + make_interval(secs => \(lease.seconds)),
                attempts = jobs.attempts + 1,
                started_at = coalesce(jobs.started_at, now())
            from claimable
            where jobs.id = claimable.id
            returning jobs.id, jobs.kind, jobs.key, jobs.payload, jobs.attempts, jobs.maximum_attempts,
                jobs.lease_token, jobs.cancel_requested_at is not null
            """)
        return try rows.map { row in
            Job(
                id: row.uuid(0), kind: JobKind(rawValue: row.string(1)), key: row.string(2),
                payload: try JSONReader.read(row.jsonb(3).bytes), attempt: row.int(4),
                maximumAttempts: row.int(5), leaseToken: row.uuid(6), isCancelRequested: row.bool(7))
        }
    }

    /// Extends leases, and gives back those that are still held with whether their job is to end.
    func extend(leases tokens: [UUID], by duration: Duration) async throws -> [UUID: Bool] {
        let rows = try await pool.query(
            """
            update jobs
            set lease_until = now() + make_interval(secs => \(duration.seconds))
            where status = 'RUNNING'
            and lease_token = any(\(tokens))
            returning lease_token, cancel_requested_at is not null
            """)
        var held: [UUID: Bool] = [:]
        for row in rows { held[row.uuid(0)] = row.bool(1) }
        return held
    }

    /// Marks a claimed job as ended.
    ///
    /// False when the lease is gone.
    @discardableResult
    func end(_ job: Job, as status: EndedStatus, reason: String? = nil) async throws -> Bool {
        let rows = try await pool.query(
            """
            update jobs
            set status = \(status.rawValue),
                worker = null,
                lease_token = null,
                lease_until = null,
                last_error = coalesce(\(reason), last_error),
                finished_at = now()
            where id = \(job.id)
            and lease_token = \(job.leaseToken)
            """)
        return rows.affectedRows == 1
    }

    /// Puts a claimed job back into the queue, or ends it if somebody cancelled it meanwhile.
    ///
    /// False when the lease is gone.
    @discardableResult
    func requeue(
        _ job: Job, after wait: Duration, reason: String?, countsAttempt: Bool
    ) async throws -> Bool {
        let rows = try await pool.query(
            """
            with requeued as (
                update jobs
                set status = case when cancel_requested_at is null then 'QUEUED' else 'CANCELLED' end,
                    finished_at = case when cancel_requested_at is not null then now() end,
                    worker = null,
                    lease_token = null,
                    lease_until = null,
                    last_error = coalesce(\(reason), last_error),
                    attempts = attempts - \(Int32(countsAttempt ? 0 : 1)),
                    run_at = now() + make_interval(secs => \(wait.seconds))
                where id = \(job.id)
                and lease_token = \(job.leaseToken)
                returning kind
            )
            select pg_notify(\(Self.waitingChannel), requeued.kind)
            from requeued
            """)
        return rows.first != nil
    }

    /// Gives up the leases of workers that are known to be dead: those of earlier processes of the same node.
    ///
    /// Only for a node that never runs two processes at once, such as one that owns its data directory.
    @discardableResult
    func reclaim(node: String, except worker: String) async throws -> Int {
        let rows = try await pool.query(
            """
            update jobs
            set status = 'QUEUED',
                worker = null,
                lease_token = null,
                lease_until = null,
                run_at = now()
            where status = 'RUNNING'
            and starts_with(worker, \(node + "/"))
            and worker <> \(worker)
            """)
        return rows.affectedRows
    }

    /// How a job can end.
    enum EndedStatus: String {
        case completed = "COMPLETED"
        case dead = "DEAD"
        case cancelled = "CANCELLED"
    }
}

extension Duration {
    /// The whole in seconds.
    var seconds: Double {
        let (seconds, attoseconds) = components
        return Double(seconds) + Double(attoseconds) * 1e-18
    }
}
