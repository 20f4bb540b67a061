// The command: reads one file, writes the files that the build knows, or says what is wrong with the one.

import Glibc

/// The command `SchemaGenerator schema.graphql output-folder`.
@main
enum GenerateCommand {
    static func main() {
        guard CommandLine.arguments.count == 3 else {
            complain("usage: SchemaGenerator <schema.graphql> <output folder>")
            exit(2)
        }
        let input = CommandLine.arguments[1]
        do {
            let sdl = try TextFile.read(input)
            let name = input.split(separator: "/").last.map(String.init) ?? input
            for file in try GeneratorPipeline.run(sdl: sdl, fileName: name) {
                try TextFile.write(file.text, to: CommandLine.arguments[2] + "/" + file.name)
            }
        } catch {
            complain("\(error)")
            exit(1)
        }
    }

    /// To the descriptor, because Swift 6 can't touch the variable `stderr`.
    private static func complain(_ message: String) {
        let bytes = Array((message + "\n").utf8)
        _ = write(STDERR_FILENO, bytes, bytes.count)
    }
}
