import ArgumentParser
import Foundation

/// Where the data is: options that every command has.
struct DataOptions: ParsableArguments {
    @Option(name: .long, help: "The folder for the embedded database, the files and the secrets.")
    var data = ".data"

    /// The folder as an absolute path.
    var folder: String {
        URL(fileURLWithPath: data, relativeTo: URL(fileURLWithPath: FileManager.default.currentDirectoryPath))
            .standardizedFileURL.path
    }

    /// `DATABASE_URL`, which replaces the embedded database.
    var databaseURL: String? { Environment.value("DATABASE_URL") }
}

/// The process's environment: read here and nowhere below.
enum Environment {
    /// A variable's value; nil if it is not set or empty.
    static func value(_ name: String) -> String? {
        ProcessInfo.processInfo.environment[name].flatMap { $0.isEmpty ? nil : $0 }
    }
}
