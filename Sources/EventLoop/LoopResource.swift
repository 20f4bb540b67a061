/// Something with a libuv handle that the loop must close before it can end: a timer, a watcher.
protocol LoopResource: AnyObject {
    /// Gives the handle back to libuv; on the loop only, idempotent.
    func closeHandle()
}
