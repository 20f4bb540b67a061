import Clients
import EventLoop
import FoundationEssentials
import Imaging

// The pictures embedded in the pages of a PDF, as candidates for the registry.
extension DocumentRun {
    /// What is narrower or lower, in pixels, is an ornament.
    static let smallestPicture = 32
    /// The most pixels of a page's pictures together: all of them are decoded to get at one.
    static let maximumPicturePixels = 100_000_000
    /// The most pictures that are kept of a page.
    static let maximumPictures = 100

    /// Stores the pictures embedded in a page, each once for the document, with small copies.
    ///
    /// Files are made in `folder`, which is gone afterwards. Nothing stays in the store if it throws.
    func extract(
        page number: Int, of path: String, to folder: String, _ reader: PDFReader, _ plan: DocumentRunStore.Plan
    ) async throws -> DocumentPictures {
        let listed = try await compute("listing embedded pictures") {
            try reader.pictures(ofPage: number, of: path, checkCancellation: $0)
        }
        let wanted = listed.filter { min($0.width, $0.height) >= Self.smallestPicture }.prefix(Self.maximumPictures)
        let pixels = listed.reduce(0.0) { $0 + Double($1.width) * Double($1.height) }
        guard !wanted.isEmpty, pixels <= Double(Self.maximumPicturePixels) else {
            return DocumentPictures(found: [], skipped: listed.count)
        }
        let known = try await store.pictureHashes(of: plan)
        let files = try await compute("extracting embedded pictures") { check in
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            do {
                try reader.extractPictures(ofPage: number, of: path, to: folder + "/p", checkCancellation: check)
                return try Self.files(of: Array(wanted), in: folder, without: known, check)
            } catch is PDFReader.Refusal {
                // The page has been drawn: what is embedded in it is left out, and counted.
                return []
            } catch {
                // The first error tells more than that of a folder that cannot be removed.
                try? FileManager.default.removeItem(atPath: folder)
                throw error
            }
        }
        let result = try await store(files, ofPage: number, plan, skipped: listed.count - files.count)
        try await blocking.run("removing files") { try FileManager.default.removeItem(atPath: folder) }
        return result
    }

    /// A picture in a file, measured.
    private struct PictureFile: Sendable {
        let path: String
        let width: Int
        let height: Int
        let digest: FileDigest
        let thumbnail: [UInt8]
    }

    private static func files(
        of pictures: [PDFReader.EmbeddedPicture], in folder: String, without known: Swift.Set<String>,
        _ checkCancellation: () throws -> Void
    ) throws -> [PictureFile] {
        let limits = FileInspector().limits
        var known = known
        var files: [PictureFile] = []
        for picture in pictures {
            try checkCancellation()
            let digits = String(picture.number)
            let path = "\(folder)/p-\(String(repeating: "0", count: max(0, 3 - digits.count)))\(digits).png"
            // What cannot be decoded is missing or no picture.
            guard FileManager.default.fileExists(atPath: path) else { continue }
            let digest = try FileDigest(of: path)
            guard !known.contains(digest.sha256), let decoded = try? Picture.decode(.file(path), limits: limits) else {
                continue
            }
            known.insert(digest.sha256)
            files.append(
                PictureFile(
                    path: path, width: decoded.width, height: decoded.height, digest: digest,
                    thumbnail: try Thumbnail.bytes(of: decoded)))
        }
        return files
    }

    private func store(
        _ files: [PictureFile], ofPage number: Int, _ plan: DocumentRunStore.Plan, skipped: Int
    ) async throws -> DocumentPictures {
        let folder = "projects/\(plan.projectID.text)/documents/\(plan.documentID.text)"
        var result = DocumentPictures(found: [], skipped: skipped)
        var stored: [ObjectKey] = []
        do {
            for (index, file) in files.enumerated() {
                let key = try ObjectKey("\(folder)/\(number)-\(index + 1)-\(plan.runToken.text)")
                let thumbnail = try Thumbnail.key(for: key)
                try await objects.put(.movedFile(file.path), at: key)
                stored.append(key)
                try await objects.put(.bytes(file.thumbnail), at: thumbnail)
                stored.append(thumbnail)
                result.found.append(
                    StoredFile(
                        objectKey: key.text, thumbnailKey: thumbnail.text, mediaType: "image/png", width: file.width,
                        height: file.height, byteCount: file.digest.byteCount, sha256: file.digest.sha256))
            }
            return result
        } catch {
            for key in stored { try await objects.delete(key) }
            throw error
        }
    }
}
