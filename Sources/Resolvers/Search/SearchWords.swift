import Database
import GraphQL

/// The words that somebody looks for, as the database compares them.
struct SearchWords: Sendable {
    /// The most characters of a query.
    static let maximumCharacters = 200
    /// The most words of a query.
    static let maximumCount = 10

    /// The words, folded; none find nothing.
    let folded: [String]

    /// Folds the words of a query as the database does.
    init(_ query: String, in transaction: Transaction) async throws {
        let row = try await transaction.queryFirst(
            """
            select array(
                select search_fold(words.word)
                from unnest(\(try Self.words(of: query))) with ordinality as words (word, place)
                order by words.place
            ), \(Self.planning)
            """)
        folded = row?.array(0, of: String.self) ?? []
    }

    /// Lets statements of the transaction be planned for their very words: what is rare and what is common have different
    /// plans.
    static func planForValues(in transaction: Transaction) async throws {
        try await transaction.query("select \(planning)")
    }

    private static let planning: SQL = "set_config('plan_cache_mode', 'force_custom_plan', true)"

    private static func words(of query: String) throws(FieldError) -> [String] {
        guard query.unicodeScalars.count <= maximumCharacters else {
            throw FieldError("A query has at most \(maximumCharacters) characters.", code: .badUserInput)
        }
        guard !query.utf8.contains(0) else {
            throw FieldError("The character U+0000 is not allowed.", code: .badUserInput)
        }
        let words = query.split(whereSeparator: \.isWhitespace).map(String.init)
        guard words.count <= maximumCount else {
            throw FieldError("A query has at most \(maximumCount) words.", code: .badUserInput)
        }
        return words
    }

    /// The number of a task, if that is what is looked for: `T23` or `23`.
    var number: Int? {
        guard folded.count == 1, let word = folded.first else { return nil }
        let digits = word.hasPrefix("t") ? word.dropFirst() : word[...]
        // More digits than any number has.
        guard (1...9).contains(digits.utf8.count), digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return nil
        }
        return Int(digits)
    }

    // MARK: Conditions

    /// A text has all words in it.
    ///
    /// The pattern says it all; the pairs of characters are there for their index.
    func areIn(_ column: String) -> SQL {
        all { word in
            """
            search_characters(\(unsafeSQL: column)) @@ \(Self.characters(of: word))::tsquery
            and \(unsafeSQL: column) like \(Self.pattern(of: word))
            """
        }
    }

    /// A text's first line, which is the name, has all words in it.
    func areInName(_ column: String) -> SQL {
        all { word in "split_part(\(unsafeSQL: column), E'\\n', 1) like \(Self.pattern(of: word))" }
    }

    /// What has a word in it, for `like`.
    private static func pattern(of word: String) -> String {
        var pattern = "%"
        for scalar in word.unicodeScalars {
            if ["\\", "%", "_"].contains(scalar) { pattern += "\\" }
            pattern.unicodeScalars.append(scalar)
        }
        return pattern + "%"
    }

    /// What has all pairs of neighbors of a word, or its only character, as the text of a `tsquery`; Postgres' characters
    /// are code points.
    private static func characters(of word: String) -> String {
        let scalars = word.unicodeScalars.map { scalar in
            switch scalar {
            case "'": "''"
            case "\\": #"\\"#
            default: String(scalar)
            }
        }
        let lexemes = scalars.count == 1 ? scalars : zip(scalars, scalars.dropFirst()).map { $0 + $1 }
        return Set(lexemes).map { "'\($0)'" }.sorted().joined(separator: " & ")
    }

    /// A condition for all words; there is at least one.
    private func all(_ condition: (String) -> SQL) -> SQL { SQL.all(folded.map(condition)) ?? "true" }
}
