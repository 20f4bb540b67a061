import Glibc

/// A range of IP addresses in CIDR notation (RFC 4632): `10.0.0.0/8`, `::1`, `fd00::/8`.
///
/// IPv4 addresses are compared as IPv6 ones that map them, so that `::ffff:10.0.0.1` is in `10.0.0.0/8`.
public struct AddressRange: Sendable, Hashable {
    private let bytes: [UInt8]
    private let prefixLength: Int

    /// Reads a range; nil when the text is none.
    ///
    /// An address without a length stands for itself alone.
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let address = Self.bytes(of: parts[0]) else { return nil }
        let width = parts[0].contains(":") ? 128 : 32
        var length = width
        if parts.count == 2 {
            guard let given = Int(parts[1]), (0...width).contains(given) else { return nil }
            length = given
        }
        bytes = address
        prefixLength = length + 128 - width
    }

    /// Whether a numeric address lies in the range.
    public func contains(_ address: String) -> Bool {
        guard let other = Self.bytes(of: address) else { return false }
        let whole = prefixLength / 8
        guard bytes[..<whole] == other[..<whole] else { return false }
        let rest = prefixLength % 8
        return rest == 0 || (bytes[whole] ^ other[whole]) >> (8 - rest) == 0
    }

    /// The machine itself.
    public static let loopback = [AddressRange("127.0.0.0/8"), AddressRange("::1")].compactMap { $0 }

    /// The sixteen bytes of an address; nil when the text is no numeric address.
    private static func bytes(of text: some StringProtocol) -> [UInt8]? {
        var address = in6_addr()
        // Without a colon it must be four numbers; what maps it into IPv6 would take one hexadecimal group too.
        guard text.contains(":") || text.utf8.count(where: { $0 == 0x2E }) == 3 else { return nil }
        let mapped = text.contains(":") ? String(text) : "::ffff:\(text)"
        guard inet_pton(AF_INET6, mapped, &address) == 1 else { return nil }
        return withUnsafeBytes(of: &address) { Array($0) }
    }
}

extension [AddressRange] {
    /// Whether any range contains the address.
    ///
    /// `unix`, the address of local sockets, is the machine itself.
    public func contains(address: String) -> Bool {
        contains { $0.contains(address == "unix" ? "127.0.0.1" : address) }
    }
}
