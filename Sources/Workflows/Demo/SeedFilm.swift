import FoundationEssentials
import Imaging

/// A film of the demo data: illustrations that follow each other, the only material of a task of its own.
struct SeedFilm: Sendable {
    /// The task, without its material.
    let task: SeedTask
    /// The name of the material.
    let name: String
    let description: String
    /// What is shown, each for `secondsPerShot`.
    let shots: [SeedPicture]
    /// What somebody has written at a moment of it.
    let remark: Remark

    struct Remark: Sendable {
        let text: String
        let author: SeedUser
        let startSeconds: Double
        let endSeconds: Double
    }

    static let secondsPerShot = 2

    /// How many films there are.
    static let count = SeedProject.all.reduce(0) { $0 + $1.films.count }

    /// Whom it shows: the review points that speak of them are executed.
    var figure: DemoFigure { shots[0].figure }
}

extension SeedProject {
    func id(of film: SeedFilm) -> UUID { SeedID.uuid("film/\(key)/\(film.name)") }

    /// The id of the file of a film.
    func assetID(of film: SeedFilm) -> UUID { SeedID.uuid("asset/\(key)/film/\(film.name)") }

    /// The review of a film.
    func review(of film: SeedFilm) -> SeedReview {
        SeedReview(
            subtaskID: id(of: film), viewer: reviewer, selection: .rpds(rpdIDs(for: film.figure)), mode: "SPEED")
    }

    static let hoshiyomiFilms: [SeedFilm] = [
        SeedFilm(
            task: SeedTask(
                "第3話 予告映像", .withPerson, .high, due: 4, by: .studio, for: .supervisor,
                note: "6秒の予告。場面ごとに監修する。", []),
            name: "本編", description: "デモ用の映像です。意図して入れた誤り：第2場面は瞳の色、第3場面は権利表記なし。",
            shots: [
                .material(.sora, [], seed: 181, .none), .material(.sora, .wrongEyeColor, seed: 182, .none),
                .material(.sora, .missingNotice, seed: 183, .none),
            ],
            remark: .init(text: "ここから瞳の色が設定と違って見えます。", author: .partner, startSeconds: 2.4, endSeconds: 3.6))
    ]
}
