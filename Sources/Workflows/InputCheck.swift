import Database
import FoundationEssentials

/// Collects the problems of an input, so that a form can show all of them at once.
struct InputCheck {
    private(set) var problems: [InputProblem] = []

    /// Adds a problem.
    mutating func fail(_ field: [String], _ code: InputProblem.Code, _ message: String) {
        problems.append(InputProblem(field, code, message))
    }

    /// Checks a name: not blank, at most `maximum` characters.
    ///
    /// Gives it back without spaces around it.
    mutating func name(_ text: String, _ field: [String], maximum: Int = 255) -> String {
        let trimmed = text.trimmedSpaces
        if trimmed.isEmpty { fail(field, .required, "This may not be empty.") }
        // Postgres counts code points, and the columns' checks are in code points.
        if trimmed.unicodeScalars.count > maximum {
            fail(field, .tooLong, "At most \(maximum) characters are allowed.")
        }
        return storable(trimmed, field)
    }

    /// Checks a longer text: at most `maximum` characters.
    mutating func text(_ text: String, _ field: [String], maximum: Int = 5000) -> String {
        if text.unicodeScalars.count > maximum { fail(field, .tooLong, "At most \(maximum) characters are allowed.") }
        return storable(text, field)
    }

    /// Checks a longer text that may not be blank: at most `maximum` characters.
    mutating func sentence(_ text: String, _ field: [String], maximum: Int = 5000) -> String {
        if text.trimmedSpaces.isEmpty { fail(field, .required, "This may not be empty.") }
        return self.text(text, field, maximum: maximum)
    }

    /// Checks JSON text: at most `maximum` bytes.
    mutating func json(_ text: [UInt8], _ field: [String], maximum: Int) {
        if text.count > maximum { fail(field, .tooLong, "At most \(maximum) bytes are allowed.") }
        if Self.escapesNUL(text) { fail(field, .invalid, "The character U+0000 is not allowed.") }
    }

    /// Whether a string in JSON text has U+0000 in it, which can only be written as an escape.
    private static func escapesNUL(_ text: [UInt8]) -> Bool {
        let escape = Array("u0000".utf8)
        var index = 0
        while index < text.count {
            guard text[index] == UInt8(ascii: "\\") else {
                index += 1
                continue
            }
            if text[(index + 1)...].starts(with: escape) { return true }
            index += 2
        }
        return false
    }

    /// Checks that every identifier of a list was found: the first column of `found`.
    ///
    /// Each that was not is told with its position.
    mutating func allFound(_ ids: [UUID], _ found: RowSet, _ field: [String], _ message: String) {
        let isFound = Swift.Set(found.map { $0.uuid(0) })
        for (index, id) in ids.enumerated() where !isFound.contains(id) {
            fail(field + [String(index)], .notFound, message)
        }
    }

    /// Throws when there are problems.
    func finish() throws {
        if !problems.isEmpty { throw WorkflowError(problems: problems) }
    }

    /// Postgres stores no U+0000.
    private mutating func storable(_ text: String, _ field: [String]) -> String {
        if text.utf8.contains(0) { fail(field, .invalid, "The character U+0000 is not allowed.") }
        return text
    }
}

extension String {
    /// The text without white space at both ends.
    var trimmedSpaces: String {
        guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace })
        else { return "" }
        return String(self[first...last])
    }
}
