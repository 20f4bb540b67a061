// The sums of `HeapSize` beside the memory that the process takes: in one of its own, for here other tests run too.

import JSON
import Testing

@testable import GraphQL

#if canImport(Glibc)
    import Glibc

    @Suite("Heap sizes")
    struct HeapSizeTests {
        @Test(arguments: Shape.allCases)
        func `documents and plans take about the bytes that are accounted`(_ shape: Shape) async {
            await #expect(processExitsWith: .success) { [shape] in try Self.check(shape) }
        }

        enum Shape: String, CaseIterable, Codable {
            case small, wide, fragments, literals, conditions, refusals

            func text(_ number: Int) -> String {
                func list(_ count: Int, _ part: (Int) -> String) -> String {
                    (0..<count).map(part).joined(separator: " ")
                }
                return switch self {
                case .small: "query Q\(number) { shelves { id label } }"
                case .wide: "{ shelves { \(list(60) { "a\(number)x\($0): id" }) items { id title } } }"
                case .fragments:
                    "{ found { ...F0 } } "
                        + list(12) { "fragment F\($0) on Book { n\(number): next { ...F\($0 + 1) title } } " }
                        + "fragment F12 on Book { id }"
                case .literals:
                    list(1) { _ in "query Q\(number) {" }
                        + list(20) {
                            "e\($0): echo(list: [\(list(10) { "\($0)" })], string: \"a text of some length\")"
                        }
                        + "}"
                case .conditions:
                    "query Q\(number)($yes: Boolean! = true) { shelves @include(if: $yes) { id items { id } } }"
                case .refusals: "{ \(list(30) { "unknown\(number)x\($0)" }) }"
                }
            }
        }

        private static func check(_ shape: Shape) throws {
            let engine = try Library.makeEngine(configuration: EngineConfiguration(documentCacheBytes: 1 << 30))
            // What is made once per process is made before.
            _ = try? engine.prepare(GraphQLRequest(shape.text(0)))
            let before = try residentBytes()
            var number = 0
            while engine.cachedBytes < 8_000_000 {
                number += 1
                _ = try? engine.prepare(GraphQLRequest(shape.text(number)))
            }
            let measured = try Double(residentBytes() - before)
            let ratio = Double(engine.cachedBytes) / measured
            #expect(ratio > 0.8 && ratio < 1.3, "\(shape): accounted \(engine.cachedBytes) of \(measured) bytes")
        }

        /// The process's memory: what the documents leave unused of it is theirs too.
        private static func residentBytes() throws -> Int {
            let file = try #require(fopen("/proc/self/statm", "r"))
            defer { fclose(file) }
            var bytes = [UInt8](repeating: 0, count: 128)
            let count = fread(&bytes, 1, bytes.count, file)
            let pages = try #require(
                String(decoding: bytes[..<count], as: UTF8.self).split(separator: " ").dropFirst().first)
            return try #require(Int(pages)) * sysconf(Int32(_SC_PAGESIZE))
        }
    }
#endif
