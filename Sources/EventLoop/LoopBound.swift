/// A value that belongs to one loop and may be touched on its thread only; every access is checked.
///
/// It lets `Sendable` closures carry what is not `Sendable` from the loop back to the loop.
public struct LoopBound<Value>: @unchecked Sendable {  // Reason: every access traps off the loop's thread.
    /// The loop that the value belongs to.
    public let loop: Loop
    private var stored: Value

    /// Binds a value; on the loop only.
    public init(_ value: Value, loop: Loop) {
        loop.preconditionOnLoop("LoopBound.init")
        self.loop = loop
        self.stored = value
    }

    /// The value; on the loop only.
    public var value: Value {
        get {
            loop.preconditionOnLoop("LoopBound.value")
            return stored
        }
        set {
            loop.preconditionOnLoop("LoopBound.value")
            stored = newValue
        }
    }
}
