import Foundation

// LibreOffice's program, in a process of its own with bounds, which is killed with its children. All methods wait: call
// them on a thread that may.

/// Makes files of other files by LibreOffice.
struct LibreOffice: Sendable {
    /// The program's path.
    let program: String
    let secondsAllowed: Int

    /// Where the program is; nil if it is not installed.
    ///
    /// `searchPath` is a list of folders as in the environment's `PATH`.
    static func program(searchPath: String) -> String? {
        InstalledPrograms.folder(of: ["soffice"], searchPath: searchPath).map { "\($0)/soffice" }
    }

    /// Makes `STEM.ending` of a file `STEM.…` in a folder, and gives its path; nil if that cannot be done.
    ///
    /// `format` is the ending, or it and the name of a filter as `ending:filter`. The folder is for this run alone:
    /// LibreOffice keeps its profile there, so that no other run is in its way. Throws what `checkCancellation` throws.
    func convert(
        _ name: String, to format: String, in folder: String, checkCancellation: () throws -> Void
    ) throws -> String? {
        let profile = "\(folder)/profile"
        try FileManager.default.createDirectory(atPath: "\(profile)/user", withIntermediateDirectories: true)
        try Data(Self.settings.utf8).write(to: URL(filePath: "\(profile)/user/registrymodifications.xcu"))
        let run = ProgramRun(
            program: program,
            arguments: [
                "-env:UserInstallation=\(Self.fileURL(profile))", "--headless", "--norestore", "--nolockcheck",
                "--convert-to", format, "--outdir", folder, "\(folder)/\(name)",
            ], secondsAllowed: secondsAllowed,
            limits: ProgramRun.Limits(
                memoryBytes: 6 << 30, processorSeconds: secondsAllowed, fileBytes: 1 << 30),
            environment: ["HOME=\(folder)", "PATH=/usr/local/bin:/usr/bin:/bin"])
        guard try run.output(input: [], checkCancellation: checkCancellation) != nil else { return nil }
        // It ends well after some failures, too.
        let stem = name.lastIndex(of: ".").map { name[..<$0] } ?? name[...]
        let path = "\(folder)/\(stem).\(format.prefix { $0 != ":" })"
        return access(path, R_OK) == 0 ? path : nil
    }

    /// What files of strangers may not do: run macros, fetch pictures and tables from other machines and files.
    ///
    /// Whatever asks for another machine all the same gets a proxy that is not there.
    private static let settings: String = {
        let scripting = "org.openoffice.Office.Common/Security/Scripting"
        let network = "org.openoffice.Inet/Settings"
        let values = [
            (scripting, "DisableMacrosExecution", "true"), (scripting, "MacroSecurityLevel", "3"),
            (scripting, "BlockUntrustedRefererLinks", "true"),
            ("org.openoffice.Office.Writer/Content/Update", "Link", "2"),
            ("org.openoffice.Office.Calc/Content/Update", "Link", "2"),
            (network, "ooInetProxyType", "2"), (network, "ooInetHTTPProxyName", "127.0.0.1"),
            (network, "ooInetHTTPProxyPort", "9"), (network, "ooInetHTTPSProxyName", "127.0.0.1"),
            (network, "ooInetHTTPSProxyPort", "9"),
        ]
        let items = values.map { path, name, value in
            #"<item oor:path="/\#(path)"><prop oor:name="\#(name)" oor:op="fuse"><value>\#(value)</value></prop></item>"#
        }
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" \
            xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
            \(items.joined(separator: "\n"))
            </oor:items>
            """
    }()

    /// A path as a URL, with all but the plainest bytes escaped.
    static func fileURL(_ path: String) -> String {
        var url = "file://"
        for byte in path.utf8 {
            let scalar = UnicodeScalar(byte)
            let isPlain = byte < 0x80 && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
            if isPlain || "/-_.".unicodeScalars.contains(scalar) {
                url.unicodeScalars.append(scalar)
            } else {
                url += (byte < 16 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
            }
        }
        return url
    }
}
