import EventLoop

/// Sending statements and handing out their answers.
extension ConnectionDriver {
    /// Sends a statement, or fails it at once when the connection is gone.
    func submit(_ request: StatementRequest) {
        loop.preconditionOnLoop("ConnectionDriver.submit")
        request.connection = self
        if request.startedAt == nil, owner?.measuresStatements == true { request.startedAt = .now }
        if isExclusive && pendingCancels > 0 && machine.canSend {
            held.append(request)
        } else {
            send(request)
        }
    }

    /// Runs a statement and waits; a cancelled task asks the server to stop it and still waits for the answer, so that
    /// the connection's state is known afterwards.
    func run(_ request: StatementRequest, isCancellable: Bool) async throws -> RowSet {
        loop.preconditionOnLoop("ConnectionDriver.run")
        try request.checkSize()
        request.didEnd = owner?.willRun(request.sql.text)
        guard isCancellable else {
            return try await withUnsafeThrowingContinuation { continuation in
                if request.wait(continuation, unlessCancelled: false) { submit(request) }
            }
        }
        return try await withTaskCancellationHandler {
            try await withUnsafeThrowingContinuation { continuation in
                if request.wait(continuation) { submit(request) }
            }
        } onCancel: {
            loop.execute { self.cancel(request) }
        }
    }

    private func send(_ request: StatementRequest) {
        let needsPreparation = lookUp(request)
        guard let handle, machine.canSend else { return finishUnsent(request) }
        let shape = Pipeline<StatementRequest>.Shape(
            preludeCount: request.preludes.count, preparesStatement: needsPreparation)
        var isSent = request.preludes.allSatisfy { handle.sendUnnamed($0) }
        if let statement = request.statement {
            if needsPreparation { isSent = isSent && handle.sendPrepare(statement) }
            isSent = isSent && handle.sendExecute(statement, request.sql)
        } else {
            isSent = isSent && handle.sendUnnamed(request.sql)
        }
        isSent = isSent && handle.sendSync()
        pipeline.submitted(request, shape: shape)
        request.mayBeHitByCancel = pendingCancels > 0
        guard isSent else { return fail(handle.message) }
        afterSending()
    }

    /// Finds the request's prepared statement; true if it must be prepared first.
    ///
    /// What has to go for it goes ahead.
    private func lookUp(_ request: StatementRequest) -> Bool {
        guard !request.isUnnamed, cache.capacity > 0 else { return false }
        switch cache.lookUp(request.sql) {
        case .prepared(let statement):
            request.statement = statement
            return false
        case .prepare(let statement, let evicted):
            request.statement = statement
            if let evicted {
                pendingDeallocations.append(evicted)
                if !isExclusive { deallocateEvicted() }
            }
            return true
        }
    }

    /// Frees the statements that the cache has let go; only outside transactions.
    func deallocateEvicted() {
        let evicted = pendingDeallocations
        pendingDeallocations = []
        for statement in evicted {
            send(
                StatementRequest(
                    SQL(unsafeText: "deallocate \(statement.nameText)"), isAutocommit: false, isInternal: true))
        }
    }

    private func finishUnsent(_ request: StatementRequest) {
        var error = closeError ?? DatabaseError(.connectionLost, "the connection is not open")
        error.statement = request.sql.text
        request.fail(error)
        owner?.connectionDidFinish(request, on: self)
    }

    private func afterSending() {
        guard let isPending = handle?.flush() else { return fail(handle?.message ?? "writing failed") }
        perform(machine.flushed(isPending: isPending))
        // While it could not write, libpq may have read: that input makes no socket readable again.
        if isPending { takeResults() }
    }

    func readInput(flush: Bool) {
        guard let handle else { return }
        let isAlive = handle.consumeInput()
        takeResults()
        while let notification = self.handle?.nextNotification() {
            owner?.connectionDidReceive(notification, on: self)
        }
        guard isAlive && !handle.isBad else { return fail(handle.message) }
        if flush {
            guard let isPending = handle.flush() else { return fail(handle.message) }
            perform(machine.flushed(isPending: isPending))
            if !isPending, let script, script.isCopying { script.resume(.flushed) }
        }
    }

    /// No event will follow: reads until reading fails.
    func readRest() {
        // Each read takes what is there; the bound only guards against a socket that never says that it has failed.
        for _ in 0..<1000 {
            guard let handle, handle.consumeInput() else { break }
            takeResults()
        }
        takeResults()
        fail(handle?.message ?? "the socket failed")
    }

    /// Takes every result that is complete.
    ///
    /// `PQgetResult` would wait if `isBusy` were not asked before each call.
    private func takeResults() {
        if script != nil { return takeScriptResults() }
        var emptyAnswers = 0
        while let handle, !pipeline.isEmpty, emptyAnswers < 2, !handle.isBusy {
            guard let result = handle.nextResult() else {
                emptyAnswers = pipeline.stepEnded() ? 0 : emptyAnswers + 1
                continue
            }
            emptyAnswers = 0
            switch pipeline.resultReceived(result.kind) {
            case .discard:
                break
            case .keepRows(let request):
                request.rows = RowSet(result)
            case .keepFailure(let request):
                request.failure = result.error(statement: request.sql.text)
            case .finish(let request, let statementIsPrepared):
                finish(request, statementIsPrepared: statementIsPrepared)
            case .violation(let what):
                fail("libpq handed out \(what)")
            }
        }
    }

    private func finish(_ request: StatementRequest, statementIsPrepared: Bool) {
        if let statement = request.statement, !statementIsPrepared { cache.forget(statement) }
        if let failure = request.failure {
            if let statement = request.statement, failure.isStaleStatement { dropStale(statement) }
            if mayRetry(request, after: failure) {
                request.reset(withoutName: failure.isStaleStatement)
                return send(request)
            }
            request.fail(failure.sqlState == .queryCanceled && request.isCancelled ? CancellationError() : failure)
        } else if let rows = request.rows {
            request.succeed(rows)
        } else {
            request.fail(DatabaseError(.protocolViolation, "no result before the sync", statement: request.sql.text))
        }
        owner?.connectionDidFinish(request, on: self)
        if let next = pipeline.first, isExclusive && next.isCancelled && pendingCancels == 0 { sendCancel() }
        noteSettled()
    }

    /// After a change of a table the plan's result type may be another: the statement must be prepared anew.
    private func dropStale(_ statement: StatementCache.Statement) {
        cache.forget(statement)
        guard !pendingDeallocations.contains(where: { $0 === statement }) else { return }
        pendingDeallocations.append(statement)
        if !isExclusive { deallocateEvicted() }
    }

    /// Only what was a transaction of its own, which the failure has rolled back, may simply run again.
    private func mayRetry(_ request: StatementRequest, after failure: DatabaseError) -> Bool {
        guard request.isAutocommit, !request.isCancelled, machine.canSend else { return false }
        if failure.isStaleStatement && request.statement != nil { return request.attempts == 0 }
        return failure.sqlState == .queryCanceled && request.mayBeHitByCancel && request.attempts < 3
    }
}

extension DatabaseError {
    /// 0A000 "cached plan must not change result type", 26000 "prepared statement does not exist".
    var isStaleStatement: Bool { sqlState == .featureNotSupported || sqlState == .invalidSQLStatementName }
}
