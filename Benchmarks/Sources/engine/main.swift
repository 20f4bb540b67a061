// The engine's side of Comparison/compare.py: reads commands from standard input, answers each with a line. The only
// argument is the folder with the schema and the operations.

import Foundation
import GraphQL

let folder = URL(fileURLWithPath: CommandLine.arguments[1])

func text(_ name: String) throws -> String {
    try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
}

let worker = try Worker(
    schemaText: text("schema.graphql"), dashText: text("dash.graphql"),
    introspectionText: text("introspection.graphql"))
// As in the server: everything runs on one serial executor.
try await withTaskExecutorPreference(ExecutionHost.standalone().executor) {
    while let line = readLine() {
        let words = line.split(separator: " ").map(String.init)
        switch words[0] {
        case "time":
            print(try await worker.time(words[1], repeats: Int(words[2]) ?? 1))
        case "count":
            let taken = try await worker.count(words[1])
            print(taken.count, taken.peak_bytes)
        default:
            print(String(decoding: try await worker.response(of: words[1]), as: UTF8.self))
        }
        fflush(nil)
    }
}
