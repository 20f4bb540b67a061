// Comparison of secrets.

import COpenSSL

/// Whether two byte strings are equal, in a time that depends on their lengths only.
///
/// Use it for every code, token and key that a stranger may try to guess byte by byte.
public func constantTimeEquals(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    guard left.count == right.count else { return false }
    return CRYPTO_memcmp(left, right, left.count) == 0
}
