import Clients
import FoundationEssentials
import Hashing
import Imaging

extension SeedFiles {
    /// Makes the films and stores them as uploads are stored; gives what was stored by the file's id.
    ///
    /// A film that this ffmpeg cannot make is left out.
    func store(filmsOf projects: [SeedProject], _ tools: FilmTools, report: (String) -> Void) async throws -> [UUID:
        Stored]
    {
        var stored: [UUID: Stored] = [:]
        for project in projects {
            for film in project.films {
                report("Making a film of pictures")
                stored[project.assetID(of: film)] = try await store(film, of: project, tools)
            }
        }
        return stored
    }

    private func store(_ film: SeedFilm, of project: SeedProject, _ tools: FilmTools) async throws -> Stored? {
        let draw = draw
        let made = try await blocking.run(stoppable: "making a demo film") {
            check -> ([UInt8], FileInspector.Inspection)? in
            let path = "\(tools.temporaryFolder)/\(UUID().text).mp4"
            defer {
                // What is left over is in a temporary folder; the error that led here tells more.
                try? FileManager.default.removeItem(atPath: path)
            }
            let pictures = try film.shots.map { try Picture.decode(.bytes(draw($0))).pngBytes(compression: 1) }
            guard
                try tools.writer.write(
                    pictures, secondsEach: SeedFilm.secondsPerShot, to: path, checkCancellation: check)
            else { return nil }
            let inspection = try MediaInspector(reader: tools.reader).inspect(
                path: path, announced: ["video/mp4"], checkCancellation: check)
            return ([UInt8](try Data(contentsOf: URL(filePath: path))), inspection)
        }
        guard let (bytes, inspection) = made else { return nil }
        let key = SeedFile.objectKey(
            of: project.assetID(of: film), in: project.id, digest: SHA256.hash(bytes))
        try await objects.put(.bytes(bytes), at: try ObjectKey(key))
        if let thumbnail = inspection.thumbnail {
            try await objects.put(.bytes(thumbnail), at: try Thumbnail.key(for: ObjectKey(key)))
        }
        return Stored(objectKey: key, byteCount: bytes.count, inspection: inspection)
    }
}
