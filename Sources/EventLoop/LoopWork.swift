/// One thing for the loop to run: a job of the Swift runtime or a closure of ours.
enum LoopWork: Sendable {
    case job(UnownedJob)
    case closure(@Sendable () -> Void)
}
