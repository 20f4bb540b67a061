public import Logging

/// Writes one log line per request: constant message, everything else as metadata.
public enum AccessLog {
    /// A function for `HTTPServer.accessLog` that logs at `level`; answers with 5xx are logged as warnings.
    public static func logging(to logger: Logger, level: Logger.Level = .info) -> @Sendable (HTTPAccess) -> Void {
        { access in
            let status = access.status ?? 0
            let level = status >= 500 ? .warning : level
            guard logger.logLevel <= level else { return }
            logger.log(
                level: level, access.wasCancelled ? "request abandoned by its client" : "request answered",
                metadata: [
                    "request": "\(access.request.id)", "method": "\(access.request.method)",
                    "path": "\(access.request.path)", "status": "\(status)", "bytes": "\(access.responseBytes)",
                    "milliseconds": "\(access.duration.milliseconds)",
                    "remote": "\(access.request.remoteAddress)",
                ])
        }
    }
}
