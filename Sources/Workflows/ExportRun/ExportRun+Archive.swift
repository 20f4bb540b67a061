import Archive
import Clients
import EventLoop
import FoundationEssentials

extension ExportRun {
    /// Writes the originals of a plan into an archive, a folder for each task, and gives its path.
    ///
    /// Bytes go from file to file. The parts of the progress are the files and, at the end, the archive itself.
    func writeArchive(of plan: ExportPlan, in folder: String) async throws -> String {
        let originals = ArchiveContents.originals(of: plan)
        if originals.isEmpty { throw ExportRefusal.nothing }
        var files: [(name: String, path: String)] = []
        var missing: [String] = []
        for (index, original) in originals.enumerated() {
            try Task.checkCancellation()
            try await store.progress(plan, slidesDone: index, slidesTotal: originals.count + 1)
            let key = try original.objectKey.map { try ObjectKey($0) }
            if let key, try await objects.size(of: key) != nil {
                files.append((original.name, try await objects.file(of: key, elseTo: "\(folder)/\(index).original")))
            } else {
                missing.append(original.name)
            }
        }
        try await store.progress(plan, slidesDone: originals.count, slidesTotal: originals.count + 1)
        let path = "\(folder)/\(Self.stem).zip"
        let (entries, absent) = (files, missing)
        try await blocking.run(stoppable: "writing an archive") { check in
            func isCancelled() -> Bool {
                do {
                    try check()
                    return false
                } catch {
                    return true
                }
            }
            try ZIPWriter.write(to: path, isCancelled: isCancelled) { zip in
                // What people send is compressed already.
                for entry in entries { try zip.add(entry.name, file: entry.path, compression: .stored) }
                guard !absent.isEmpty else { return }
                try zip.add("MISSING.txt", Array((absent.joined(separator: "\r\n") + "\r\n").utf8))
            }
        }
        return path
    }
}

/// What lies where in an archive of originals.
enum ArchiveContents {
    /// One version of a material.
    struct Original: Sendable, Hashable {
        /// The name in the archive, with its folder.
        let name: String
        /// Nil while its bytes have not been checked.
        let objectKey: String?
    }

    /// The originals in their order: `01 Task/001 Material.png`, with the version where there are several.
    ///
    /// The numbers keep the order, and apart what has the same name.
    static func originals(of plan: ExportPlan) -> [Original] {
        let hasVersions = plan.options.contentVersions == "ALL"
        return plan.parts.enumerated().flatMap { number, part -> [Original] in
            let folder = "\(padded(number + 1, 2)) \(SafeFileName.make(part.name, fallback: "task"))"
            var position = 0
            return part.pages.map { page in
                if page.isNewest { position += 1 }
                let version = hasVersions ? " v\(page.contentVersion)" : ""
                let name = "\(padded(position, 3)) \(SafeFileName.make(page.title, fallback: "material"))\(version)"
                return Original(name: "\(folder)/\(name)\(ending(of: page.fileName))", objectKey: page.objectKey)
            }
        }
    }

    private static func padded(_ number: Int, _ digits: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(digits - text.count, 0)) + text
    }

    /// The ending of a file's name with its dot; nothing if that is no plain ending.
    private static func ending(of fileName: String) -> String {
        guard let dot = fileName.lastIndex(of: ".") else { return "" }
        let ending = fileName[fileName.index(after: dot)...].utf8
        let isPlain = ending.allSatisfy { byte in
            let scalar = UnicodeScalar(byte)
            return byte < 0x80 && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
        }
        return isPlain && (1...8).contains(ending.count) ? ".\(String(Substring(ending)).lowercased())" : ""
    }
}
