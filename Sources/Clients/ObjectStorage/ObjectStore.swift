// What the system needs of a place for files: a directory by default, S3 or a compatible service in production.
// `ObjectStoreSuite` in the tests says in examples what every implementation must do.

/// Bytes to store.
public enum ObjectContent: Sendable {
    /// Bytes in memory.
    case bytes([UInt8])
    /// A file of this machine, which stays where it is.
    case file(String)
    /// A file of this machine that the store may take away; it is gone when `put` succeeds.
    case movedFile(String)
}

/// A stored object in a list.
public struct ObjectInfo: Sendable, Hashable {
    /// Its name.
    public let key: ObjectKey
    /// Its size in bytes.
    public let size: Int

    /// Makes an entry.
    public init(key: ObjectKey, size: Int) {
        self.key = key
        self.size = size
    }
}

/// A place for files under keys.
///
/// All calls may be made from any task; none blocks the calling thread. All errors are `ObjectStoreError` or
/// `CancellationError`.
public protocol ObjectStore: Sendable {
    /// Stores an object, replacing one of the same key at once: a reader sees the old bytes or the new ones, never a mix.
    ///
    /// When it returns, the bytes survive a crash of the machine.
    func put(_ content: ObjectContent, at key: ObjectKey) async throws

    /// All bytes of an object; throws `notFound`.
    func get(_ key: ObjectKey) async throws -> [UInt8]

    /// Some bytes of an object; throws `notFound`, or `invalidRange` when the range leaves the object.
    func get(_ key: ObjectKey, range: Range<Int>) async throws -> [UInt8]

    /// Writes an object to a file of this machine, replacing it; throws `notFound`.
    func download(_ key: ObjectKey, to path: String) async throws

    /// The size of an object in bytes; nil when there is none.
    func size(of key: ObjectKey) async throws -> Int?

    /// Removes an object; one that does not exist is no error.
    func delete(_ key: ObjectKey) async throws

    /// Objects whose key's text begins with `prefix`, in the order of their keys, those after `after` only.
    func list(prefix: String, after: ObjectKey?, limit: Int) async throws -> [ObjectInfo]

    /// The path of a file that holds the object's bytes now, for reading only; nil when the store is not on this machine.
    ///
    /// Says nothing about whether the object exists.
    func localPath(of key: ObjectKey) -> String?
}
