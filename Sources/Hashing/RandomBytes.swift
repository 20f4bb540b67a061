// Randomness fit for keys and tokens.

import COpenSSL

/// Random bytes that nobody can predict.
public enum RandomBytes {
    /// Returns `count` bytes of OpenSSL's generator.
    ///
    /// A system that cannot give randomness must not go on making keys: that traps.
    public static func generate(count: Int) -> [UInt8] {
        precondition(count >= 0 && count <= Int(Int32.max), "RandomBytes: the count is out of range")
        return [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            precondition(
                count == 0 || RAND_bytes(buffer.baseAddress, Int32(count)) == 1, "RandomBytes: no randomness to be had")
            initialized = count
        }
    }
}
