// The program. Everything it can do is a command; everything it does is in the targets below.

import ArgumentParser

@main
struct Aimage: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "aimage",
        abstract: "Aimage Supervision: checks pictures of licensed characters with AI and by hand.",
        version: "0.1.0",
        subcommands: [Serve.self, Work.self, Migrate.self, Seed.self, Token.self, PrintSchema.self])
}
