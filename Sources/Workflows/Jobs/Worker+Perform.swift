import EventLoop
import Tracing

extension Worker {
    /// Has one claimed job done and writes what became of it.
    func perform(_ job: Job, _ stops: AsyncStream<JobStateMachine.StopReason>) async {
        guard let handler = handlers[job.kind] else { return }
        var machine = JobStateMachine(
            attempt: job.attempt, maximumAttempts: job.maximumAttempts, isCancelRequested: job.isCancelRequested,
            backoff: configuration.backoff)
        let began = ContinuousClock.now
        var action = machine.begin()
        if action == .run {
            let (end, reason) = await runHandler(handler, job, stops)
            // Without a reason of its own, a cancelled task means that the worker ends.
            if let reason { _ = machine.stopRequested(reason) }
            if reason == nil && Swift.Task.isCancelled { _ = machine.stopRequested(.workerStopped) }
            action = machine.handlerEnded(end, random: Double.random(in: 0...1))
        }
        // What became of the job has to be written also when the worker's task is cancelled.
        let last = action
        await loop.spawn {
            self.didPerform(job, last.outcome, .now - began)
            await self.write(last, of: job, handler)
        }.value
    }

    /// Calls the handler in a task that a reason to stop cancels, and waits for both.
    private func runHandler(
        _ handler: any JobHandler, _ job: Job, _ stops: AsyncStream<JobStateMachine.StopReason>
    ) async -> (JobStateMachine.HandlerEnd, JobStateMachine.StopReason?) {
        enum Part: Sendable {
            case handler(JobStateMachine.HandlerEnd)
            case stop(JobStateMachine.StopReason?)
        }
        return await withTaskGroup(of: Part.self) { group in
            group.addTask { .handler(await Self.outcome(of: handler, job)) }
            group.addTask { .stop(await stops.first { _ in true }) }
            var reason: JobStateMachine.StopReason?
            while let part = await group.next() {
                switch part {
                case .handler(let end):
                    group.cancelAll()
                    return (end, reason)
                case .stop(let first):
                    // nil: the whole worker was cancelled, and with it the handler.
                    reason = first
                    group.cancelAll()
                }
            }
            preconditionFailure("a handler's task ended without a result")
        }
    }

    private static func outcome(of handler: any JobHandler, _ job: Job) async -> JobStateMachine.HandlerEnd {
        let span = InstrumentationSystem.tracer.startSpan(
            "job \(job.kind)", context: JobTrace.context(of: job), ofKind: .consumer)
        span.attributes["job.id"] = "\(job.id)"
        span.attributes["job.attempt"] = job.attempt
        defer { span.end() }
        do {
            try await ServiceContext.$current.withValue(span.context) { try await handler.run(job) }
            return .returned
        } catch JobFailure.permanent(let reason) {
            span.setStatus(SpanStatus(code: .error))
            return .failedForGood(reason: reason)
        } catch {
            span.recordError(error)
            span.setStatus(SpanStatus(code: .error))
            return .failed(reason: String(reflecting: error))
        }
    }

    /// Writes what became of a job.
    ///
    /// If that fails the lease runs out, and another attempt finds the same end.
    private func write(_ action: JobStateMachine.Action, of job: Job, _ handler: any JobHandler) async {
        do {
            switch action {
            case .run, .stopHandler:
                preconditionFailure("\(action) is no end of a job")
            case .none:
                log(Notice(message: "A job's lease was lost.", job: job, error: nil))
            case .complete:
                try await store.end(job, as: .completed)
            case .markCancelled:
                try await store.end(job, as: .cancelled)
            case .release:
                try await store.requeue(job, after: .zero, reason: nil, countsAttempt: false)
            case .retry(let wait, let reason):
                log(Notice(message: "A job failed and will be tried again.", job: job, error: JobReason(reason)))
                try await store.requeue(job, after: wait, reason: reason, countsAttempt: true)
            case .bury(let reason):
                log(Notice(message: "A job failed for good.", job: job, error: JobReason(reason)))
                try await handler.bury(job, reason: reason)
                try await store.end(job, as: .dead, reason: reason)
            }
        } catch {
            log(Notice(message: "The end of a job could not be written.", job: job, error: error))
        }
    }
}

extension JobStateMachine.Action {
    /// What became of an attempt, in a word for the metrics.
    fileprivate var outcome: String {
        switch self {
        case .run, .stopHandler: "running"
        case .none: "lease-lost"
        case .complete: "completed"
        case .markCancelled: "cancelled"
        case .release: "released"
        case .retry: "retried"
        case .bury: "dead"
        }
    }
}

/// A stored reason as an error, for the log.
struct JobReason: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
