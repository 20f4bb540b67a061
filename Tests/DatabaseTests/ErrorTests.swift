import Database
import Testing

@Suite("Database error")
struct ErrorTests {
    @Test("The description says kind and SQLSTATE and nothing of the data")
    func descriptionLeaksNothing() {
        var error = DatabaseError(.server, "duplicate key value", statement: "insert into secrets")
        error.sqlState = .uniqueViolation
        error.detail = "Key (email)=(a@b.example) already exists."
        error.constraint = "users_email_key"
        #expect("\(error)" == "The database operation failed (server, SQLSTATE 23505).")
        let full = String(reflecting: error)
        for part in ["duplicate key value", "a@b.example", "users_email_key", "insert into secrets", "23505"] {
            #expect(full.contains(part))
        }
        #expect(error.isUniqueViolation(of: "users_email_key"))
        #expect(!error.isUniqueViolation(of: "other"))
    }

    @Test("Serialization failures and deadlocks are conflicts, others are not")
    func conflicts() {
        #expect(SQLState("40001").isTransactionConflict && SQLState("40P01").isTransactionConflict)
        #expect(!SQLState.uniqueViolation.isTransactionConflict)
        #expect(SQLState.uniqueViolation.conditionClass == "23")
    }
}
