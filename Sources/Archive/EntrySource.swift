// An entry whose bytes are made when libzip wants them: only at the end, one entry after the other, so that a big
// archive never lies in memory as a whole.

import CLibZip

/// The bytes of one entry, loaded at its turn and dropped after it.
///
/// libzip holds a retained reference from `makeSource` until it sends `ZIP_SOURCE_FREE`, which is the one release.
final class EntrySource {
    private let load: () throws -> [UInt8]
    private let failed: (any Error) -> Void
    private var bytes: [UInt8]?
    private var size: Int?
    private var position = 0

    /// Makes a source; an error of `load` goes to `failed`, and the writing of the archive ends.
    init(load: @escaping () throws -> [UInt8], failed: @escaping (any Error) -> Void) {
        self.load = load
        self.failed = failed
    }

    /// Makes libzip's source, which keeps this object until libzip frees it.
    func makeSource() throws -> OpaquePointer {
        let retained = Unmanaged.passRetained(self)
        let source = zip_source_function_create(
            { context, data, length, command in
                guard let context else { return -1 }
                let source = Unmanaged<EntrySource>.fromOpaque(context)
                if command == ZIP_SOURCE_FREE {
                    source.release()
                    return 0
                }
                return source.takeUnretainedValue().didReceive(command, data, Int(length))
            }, retained.toOpaque(), nil)
        guard let source else {
            retained.release()
            throw ArchiveError(.cannotWrite, "Out of memory.")
        }
        return source
    }

    private func didReceive(_ command: zip_source_cmd_t, _ data: UnsafeMutableRawPointer?, _ length: Int) -> Int64 {
        switch command {
        case ZIP_SOURCE_SUPPORTS:
            return aimage_zip_source_supports_readable()
        case ZIP_SOURCE_STAT:
            return stat(data)
        case ZIP_SOURCE_OPEN:
            position = 0
            return loadBytes() ? 0 : -1
        case ZIP_SOURCE_READ:
            return read(into: data, length)
        case ZIP_SOURCE_CLOSE:
            bytes = nil
            return 0
        case ZIP_SOURCE_ERROR:
            guard let data, length >= 2 * MemoryLayout<Int32>.size else { return -1 }
            data.storeBytes(of: ZIP_ER_READ, as: Int32.self)
            data.storeBytes(of: 0, toByteOffset: MemoryLayout<Int32>.size, as: Int32.self)
            return Int64(2 * MemoryLayout<Int32>.size)
        default:
            return -1
        }
    }

    private func stat(_ data: UnsafeMutableRawPointer?) -> Int64 {
        // libzip asks for the size just before it opens the entry; knowing it keeps ZIP64 records out of the archive.
        guard size != nil || loadBytes(), let size, let data else { return -1 }
        let stat = data.assumingMemoryBound(to: zip_stat_t.self)
        zip_stat_init(stat)
        stat.pointee.size = zip_uint64_t(size)
        stat.pointee.valid |= zip_uint64_t(ZIP_STAT_SIZE)
        return Int64(MemoryLayout<zip_stat_t>.size)
    }

    private func read(into data: UnsafeMutableRawPointer?, _ length: Int) -> Int64 {
        guard let bytes, let data else { return -1 }
        let count = min(length, bytes.count - position)
        guard count > 0 else { return 0 }
        bytes.withUnsafeBytes { all in
            UnsafeMutableRawBufferPointer(start: data, count: count)
                .copyMemory(from: UnsafeRawBufferPointer(rebasing: all[position..<position + count]))
        }
        position += count
        return Int64(count)
    }

    private func loadBytes() -> Bool {
        if bytes != nil { return true }
        do {
            let loaded = try load()
            bytes = loaded
            size = loaded.count
            return true
        } catch {
            failed(error)
            return false
        }
    }
}
