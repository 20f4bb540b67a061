// The program. Everything it can do is a command; everything it does is in the targets below.

import ArgumentParser
import Database
import Foundation

struct Aimage: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "aimage",
        abstract: "Aimage Supervision: checks pictures of licensed characters with AI and by hand.",
        version: "0.1.0",
        subcommands: [Serve.self, Work.self, Migrate.self, Seed.self, Token.self, PrintSchema.self])
}

@main
enum Program {
    static func main() async {
        do {
            var command = try Aimage.parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch let error as DatabaseError {
            // Its plain description is made for clients and says little; whoever starts the program may know all.
            FileHandle.standardError.write(Data("Error: \(String(reflecting: error))\n".utf8))
            exit(1)
        } catch {
            Aimage.exit(withError: error)
        }
    }
}
