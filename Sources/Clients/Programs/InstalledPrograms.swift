#if canImport(Glibc)
    import Glibc
#endif

/// Where other people's programs are.
enum InstalledPrograms {
    /// The first folder that has all of some programs; nil if none has.
    ///
    /// `searchPath` is a list of folders as in the environment's `PATH`. Touches the disk.
    static func folder(of programs: [String], searchPath: String) -> String? {
        searchPath.split(separator: ":").map(String.init).first { folder in
            programs.allSatisfy { access("\(folder)/\($0)", X_OK) == 0 }
        }
    }
}
